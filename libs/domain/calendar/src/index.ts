export * from './home.js';
export * from './overlay.js';
