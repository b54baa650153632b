export * from './directory.module.js';
export * from './projector.js';
export * from './provisioning/directory-client.js';
export * from './provisioning/host-names.js';
export * from './provisioning/users.js';
