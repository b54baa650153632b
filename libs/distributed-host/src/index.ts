export * from './backbone.js';
export * from './backbone.module.js';
export * from './blobs-configuration.js';
export * from './configuration.js';
export * from './run-owner.js';
