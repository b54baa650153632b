import { randomUUID } from 'node:crypto';
import { connectMongo } from '@almanac/adapters-distributed';
import { type Command, commandId, type PutMember, streamName } from '@almanac/contracts';
import { StreamStuck } from '@almanac/event-sourcing';
import { command, facts, otherStream, stream } from '@almanac/port-contracts';
import { afterAll, beforeEach, describe, expect, inject, it, onTestFinished } from 'vitest';
import { type CalendarOverMongo, calendarOverMongo } from './calendar-over-mongo.js';

const { mongo, missing } = inject('servers');
const client = connectMongo({ url: mongo || 'mongodb://none', ...{ monitorCommands: true } });
afterAll(() => client.close());

const make = (to = stream): Command =>
  command(
    `make-${to}`,
    {
      type: 'CreateCollection',
      epoch: 'e',
      owner: 'calendar',
      components: ['VEVENT'],
      role: null,
      profile: 'standard',
      properties: {},
    },
    to,
  );
const put = (name: string, to = stream): Command<PutMember> => {
  const text = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:${name}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260101T000000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
  const body = { type: 'PutMember', name, text, facts: facts(name), size: text.length, condition: {} } as const;
  return { ...command(`put-${name}`, body, to), body };
};

/** How many times the database was waited for: what is asked at the same time counts once. */
function rounds(): () => number {
  let [underWay, count] = [0, 0];
  client.on('commandStarted', ({ databaseName, commandName }) => {
    if (databaseName === 'admin' || commandName === 'endSessions') return;
    if (underWay === 0) count += 1;
    underWay += 1;
  });
  client.on('commandSucceeded', ({ databaseName, commandName }) => {
    if (databaseName !== 'admin' && commandName !== 'endSessions') underWay -= 1;
  });
  onTestFinished(() => void client.removeAllListeners('commandStarted').removeAllListeners('commandSucceeded'));
  return () => count;
}

describe.skipIf(missing !== '')(`The batch loop over MongoDB${missing}`, () => {
  let calendar: CalendarOverMongo;
  const database = () => client.db(name);
  let name = '';
  beforeEach(async () => {
    name = `test-${randomUUID()}`;
    calendar = calendarOverMongo(database(), { pollInterval: 60_000 });
    await calendar.models.start();
    await calendar.execute([make(), make(otherStream)]);
    return () => calendar.models.stop();
  });

  it('waits for the database four times for a batch: reads, append, members, collections', async () => {
    await calendar.execute([put('warm')]);
    const counted = rounds();
    await calendar.execute(Array.from({ length: 20 }, (_, index) => put(`m${index}`)));
    expect(counted()).toBe(4);
    expect((await calendar.members.list(stream)).length).toBe(21);
  });

  it('says of a stream whose read models are ahead of its log that it is stuck, and changes nothing', async () => {
    await database()
      .collection('collections_v1')
      .updateOne({ _id: stream as never }, { $inc: { version: 3 } });
    const fresh = calendarOverMongo(database(), { pollInterval: 60_000 });
    await fresh.models.start();
    onTestFinished(() => fresh.models.stop());
    await expect(fresh.execute([put('a')])).rejects.toThrow(StreamStuck);
    await expect(calendar.execute([put('b')])).rejects.toThrow(StreamStuck);
    const [result] = await fresh.execute([put('c', otherStream)]);
    expect(result).toMatchObject({ kind: 'accepted', outcome: { version: 2 } });
    expect((await calendar.store.heads([stream])).get(stream)).toMatchObject({ version: 1 });
  });

  it('finds the command of a stream that nobody has made to be refused, not stuck', async () => {
    const nowhere = streamName('example/ada/nowhere');
    const [result] = await calendar.execute([{ ...put('a', nowhere), commandId: commandId('x') }]);
    expect(result).toMatchObject({ kind: 'refused', rejection: { code: 'collection-missing' } });
  });
});
