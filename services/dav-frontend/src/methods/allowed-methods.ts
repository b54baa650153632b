import { DavError } from '@almanac/dav-protocol';
import { isSeriesOnly } from '../clients/macos-attachments-series-only.js';
import type { Located } from '../resources/resource.js';

const everywhere = ['OPTIONS', 'PROPFIND', 'REPORT', 'ACL'];

/** The methods that make sense on each kind of resource, for Allow (RFC 9110 10.2.1). */
const methodsOn: Readonly<Record<Located['kind'], readonly string[]>> = {
  root: everywhere,
  homes: everywhere,
  principals: everywhere,
  principal: [...everywhere, 'PROPPATCH'],
  home: [...everywhere, 'PROPPATCH'],
  collection: [...everywhere, 'GET', 'HEAD', 'PROPPATCH', 'DELETE', 'COPY', 'MOVE'],
  member: [...everywhere, 'GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'PROPPATCH', 'COPY', 'MOVE'],
  unmapped: ['OPTIONS', 'PUT', 'MKCALENDAR', 'MKCOL'],
};

export const allowHeader = ({ kind }: Located): string => methodsOn[kind].join(', ');

/** @throws DavError 405 with Allow */
export function methodNotAllowed(located: Located, detail: string): never {
  throw new DavError(405, { detail, headers: { Allow: allowHeader(located) } });
}

const classes = [
  ...['1', '3', 'extended-mkcol', 'access-control', 'calendar-access', 'calendarserver-principal-search'],
  // Apple's programs offer to make an appointment private only where this is (V4).
  ...['calendarserver-private-events', 'calendar-managed-attachments'],
].join(', ');

/**
 * Compliance classes, on every resource alike: clients ask all of them (RFC 4918 10.1, clients-and-peers E9). Who shows
 * attachments with the series alone is told that it must (RFC 8607 3.2).
 */
export const davHeader = (userAgent: string | undefined): string =>
  isSeriesOnly(userAgent) ? `${classes}, calendar-managed-attachments-no-recurrence` : classes;
