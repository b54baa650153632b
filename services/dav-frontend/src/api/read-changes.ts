import type { PrincipalRecord } from '@almanac/contracts';
import { DavError } from '@almanac/dav-protocol';
import type { EditedTime, ObjectChanges, ObjectDetails } from '@almanac/icalendar';
import { instanceLimits } from '../resources/object-limits.js';

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string' && value.length <= 100_000;
const isFlag: Check = (value) => typeof value === 'boolean';
const isTextOrNull: Check = (value) => value === null || isText(value);
const isListOf =
  (check: Check, most: number): Check =>
  (value) =>
    Array.isArray(value) && value.length <= most && value.every(check);
const isWithin =
  (low: number, high: number): Check =>
  (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high;
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

function isTime(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === null;
  const { local, zone } = value as Partial<EditedTime>;
  return typeof local === 'string' && /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d)?$/.test(local) && isTextOrNull(zone);
}

/** A rule is one line of name=value parts, and nothing else of the object. */
const isRule: Check = (value) => typeof value === 'string' && /^[A-Za-z0-9=;,+-]{1,500}$/.test(value);

const statuses = ['TENTATIVE', 'CONFIRMED', 'CANCELLED', 'NEEDS-ACTION', 'IN-PROCESS', 'COMPLETED'];
/** Programs remind of what comes years later; nobody of what lies further ahead. */
const maxMinutes = 10 * 366 * 24 * 60;

const checks: Readonly<Record<keyof ObjectDetails, Check>> = {
  title: isText,
  location: isText,
  description: isText,
  categories: isListOf(isText, 100),
  isPrivate: isFlag,
  isFree: isFlag,
  start: isTime,
  end: isTime,
  rule: orNull(isRule),
  reminders: isListOf(isWithin(0, maxMinutes), 20),
  status: orNull((value) => statuses.includes(value as string)),
  percent: orNull(isWithin(0, 100)),
  priority: orNull(isWithin(0, 9)),
};

const maxAttendees = instanceLimits.maxAttendees;

/** Of mail, or another URI: some programs name rooms and people by a urn. */
const isAddress: Check = (value) =>
  typeof value === 'string' &&
  value.isWellFormed() &&
  /^([^\s@<>",;:]{1,64}@[^\s@<>",;:]{1,255}|(?!mailto:)[a-z][a-z0-9+.-]{0,30}:[^\s<>"]{1,300})$/i.test(value);

function isPerson(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { address, name = null } = value as { address?: unknown; name?: unknown };
  return isAddress(address) && (name === null || (typeof name === 'string' && name.length <= 200));
}

/** @param actor who invites, where nobody has invited anybody yet */
function readPeople(value: unknown, actor: PrincipalRecord): Pick<ObjectChanges, 'people'> {
  if (value === undefined) return {};
  if (!isListOf(isPerson, maxAttendees)(value)) {
    throw new DavError(400, { detail: `attendees is a list of at most ${maxAttendees} mail addresses, with names.` });
  }
  const [address] = actor.addresses;
  if (address === undefined)
    throw new DavError(400, { code: 'no-address', detail: 'Who invites others needs a mail address.' });
  const sent = value as readonly { readonly address: string; readonly name?: string | null }[];
  const attendees = sent.map(({ address: own, name }) => ({ address: own, name: name || null }));
  return { people: { attendees, organizer: { address, name: actor.name } } };
}

/** What a body says of an appointment or a task. @throws DavError 400 for what cannot be said of one */
export function readChanges(body: Readonly<Record<string, unknown>>, actor: PrincipalRecord): ObjectChanges {
  const changes: Record<string, unknown> = {};
  for (const [name, check] of Object.entries(checks)) {
    const value = body[name];
    if (value === undefined) continue;
    if (!check(value)) throw new DavError(400, { detail: `The value of ${name} is not one that it can have.` });
    changes[name] = value;
  }
  return { ...changes, ...readPeople(body['attendees'], actor) };
}
