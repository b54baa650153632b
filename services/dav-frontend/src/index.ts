export * from './dav-frontend.module.js';
export type * from './frontend-ports.js';
export { davRoute } from './http/dav-route.js';
