export * from './environment.js';
export * from './health/health.module.js';
export * from './health/probes.js';
export * from './http/close-server.js';
export * from './http/listening-url.js';
export * from './http/operations-server.js';
export * from './run-program.js';
