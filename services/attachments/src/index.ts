export * from './attachments.module.js';
export * from './collect-attachments.js';
export * from './command-consumer.js';
export * from './periodic-collection.js';
export * from './projector.js';
