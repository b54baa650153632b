import type { TenantLimits } from '@almanac/contracts';
import { badRequest, caldav, DavError, forbidden } from '@almanac/dav-protocol';
import { type CalendarObjectFacts, isCalendarFault, octetLength, readOrRepair } from '@almanac/icalendar';
import type { DavRequest } from '../http/dav-request.js';
import { checkDateLimits, checkInstanceLimits } from './check-instance-limits.js';

/** Calendar data that has passed every precondition that needs no state (RFC 4791 5.3.2.1). */
export interface CalendarBody {
  readonly text: string;
  readonly facts: CalendarObjectFacts;
  /** Octets of `text` in UTF-8. */
  readonly size: number;
  /** The data as it came in, where faults that clients are known for had to be mended. */
  readonly received?: string;
}

/** A request whose body is read without what is kept elsewhere (`attachments/inline-uploads.ts`). */
export interface CalendarRequest extends Pick<DavRequest, 'partial' | 'contentType'> {
  /** @throws DavError 403 when there are more than `limit` */
  octets(limit: number): Promise<Uint8Array>;
}

/** @throws DavError 403 with the precondition that the body fails; 400 for a part, 415 for a compressed body */
export async function readCalendarBody(request: CalendarRequest, limits: TenantLimits): Promise<CalendarBody> {
  if (request.partial) throw badRequest('A resource is put as a whole: send no Content-Range.');
  checkMediaType(request.contentType);
  const octets = await request.octets(limits.maxResourceSize);
  return readObject(decode(octets));
}

/** The same of calendar data that was put together here. @throws DavError 403 when it does not fit any more */
export function describeObject(text: string, { maxResourceSize }: TenantLimits): CalendarBody {
  const size = Buffer.byteLength(text);
  if (size > maxResourceSize) {
    const detail = `A resource may have ${maxResourceSize} octets at most; with what others keep in it, it has ${size}.`;
    throw forbidden(caldav('max-resource-size'), detail);
  }
  return { text, facts: readObject(text).facts, size };
}

/** A missing type, and what tools send when nobody chose one, is taken for calendar data. */
const vagueTypes = new Set(['', 'text/plain', 'application/octet-stream', 'application/x-www-form-urlencoded']);

function checkMediaType(contentType = ''): void {
  const [type = '', ...parameters] = contentType.toLowerCase().split(';');
  const charset = parameters.map((each) => each.trim()).find((each) => each.startsWith('charset='));
  const name = charset?.slice('charset='.length).replaceAll('"', '') ?? 'utf-8';
  if (!vagueTypes.has(type.trim()) && type.trim() !== 'text/calendar') {
    throw forbidden(caldav('supported-calendar-data'), `Send text/calendar version 2.0, not ${type.trim()}.`);
  }
  if (!['utf-8', 'utf8', 'us-ascii'].includes(name)) {
    throw forbidden(caldav('supported-calendar-data'), `Send the calendar data in UTF-8, not in ${name}.`);
  }
}

function decode(octets: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets);
  } catch (cause) {
    const precondition = caldav('valid-calendar-data');
    throw new DavError(403, { precondition, detail: 'The calendar data is not valid UTF-8.', cause });
  }
}

function readObject(received: string): CalendarBody {
  const read = readOrRepair(received);
  if (isCalendarFault(read)) {
    const place = read.line === undefined ? '' : ` (line ${read.line})`;
    throw forbidden(caldav(read.code), `${read.reason}${place}`);
  }
  const { text, object, repairs } = read;
  checkDateLimits(object);
  checkInstanceLimits(object);
  const content = { text, facts: object.facts, size: octetLength(text) };
  return repairs.length === 0 ? content : { ...content, received };
}
