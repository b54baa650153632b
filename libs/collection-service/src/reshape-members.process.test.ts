import { type CollectionRecord, type Command, type Commit, streamName } from '@almanac/contracts';
import type { CollectionReader, EventStore, MemberReader } from '@almanac/ports';
import { expect, it } from 'vitest';
import { reshapeMembers } from './reshape-members.process.js';

const stream = streamName('example/ada/work');
const stored =
  'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260101T000000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n';

const commit = (version: number, event: object): Commit =>
  ({ stream, version, events: [{ schema: 1, ...event }], actor: 'ada', at: 1 }) as unknown as Commit;

const put = commit(2, { type: 'MemberPut', name: 'a', stored });
const changed = commit(3, { type: 'ProfileChanged', profile: 'groupware', rulesOff: [] });

/** Read models that come up to the log only with the given look at them. */
function modelsThatLag(looks: number) {
  let looked = 0;
  const collection = async () => {
    looked += 1;
    const shown = looked < looks ? { version: 1, profile: 'standard' } : { version: 3, profile: 'groupware' };
    return { owner: 'calendar', ...shown } as CollectionRecord;
  };
  const list = async () => (looked < looks ? [] : [{ name: 'a', version: 2, live: true }]);
  const read = async (_of: unknown, after: number) => [put].filter(({ version }) => version === after + 1);
  return {
    collections: { collection } as unknown as CollectionReader,
    members: { list } as unknown as MemberReader,
    store: { read } as unknown as EventStore,
  };
}

it.each([1, 3])('shapes what was put before, also where look %i is the first that shows the change', async (looks) => {
  const commands: Command[] = [];
  await reshapeMembers('calendar', modelsThatLag(looks)).react(
    changed,
    async (command) => {
      commands.push(command);
      return { kind: 'failed' };
    },
    new AbortController().signal,
  );
  expect(commands).toMatchObject([{ commandId: `${stream}@3.reshape.a`, body: { type: 'ReshapeMember', pinned: 2 } }]);
});
