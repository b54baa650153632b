export * from './calendar.module.js';
export * from './projector.js';
