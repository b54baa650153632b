export * from './command-gateway.contract.js';
export * from './directory-reader.contract.js';
export * from './event-feed.contract.js';
export * from './event-store.contract.js';
export * from './read-models.contract.js';
export * from './samples.js';
