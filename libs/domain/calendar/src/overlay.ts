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
  /** By member name. */
  readonly alarms: ReadonlyMap<string, StoredAlarms>;
}

export interface StoredAlarms {
  /** The overlay's version that set them. */
  readonly version: number;
  /** 0: none are set. */
  readonly octets: number;
}

export const noOverlay: OverlayState = { alarms: new Map() };

/** An overlay is read as a whole with its collection, and is one document, so it has bounds. */
const maxOctets = 4 * 1_048_576;
/** What an entry takes besides its alarms. */
const entryOctets = 100;

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
  const { version = 0 } = alarms.get(body.name) ?? {};
  if (body.pinned !== undefined && body.pinned !== version) {
    return reject({
      code: 'precondition-failed',
      detail: 'Your reminders of it have changed meanwhile; fetch it anew.',
    });
  }
  const others = alarms
    .entries()
    .reduce((sum, [name, { octets }]) => (name === body.name ? sum : sum + sizeOf(octets)), 0);
  if (body.alarms !== null && others + sizeOf(Buffer.byteLength(body.alarms)) > maxOctets) {
    return reject({
      code: 'too-many-alarms',
      detail: `Your own reminders of a shared calendar may have ${maxOctets} octets at most; remove some first.`,
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
  const octets = event.alarms === null ? 0 : Buffer.byteLength(event.alarms);
  return { alarms: new Map(state.alarms).set(event.name, { version, octets }) };
}

const sizeOf = (octets: number): number => octets + entryOctets;
