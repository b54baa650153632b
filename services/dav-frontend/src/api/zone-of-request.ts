import { DavError } from '@almanac/dav-protocol';
import { type Zone, zoneById } from '@almanac/icalendar';
import type { RequestContext } from '../request-context.js';

/** On whose wall days and times are told. @throws DavError 400 for a zone that is not known */
export function zoneOfRequest({ request }: RequestContext): Zone {
  const id = request.query.get('zone') ?? 'UTC';
  const zone = zoneById(id);
  if (zone === null) throw new DavError(400, { detail: `The time zone ${id.slice(0, 80)} is not known.` });
  return zone;
}
