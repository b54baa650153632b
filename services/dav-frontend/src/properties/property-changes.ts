import type { PropertyChanges, PropertyValue, PropertyValues } from '@almanac/contracts';
import {
  caldav,
  DavError,
  dav,
  type PropertyInstruction,
  type PropertyName,
  type PropstatGroup,
  property,
  writeElement,
} from '@almanac/dav-protocol';
import type { ResourceKind } from '../resources/resource.js';
import type { LiveProperty } from './live-property.js';
import { liveProperties } from './live-properties.js';

export interface CheckedInstructions {
  readonly changes: PropertyChanges;
  readonly faults: ReadonlyMap<PropertyName, DavError>;
}

/** Where nothing of the server's own is written, all properties that it does not know can be kept. */
const keepsProperties: ReadonlySet<ResourceKind> = new Set(['home', 'collection', 'member']);

/**
 * What PROPPATCH, MKCALENDAR or MKCOL instructs, checked property by property; of several instructions for one
 * property the last counts (RFC 4918 9.2).
 */
export function propertyChanges(instructions: readonly PropertyInstruction[], kind: ResourceKind): CheckedInstructions {
  const set: Record<string, PropertyValue> = {};
  const removed = new Set<string>();
  const faults = new Map<PropertyName, DavError>();
  for (const instruction of instructions) {
    const { name } = instruction;
    try {
      const value = checkedValue(instruction, kind);
      delete set[name];
      removed.delete(name);
      if (value === null) removed.add(name);
      else set[name] = value;
    } catch (error) {
      if (!(error instanceof DavError)) throw error;
      faults.set(name, error);
    }
  }
  return { changes: { set, removed: [...removed] }, faults };
}

/** No property, though it is asked for like one (RFC 4791 9.6). */
const reserved: ReadonlySet<PropertyName> = new Set([caldav('calendar-data')]);

const isWritable = ({ write }: LiveProperty, kind: ResourceKind): boolean =>
  write !== undefined && (write.on ?? ['collection']).includes(kind);

/** Null for a property that goes. */
function checkedValue(instruction: PropertyInstruction, kind: ResourceKind): PropertyValue | null {
  const live = liveProperties.get(instruction.name);
  const keepable = keepsProperties.has(kind) && !reserved.has(instruction.name);
  const writable = live === undefined ? keepable : isWritable(live, kind);
  if (!writable) {
    throw new DavError(403, {
      precondition: dav('cannot-modify-protected-property'),
      detail: `The server itself says what ${instruction.name} is.`,
    });
  }
  if (instruction.kind === 'remove') return null;
  const value = live?.write?.parse(instruction.element) ?? { xml: writeElement(instruction.element) };
  demandShort(instruction.name, value);
  return value;
}

/** Properties are read with every listing, so they are no place for data. */
const maxLength = 65_536;

function demandShort(name: PropertyName, value: PropertyValue): void {
  const length = 'text' in value ? value.text.length : value.xml.length;
  if (length <= maxLength) return;
  throw new DavError(507, { detail: `A property may have ${maxLength} characters at most; ${name} has ${length}.` });
}

/** The faulty properties with their status, the others as 424 (RFC 4918 9.2.1). */
export function failedGroups(
  instructions: readonly PropertyInstruction[],
  faults: ReadonlyMap<PropertyName, DavError>,
): readonly PropstatGroup[] {
  const failed = [...faults].map(([name, { status, precondition }]) => ({
    status,
    properties: property(name, ''),
    ...(precondition === undefined ? {} : { error: precondition }),
  }));
  const others = new Set(instructions.map(({ name }) => name).filter((name) => !faults.has(name)));
  if (others.size === 0) return failed;
  return [...failed, { status: 424, properties: [...others].map((name) => property(name, '')).join('') }];
}

export const namesOf = (instructions: readonly PropertyInstruction[]): string =>
  [...new Set(instructions.map(({ name }) => name))].map((name) => property(name, '')).join('');

/** Characters of all properties that clients keep on one resource. */
const maxTotal = 1_048_576;

/** @throws DavError 507 when a resource would keep more than its share */
export function demandRoomForProperties(before: PropertyValues, { set }: PropertyChanges): void {
  const after = Object.values({ ...before, ...set });
  const total = after.reduce((sum, value) => sum + ('text' in value ? value.text.length : value.xml.length), 0);
  if (total > maxTotal) {
    throw new DavError(507, { detail: `A resource keeps ${maxTotal} characters of properties at most; remove some.` });
  }
}
