import { randomUUID } from 'node:crypto';
import { connectKafka, connectMongo } from '@almanac/adapters-distributed';
import { reshapeMembers } from '@almanac/collection-service';
import type { Command, CommandBody } from '@almanac/contracts';
import { type ProcessManager, processConsumer } from '@almanac/event-sourcing';
import { command, facts, stream } from '@almanac/port-contracts';
import type { BatchHandler } from '@almanac/ports';
import { afterAll, afterEach, describe, expect, inject, it } from 'vitest';
import { type CalendarOverKafka, calendarOverKafka } from './calendar-over-kafka.js';

const { kafka: broker, mongo, missing } = inject('servers');
const client = connectMongo({ url: mongo || 'mongodb://none' });
const kafka = connectKafka({ brokers: [broker] });

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
});
afterAll(() => client.close());

const make: CommandBody = {
  type: 'CreateCollection',
  epoch: 'e',
  owner: 'calendar',
  components: ['VEVENT'],
  role: null,
  profile: 'standard',
  properties: {},
};

function put(name: string): CommandBody {
  const text = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:${name}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260101T000000Z\r\nX-DROPPED:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
  return { type: 'PutMember', name, text, facts: facts(name), size: text.length, condition: {} };
}

const shape = (profile: 'groupware' | 'standard'): CommandBody => ({ type: 'ChangeProfile', profile, rulesOff: [] });

/** A service whose rules throw for some commands. */
async function calendarThatFailsFor(isPoison: (command: Command) => boolean) {
  const failed: Command[] = [];
  const before =
    (handle: BatchHandler): BatchHandler =>
    async (commands) => {
      const poison = commands.find(isPoison);
      if (poison === undefined) return handle(commands);
      if (commands.length === 1) failed.push(poison);
      throw new RangeError('a rule has thrown');
    };
  const calendar = await calendarOverKafka({ kafka, database: client.db(`test-${randomUUID()}`), before });
  cleanups.push(() => calendar.stop());
  return { calendar, failed };
}

async function execute({ gateway }: CalendarOverKafka, ...bodies: CommandBody[]): Promise<void> {
  for (const body of bodies) {
    expect(await gateway.execute(command(randomUUID(), body))).toMatchObject({ kind: 'accepted' });
  }
}

describe.skipIf(missing !== '')(`Process managers over Kafka and MongoDB${missing}`, () => {
  it('go on without a step whose command is parked, and send it once', async () => {
    const { calendar, failed } = await calendarThatFailsFor(
      ({ body }) => body.type === 'ReshapeMember' && body.name === 'b',
    );
    const { feed, gateway, members } = calendar;
    feed.subscribe(processConsumer(reshapeMembers('calendar', calendar), gateway));
    await execute(calendar, make, put('a'), put('b'), put('c'), shape('groupware'));
    await feed.settled();
    expect(failed).toHaveLength(1);
    const shown = await members.list(stream);
    const reshaped = shown.filter(({ version }) => version > 5).map(({ name }) => name);
    expect(reshaped.toSorted()).toEqual(['a', 'c']);
    await execute(calendar, shape('standard'));
    await feed.settled();
  });

  it('do not finish a reaction when the feed stops: it begins anew elsewhere', async () => {
    const { calendar } = await calendarThatFailsFor(() => false);
    const { feed, gateway } = calendar;
    let begun = 0;
    const endless: ProcessManager = {
      name: 'endless',
      types: new Set(['ProfileChanged']),
      async react(commit, step) {
        for (;;) {
          await step(command(`endless.${begun}`, make, commit.stream));
          begun += 1;
        }
      },
    };
    feed.subscribe(processConsumer(endless, gateway));
    await execute(calendar, make, shape('groupware'));
    await expect.poll(() => begun).toBeGreaterThan(2);
    await feed.stop();
    const atTheEnd = begun;
    await gateway.execute(command('after', make));
    expect(begun).toBe(atTheEnd);
  });
});
