export * from './privileges.js';
export * from './rights.js';
