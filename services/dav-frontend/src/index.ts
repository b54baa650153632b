export * from './dav-frontend.module.js';
export type * from './frontend-ports.js';
export { davRoute, type RawHandler } from './http/dav-route.js';
