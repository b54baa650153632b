export * from './log.js';
export * from './trace.js';
