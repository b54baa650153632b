import { randomBytes } from 'node:crypto';

/** Random and always as long, so that no two lives of a URL are taken for one (design 2); drawn where a command is made, never in a decision. */
export const newEpoch = (): string => randomBytes(8).readBigUInt64BE().toString(36).padStart(13, '0');
