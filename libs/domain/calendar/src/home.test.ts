import { type Command, commandId, type HomeCommandBody, streamName } from '@almanac/contracts';
import { describe, expect, it } from 'vitest';
import { decideHome, evolveHome } from './home.js';

const command = (body: HomeCommandBody): Command<HomeCommandBody> => ({
  commandId: commandId('c'),
  service: 'calendar',
  stream: streamName('t/ada'),
  actor: 'ada',
  at: 1,
  notAfter: 2,
  body,
});
const create = command({ type: 'CreateHome', defaultCalendar: 'c', defaultTasks: 't' });
const change = command({ type: 'ChangeHomeProperties', set: {}, removed: ['{x:}p'] });
const remove = command({ type: 'RemoveHome' });

describe('homes', () => {
  it('are created once', () => {
    const decision = decideHome({ exists: false }, create);
    expect(decision).toMatchObject({ kind: 'accept', events: [{ type: 'HomeCreated', defaultCalendar: 'c' }] });
    expect(decideHome({ exists: true }, create)).toMatchObject({ kind: 'accept', events: [] });
  });

  it('change only where they are', () => {
    expect(decideHome({ exists: true }, change)).toMatchObject({ kind: 'accept', events: [{ removed: ['{x:}p'] }] });
    expect(decideHome({ exists: false }, change)).toMatchObject({
      kind: 'reject',
      rejection: { code: 'home-missing' },
    });
  });

  it('are removed once', () => {
    expect(decideHome({ exists: true }, remove)).toMatchObject({ events: [{ type: 'HomeRemoved' }] });
    expect(decideHome({ exists: false }, remove)).toMatchObject({ kind: 'accept', events: [] });
  });

  it('exist from creation to removal', () => {
    const created = evolveHome(
      { exists: false },
      { type: 'HomeCreated', schema: 1, defaultCalendar: 'c', defaultTasks: 't' },
    );
    expect(created).toEqual({ exists: true });
    expect(evolveHome(created, { type: 'HomePropertiesChanged', schema: 1, set: {}, removed: [] })).toEqual(created);
    expect(evolveHome(created, { type: 'HomeRemoved', schema: 1 })).toEqual({ exists: false });
  });
});
