export * from './collection-commands.js';
export * from './finish-move.process.js';
