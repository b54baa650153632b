export * from './directory.module.js';
export * from './projector.js';
