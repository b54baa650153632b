import { randomInt } from 'node:crypto';
import { hash } from '@node-rs/argon2';

/** Without those that are taken for one another when read aloud or typed. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

/** argon2id with the parameters that OWASP names as the least: 19 MiB, 2 passes, 1 lane (facts 4). */
export const hashPassword = (password: string): Promise<string> =>
  hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });

const group = (length: number): string => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');

/** About 99 bits, in groups that can be read out. */
export const newPassword = (): string => [group(5), group(5), group(5), group(5)].join('-');
