import type { AppPasswordRecord, PrincipalRecord } from '@almanac/contracts';
import { verify } from '@node-rs/argon2';

/** Of no password; verifying against it takes as long as against a real one, so that logins cannot be told apart. */
const nobody = '$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9ib2R5$9zEjzV1S2XzJm8JcQ0cF0cC3q1m7b5yqk8m1q3y0l2E';

/** Characters; hashing takes time with the length. */
export const maxPassword = 1_024;

/** Whether the password is the user's own or one of the app passwords, which name themselves by their first group. */
export async function checkPassword(principal: PrincipalRecord | null, password: string): Promise<boolean> {
  const app = principal === null ? undefined : appPasswordOf(principal, password);
  if (app !== undefined && (await matches(app.hash, password))) return true;
  return checkOwnPassword(principal, password);
}

/** The app password that one names, whether it is right or not. */
export function appPasswordOf({ appPasswords }: PrincipalRecord, password: string): AppPasswordRecord | undefined {
  const key = password.split('-', 1)[0];
  return appPasswords.find((candidate) => candidate.key === key);
}

/** Only the user's own: who has found a device does not get at everything. */
export const checkOwnPassword = (principal: PrincipalRecord | null, password: string): Promise<boolean> =>
  matches(principal?.passwordHash ?? nobody, password);

async function matches(hash: string, password: string): Promise<boolean> {
  try {
    return await verify(hash, password);
  } catch {
    return false;
  }
}
