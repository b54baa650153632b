export * from './calendar-reader.js';
export * from './command-gateway.js';
export * from './directory-reader.js';
export * from './event-feed.js';
export * from './event-store.js';
export * from './read-model-changes.js';
export * from './state-reader.js';
export * from './tokens.js';
