import { randomBytes } from 'node:crypto';

/**
 * Where a store cannot remove on a condition in one step (files, S3), each write makes a copy with a name of its own,
 * which begins with the time: the newest counts, a removal names the copies that it has found to be old, and so never
 * takes what is written at the same time. Nine digits of base 36 last until the year 5188.
 */
export const newCopyName = (at: number): string =>
  `${at.toString(36).padStart(9, '0')}-${randomBytes(8).toString('hex')}`;

export const isCopyName = (name: string): boolean => /^[0-9a-z]{9}-[0-9a-f]{16}$/.test(name);

export const writtenAtOf = (copyName: string): number => Number.parseInt(copyName.slice(0, 9), 36);
