import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** So many tenants with the standard accounts are there from the start; suites with accounts of their own make more. */
export const seededTenants = 96;

/** Each tenant is reached under a loopback address of its own. */
export const hostOf = (number: number): string => `127.0.${1 + Math.floor(number / 250)}.${1 + (number % 250)}`;

export const otherHostOf = (number: number): string => `dav.t${number}.example`;

/** The entry of a tenant with the standard accounts, in a seed file. */
export const tenantSeed = (number: number): string => `
  - id: t${number}
    hosts: [${hostOf(number)}, ${otherHostOf(number)}]
    domains: [t${number}.example]
    profile: standard
    users:
      - {id: user01, login: user01, password: user01, name: User 01, addresses: [user01@example.org, u1@example.org]}
      - {id: user02, login: user02, password: user02, name: User 02, addresses: [user02@example.org]}
    groups:
      - {id: team, name: Team, members: [user01]}
    resources:
      - {id: room1, name: Room 1, kind: room, addresses: [room1@example.org]}
`;

/**
 * The accounts of a suite as those of a tenant in the stack: its first tenant gets the number's id and address, and its
 * domain where it has the usual one.
 */
export const seedAs = (seed: string, number: number): string =>
  seed
    .replace(/id: \S+/, `id: t${number}`)
    .replace(/hosts: \[[^\]]*\]/, `hosts: [${hostOf(number)}]`)
    .replace('domains: [example.org]', `domains: [t${number}.example]`);

/** Takes the next number from `first` on that no other suite has. */
export function claim(folder: string, first: number): number {
  for (let number = first; ; number += 1) {
    try {
      mkdirSync(join(folder, `t${number}`));
      return number;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
