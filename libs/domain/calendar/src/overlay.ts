import {
  accept,
  type Command,
  type Decision,
  type OverlayCommandBody,
  type OverlayEvent,
  reject,
  type SetOverlayAlarms,
} from '@almanac/contracts';

/** What a user keeps of somebody else's collection, as far as decisions need it. */
export interface OverlayState {
  /** By member name: the overlay's version that set its alarms. */
  readonly alarms: ReadonlyMap<string, number>;
}

export const noOverlay: OverlayState = { alarms: new Map() };

/** An overlay is read as a whole with its collection, so it has bounds. */
const maxAlarms = 20_000;

export function decideOverlay(state: OverlayState, { body }: Command<OverlayCommandBody>): Decision<OverlayEvent> {
  switch (body.type) {
    case 'ChangeOverlayProperties': {
      const { set, removed } = body;
      return accept([{ type: 'OverlayPropertiesChanged', schema: 1, set, removed }]);
    }
    case 'SetOverlayAlarms':
      return setAlarms(state, body);
  }
}

function setAlarms({ alarms }: OverlayState, body: SetOverlayAlarms): Decision<OverlayEvent> {
  const version = alarms.get(body.name) ?? 0;
  if (body.pinned !== undefined && body.pinned !== version) {
    return reject({
      code: 'precondition-failed',
      detail: 'Your reminders of it have changed meanwhile; fetch it anew.',
    });
  }
  if (version === 0 && alarms.size >= maxAlarms) {
    return reject({
      code: 'too-many-alarms',
      detail: `You may have reminders of your own for ${maxAlarms} appointments of a shared calendar at most.`,
    });
  }
  const { name, uid } = body;
  return accept([{ type: 'OverlayAlarmsSet', schema: 1, name, uid, alarms: body.alarms }]);
}

export function evolveOverlay(
  state: OverlayState,
  event: OverlayEvent,
  { version }: { version: number },
): OverlayState {
  if (event.type === 'OverlayPropertiesChanged') return state;
  return { alarms: new Map(state.alarms).set(event.name, version) };
}
