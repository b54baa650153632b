export * from './groupware-profile/rules.js';
export * from './home.js';
export * from './overlay.js';
export * from './shape-object.js';
