export * from './decide-directory.js';
export * from './directory-state.js';
export { faultOfHost } from './identifiers.js';
export * from './tenants.js';
