import { type PrincipalRecord, tenantId } from '@almanac/contracts';
import {
  type CalendarserverPrincipalSearch,
  calendarServer,
  caldav,
  dav,
  multistatusClose,
  multistatusOpen,
  type PrincipalPropertySearch,
  type PrincipalSearch,
  type PropertyName,
  statusResponse,
} from '@almanac/dav-protocol';
import type { DavResponse } from '../http/dav-request.js';
import { xmlResponse } from '../http/send-response.js';
import { describe } from '../properties/read-properties.js';
import type { RequestContext } from '../request-context.js';
import { principalResource } from '../resources/locate.js';

type SearchRequest = PrincipalPropertySearch | CalendarserverPrincipalSearch;

/** More principals than these are not told at once; the answer says that it was cut. */
const maxResults = 200;

/** What can be searched in, and what a principal has there (RFC 3744 9.4, 9.5). */
export const searchable: ReadonlyMap<PropertyName, (principal: PrincipalRecord) => readonly string[]> = new Map([
  [dav('displayname'), ({ name }) => [name]],
  [caldav('calendar-user-address-set'), ({ addresses }) => addresses.map((address) => `mailto:${address}`)],
  [calendarServer('email-address-set'), ({ addresses }) => addresses],
  [caldav('calendar-user-type'), ({ kind, resourceKind }) => [kind === 'user' ? 'INDIVIDUAL' : (resourceKind ?? kind)]],
]);

/** Apple's search names no property: then people mean names and addresses. */
const usual: readonly PropertyName[] = [dav('displayname'), calendarServer('email-address-set')];

/**
 * RFC 3744 9.4, and Apple's search for attendees. Text is compared without case; a search for nothing finds all, of
 * whom the first are told.
 */
export async function principalPropertySearch(context: RequestContext, request: SearchRequest): Promise<DavResponse> {
  const all = await context.ports.principals.principals(tenantId(context.tenant.id));
  const found = all.filter((principal) => fits(principal, request));
  const told = found.slice(0, Math.min(maxResults, request.limit ?? maxResults));
  let answer = '';
  for (const principal of told) answer += await describe(context, principalResource(principal), request.properties);
  if (told.length < found.length) {
    answer += statusResponse('/principals/', 507, { precondition: dav('number-of-matches-within-limits') });
  }
  return xmlResponse(207, multistatusOpen + answer + multistatusClose);
}

function fits(principal: PrincipalRecord, { test, searches }: SearchRequest): boolean {
  const fulfilled = (search: PrincipalSearch) => fitsOne(principal, search);
  return test === 'anyof' && searches.length > 0 ? searches.some(fulfilled) : searches.every(fulfilled);
}

function fitsOne(principal: PrincipalRecord, { names, match, matchType }: PrincipalSearch): boolean {
  const wanted = match.toLowerCase();
  const within = names.length === 0 ? usual : names;
  const values = within.flatMap((name) => searchable.get(name)?.(principal) ?? []);
  return values.map((value) => value.toLowerCase()).some((value) => tests[matchType](value, wanted));
}

const tests: Readonly<Record<PrincipalSearch['matchType'], (value: string, wanted: string) => boolean>> = {
  contains: (value, wanted) => value.includes(wanted),
  equals: (value, wanted) => value === wanted,
  'starts-with': (value, wanted) => value.startsWith(wanted),
  'ends-with': (value, wanted) => value.endsWith(wanted),
};
