import { join } from 'node:path';

export const storePath = (folder: string): string => join(folder, 'almanac.sqlite');

/** Where the CLI finds a running service. */
export const socketPath = (folder: string): string => join(folder, 'almanac.sock');
