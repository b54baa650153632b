export * from './collection-state.js';
export * from './decide.js';
export * from './evolve.js';
export * from './shape-object.js';
