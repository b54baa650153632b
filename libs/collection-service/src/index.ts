export * from './collection-commands.js';
export * from './finish-move.process.js';
export * from './projector.js';
export * from './reshape-members.process.js';
export * from './restore-members.process.js';
