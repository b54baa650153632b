import { collectionPrivileges, type Privilege } from '@almanac/access';
import { dav, href, property, type PropertyName } from '@almanac/dav-protocol';
import { principalHref } from '../resources/hrefs.js';
import type { CollectionResource } from '../resources/resource.js';
import { everyKind, type LiveProperty, readerFor } from './live-property.js';

const privilege = (name: Privilege | '{DAV:}all'): string =>
  property(dav('privilege'), property(name as PropertyName, ''));

const supported = (name: PropertyName, description: string, inner = ''): string =>
  property(
    dav('supported-privilege'),
    property(dav('privilege'), property(name, '')) +
      `<d:description xml:lang="en">${description}</d:description>${inner}`,
  );

/** The tree of privileges (RFC 3744 5.3, RFC 4791 6.1.1); none of them is abstract. */
const supportedPrivileges = supported(
  dav('all'),
  'Everything',
  supported(
    dav('read'),
    'Read',
    supported('{urn:ietf:params:xml:ns:caldav}read-free-busy', 'Read when the owner is busy') +
      supported(dav('read-acl'), 'Read access rights') +
      supported(dav('read-current-user-privilege-set'), 'Read own access rights'),
  ) +
    supported(
      dav('write'),
      'Write',
      supported(dav('write-properties'), 'Change properties') +
        supported(dav('write-content'), 'Change contents') +
        supported(dav('bind'), 'Add members') +
        supported(dav('unbind'), 'Remove members'),
    ) +
    supported(dav('unlock'), 'Remove locks') +
    supported(dav('write-acl'), 'Change access rights'),
);

const ace = (principal: string, privileges: readonly Privilege[]): string =>
  property(
    dav('ace'),
    property(dav('principal'), principal) +
      property(dav('grant'), privileges.map(privilege).join('')) +
      property(dav('protected'), ''),
  );

/** Who may read the rights sees those of all; others their own (RFC 3744 3.7). */
function folderAces({ owner, right, collection, viewer, privileges }: CollectionResource): string {
  const user = (id: string): string => href(principalHref({ kind: 'user', id }));
  if (!privileges.includes('{DAV:}read-acl')) return ace(user(viewer), privileges);
  const shares = collection.shares.map(({ kind, id, right: shared }) =>
    ace(href(principalHref({ kind, id })), collectionPrivileges[shared]),
  );
  return ace(href(principalHref(owner)), right === 'owner' ? privileges : collectionPrivileges.owner) + shares.join('');
}

/** RFC 3744 5 */
export const accessProperties: readonly LiveProperty[] = [
  {
    name: dav('current-user-privilege-set'),
    inAllprop: false,
    read: readerFor(everyKind, ({ privileges }) => privileges.map(privilege).join('')),
  },
  { name: dav('supported-privilege-set'), inAllprop: false, read: readerFor(everyKind, () => supportedPrivileges) },
  {
    name: dav('acl'),
    inAllprop: false,
    read: {
      ...readerFor(['root', 'homes', 'principals', 'principal'], ({ privileges }) =>
        ace(property(dav('authenticated'), ''), privileges),
      ),
      home: ({ privileges, owner }) => ace(href(principalHref(owner)), privileges),
      collection: (folder) => folderAces(folder),
      member: ({ folder }) => folderAces(folder),
    },
  },
  {
    name: dav('acl-restrictions'),
    inAllprop: false,
    read: readerFor(everyKind, () => property(dav('grant-only'), '') + property(dav('no-invert'), '')),
  },
  { name: dav('inherited-acl-set'), inAllprop: false, read: readerFor(everyKind, () => '') },
];
