export * from './privileges.js';
