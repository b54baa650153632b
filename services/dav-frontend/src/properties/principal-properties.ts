import { type PrincipalRecord, tenantId } from '@almanac/contracts';
import { calendarServer, caldav, dav, escapeText, href, property } from '@almanac/dav-protocol';
import type { RequestContext } from '../request-context.js';
import { homeHref, principalHref } from '../resources/hrefs.js';
import type { LiveProperty } from './live-property.js';

/** The primary mailto: first, then all aliases, then the principal's own URL (design 7, RFC 6638 2.4.1). */
const addressesOf = (principal: PrincipalRecord): string =>
  principal.addresses.map((address) => href(`mailto:${address}`)).join('') + href(principalHref(principal));

/** RFC 6638 2.4.2 */
const userTypes: Readonly<Record<string, string>> = {
  user: 'INDIVIDUAL',
  group: 'GROUP',
  resource: 'RESOURCE',
  room: 'ROOM',
};

async function principalHrefs(ids: readonly string[], { ports, tenant }: RequestContext): Promise<string> {
  const found = await Promise.all(ids.map((id) => ports.principals.principal(tenantId(tenant.id), id)));
  return found.map((principal) => (principal === null ? '' : href(principalHref(principal)))).join('');
}

/** RFC 3744 4, RFC 4791 6.2, RFC 6638 2.4 */
export const principalProperties: readonly LiveProperty[] = [
  {
    name: dav('principal-URL'),
    inAllprop: false,
    read: { principal: ({ principal }) => href(principalHref(principal)) },
  },
  {
    name: caldav('calendar-home-set'),
    inAllprop: false,
    read: { principal: ({ principal }) => (principal.kind === 'user' ? href(homeHref(principal.id)) : undefined) },
  },
  {
    name: caldav('calendar-user-address-set'),
    inAllprop: false,
    read: { principal: ({ principal }) => addressesOf(principal) },
  },
  {
    name: caldav('calendar-user-type'),
    inAllprop: false,
    read: { principal: ({ principal }) => userTypes[principal.resourceKind ?? principal.kind] },
  },
  {
    name: calendarServer('email-address-set'),
    inAllprop: false,
    read: {
      principal: ({ principal }) =>
        principal.addresses.map((address) => property(calendarServer('email-address'), escapeText(address))).join(''),
    },
  },
  {
    name: dav('alternate-URI-set'),
    inAllprop: false,
    read: { principal: ({ principal }) => principal.addresses.map((address) => href(`mailto:${address}`)).join('') },
  },
  {
    name: dav('group-member-set'),
    inAllprop: false,
    read: {
      principal: ({ principal }, context) =>
        principal.kind === 'group' ? principalHrefs(principal.members ?? [], context) : '',
    },
  },
  {
    name: dav('group-membership'),
    inAllprop: false,
    read: {
      principal: async ({ principal }, { ports, tenant }) => {
        const groups = await ports.principals.groupsOf(tenantId(tenant.id), principal.id);
        return groups.map((group) => href(principalHref(group))).join('');
      },
    },
  },
];
