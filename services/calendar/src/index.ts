export * from './calendar.module.js';
