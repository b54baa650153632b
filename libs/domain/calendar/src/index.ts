export * from './home.js';
