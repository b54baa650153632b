/** Privileges of RFC 3744 3 and RFC 4791 6.1.1, in Clark notation, without the aggregate DAV:all. */
export type Privilege =
  | '{DAV:}read'
  | '{DAV:}write'
  | '{DAV:}write-properties'
  | '{DAV:}write-content'
  | '{DAV:}bind'
  | '{DAV:}unbind'
  | '{DAV:}unlock'
  | '{DAV:}read-acl'
  | '{DAV:}write-acl'
  | '{DAV:}read-current-user-privilege-set'
  | '{urn:ietf:params:xml:ns:caldav}read-free-busy';

export const ownerPrivileges: readonly Privilege[] = [
  '{DAV:}read',
  '{urn:ietf:params:xml:ns:caldav}read-free-busy',
  '{DAV:}write',
  '{DAV:}write-properties',
  '{DAV:}write-content',
  '{DAV:}bind',
  '{DAV:}unbind',
  '{DAV:}unlock',
  '{DAV:}read-acl',
  '{DAV:}read-current-user-privilege-set',
];

/** What everybody of a tenant may do with a principal and with the collections above homes. */
export const publicPrivileges: readonly Privilege[] = ['{DAV:}read', '{DAV:}read-current-user-privilege-set'];

/** What the actor may do in a home and everything in it; nothing at all means that it is not to be seen (S4). */
export const privilegesInHome = (actor: string, owner: string): readonly Privilege[] =>
  actor === owner ? ownerPrivileges : [];
