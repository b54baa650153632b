export * from './command-service.js';
export * from './decider.js';
export * from './handle-command.js';
export * from './known-heads.js';
export * from './process-manager.js';
export * from './run-projection.js';
export * from './unless-over.js';
