export * from './dav-frontend.module.js';
export * from './http/dav-server.js';
