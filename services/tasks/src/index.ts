export * from './projector.js';
export * from './tasks.module.js';
