export * from './log.js';
export * from './metrics.js';
export * from './start-tracing.js';
export * from './trace.js';
