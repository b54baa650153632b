import { type Command, commandId, type OverlayCommandBody, type OverlayEvent, streamName } from '@almanac/contracts';
import { expect, test } from 'vitest';
import { decideOverlay, evolveOverlay, noOverlay, type OverlayState } from './overlay.js';

const command = (body: OverlayCommandBody): Command<OverlayCommandBody> => ({
  ...{ commandId: commandId('1'), service: 'calendar', stream: streamName('t/zoe/overlay/ada/x'), actor: 'zoe' },
  ...{ at: 0, notAfter: 1, body },
});
const setting = (name: string, alarms: string | null) => command({ type: 'SetOverlayAlarms', name, uid: name, alarms });

function decided(state: OverlayState, asked: Command<OverlayCommandBody>, version: number): OverlayState {
  const decision = decideOverlay(state, asked);
  if (decision.kind !== 'accept') throw new Error('refused');
  return decision.events.reduce(
    (next: OverlayState, event: OverlayEvent) => evolveOverlay(next, event, { version }),
    state,
  );
}

const megabyte = 'x'.repeat(1_048_576);

test('R6: own reminders have a bound, and room again when some are removed', () => {
  let state = noOverlay;
  for (const name of ['a', 'b', 'c']) state = decided(state, setting(name, megabyte), state.alarms.size + 1);
  expect(decideOverlay(state, setting('d', megabyte))).toMatchObject({ rejection: { code: 'too-many-alarms' } });
  state = decided(state, setting('a', megabyte), 4);
  state = decided(state, setting('b', null), 5);
  expect(decideOverlay(state, setting('d', megabyte))).toMatchObject({ kind: 'accept' });
});

test('R6: reminders that have changed meanwhile are not overwritten', () => {
  const state = decided(noOverlay, setting('a', '[]'), 7);
  const pinned = (version: number) =>
    command({ type: 'SetOverlayAlarms', name: 'a', uid: 'a', alarms: null, pinned: version });
  expect(decideOverlay(state, pinned(6))).toMatchObject({ rejection: { code: 'precondition-failed' } });
  expect(decideOverlay(state, pinned(7))).toMatchObject({ kind: 'accept' });
});
