import type { Command, PrincipalRecord, TenantRecord } from '@almanac/contracts';
import { expect, it } from 'vitest';
import { AppPasswordUses } from './app-password-uses.js';

const tenant = { id: 't' } as TenantRecord;
const ada = (usedAt?: number) =>
  ({
    id: 'ada',
    appPasswords: [{ key: 'abcde', label: 'x', hash: 'h', createdAt: 1, ...(usedAt === undefined ? {} : { usedAt }) }],
  }) as unknown as PrincipalRecord;
const hour = 3_600_000;

function uses() {
  const sent: Command[] = [];
  const clock = { now: 100 * 24 * hour };
  const gateway = {
    execute: async (command: Command) => {
      sent.push(command);
      throw new Error('nobody is there');
    },
  };
  const noted = new AppPasswordUses(gateway, () => clock.now);
  return {
    clock,
    sent,
    note: (principal: PrincipalRecord, password: string) => noted.note({ tenant, principal }, password),
  };
}

it('notes an app password at most once an hour, also where nobody takes the note', () => {
  const { clock, sent, note } = uses();
  note(ada(), 'abcde-fghij');
  note(ada(), 'abcde-fghij');
  expect(sent.map(({ body }) => body)).toEqual([
    { type: 'NoteAppPasswordUse', id: 'ada', key: 'abcde', usedAt: clock.now },
  ]);
  clock.now += hour;
  note(ada(), 'abcde-fghij');
  expect(sent).toHaveLength(2);
});

it('notes nothing that is known for the day, and no password of another kind', () => {
  const { clock, sent, note } = uses();
  note(ada(clock.now + 5 * hour), 'abcde-fghij');
  note(ada(), 'secret');
  expect(sent).toEqual([]);
  clock.now += 24 * hour;
  note(ada(clock.now - 24 * hour), 'abcde-fghij');
  expect(sent).toHaveLength(1);
});
