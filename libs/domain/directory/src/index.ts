export * from './decide-directory.js';
export * from './directory-state.js';
export * from './tenants.js';
