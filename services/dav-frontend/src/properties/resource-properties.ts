import { calendarServer, caldav, dav, escapeText, href, property } from '@almanac/dav-protocol';
import { principalHref } from '../resources/hrefs.js';
import { memberEtag } from '../resources/conditions.js';
import { collectionTag, ctagOf, currentToken } from '../resources/tags.js';
import { availableBytes, usedBytes } from '../resources/quota.js';
import type { CollectionResource } from '../resources/resource.js';
import { everyKind, type LiveProperty, readerFor, textProperty } from './live-property.js';

/** The same for all members, so that a listing need not read them. */
export const calendarType = 'text/calendar; charset=utf-8';

const folder = property(dav('collection'), '');

/** Clients tell by these what is shared, and by whom (S1). */
function sharing({ right, collection }: CollectionResource): string {
  if (right !== 'owner') return property(calendarServer('shared'), '');
  return collection.shares.length > 0 ? property(calendarServer('shared-owner'), '') : '';
}

/** RFC 4918 15 */
export const resourceProperties: readonly LiveProperty[] = [
  {
    name: dav('resourcetype'),
    inAllprop: true,
    read: {
      root: () => folder,
      homes: () => folder,
      principals: () => folder,
      principal: () => folder + property(dav('principal'), ''),
      home: () => folder,
      collection: (resource) => folder + property(caldav('calendar'), '') + sharing(resource),
      member: () => '',
    },
  },
  {
    name: dav('displayname'),
    inAllprop: true,
    read: {
      principal: ({ principal }) => escapeText(principal.name),
      home: ({ owner }) => escapeText(owner.name),
      collection: ({ collection }) => {
        const name = textProperty(collection, dav('displayname'));
        return name === undefined ? undefined : escapeText(name);
      },
    },
    write: { parse: (element) => ({ text: element.children.filter((child) => typeof child === 'string').join('') }) },
  },
  {
    name: dav('creationdate'),
    inAllprop: true,
    read: {
      principal: ({ principal }) => new Date(principal.createdAt).toISOString(),
      collection: ({ collection }) => new Date(collection.createdAt).toISOString(),
      member: ({ member }) => new Date(member.createdAt).toISOString(),
    },
  },
  {
    name: dav('getlastmodified'),
    inAllprop: true,
    read: {
      collection: ({ collection }) => new Date(collection.modifiedAt).toUTCString(),
      member: ({ member }) => new Date(member.modifiedAt).toUTCString(),
    },
  },
  {
    name: dav('getetag'),
    inAllprop: true,
    read: {
      collection: collectionTag,
      member: memberEtag,
    },
  },
  {
    name: dav('getcontenttype'),
    inAllprop: true,
    read: { member: () => calendarType },
  },
  { name: dav('getcontentlength'), inAllprop: true, read: { member: ({ member }) => String(member.size) } },
  {
    name: dav('sync-token'),
    inAllprop: false,
    read: { collection: (folder) => escapeText(currentToken(folder)) },
  },
  { name: calendarServer('getctag'), inAllprop: false, read: { collection: ctagOf } },
  {
    name: dav('owner'),
    inAllprop: false,
    read: readerFor(['home', 'collection', 'member'], ({ owner }) => href(principalHref(owner))),
  },
  {
    name: dav('quota-used-bytes'),
    inAllprop: false,
    read: {
      home: async ({ home }, context) => String(await usedBytes(context, home.home)),
      collection: async ({ collection, right }, context) =>
        right === 'owner' ? String(await usedBytes(context, collection.home)) : undefined,
    },
  },
  {
    name: dav('quota-available-bytes'),
    inAllprop: false,
    read: {
      home: async ({ home }, context) => String(await availableBytes(context, home.home)),
      collection: async ({ collection, right }, context) =>
        right === 'owner' ? String(await availableBytes(context, collection.home)) : undefined,
    },
  },
  {
    name: dav('current-user-principal'),
    inAllprop: false,
    read: readerFor(everyKind, (_resource, { principal }) => href(principalHref(principal))),
  },
  {
    name: dav('principal-collection-set'),
    inAllprop: false,
    read: readerFor(everyKind, () => href('/principals/')),
  },
];
