import { may, type Right } from './rights.js';

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

const readFreeBusy = '{urn:ietf:params:xml:ns:caldav}read-free-busy';

/** What everybody of a tenant may do with a principal and with the collections above homes. */
export const publicPrivileges: readonly Privilege[] = ['{DAV:}read', '{DAV:}read-current-user-privilege-set'];

const seeing: readonly Privilege[] = ['{DAV:}read', readFreeBusy, '{DAV:}read-current-user-privilege-set'];

const own: readonly Privilege[] = [
  '{DAV:}read',
  readFreeBusy,
  '{DAV:}write',
  '{DAV:}write-properties',
  '{DAV:}write-content',
  '{DAV:}bind',
  '{DAV:}unbind',
  '{DAV:}unlock',
  '{DAV:}read-acl',
  '{DAV:}read-current-user-privilege-set',
];

/**
 * A right on a collection as WebDAV has it (S1). Who may add, or edit something, has `write-content`, since clients take a
 * calendar without it to be read-only. Own properties can be set with every right (S3), but are not promised: clients would
 * take that for writing.
 */
export const collectionPrivileges: Readonly<Record<Right, readonly Privilege[]>> = {
  owner: own,
  'see-busy': seeing,
  read: seeing,
  add: [...seeing, '{DAV:}bind', '{DAV:}write-content'],
  'edit-own': [...seeing, '{DAV:}bind', '{DAV:}write-content', '{DAV:}unbind'],
  'edit-all': [...seeing, '{DAV:}bind', '{DAV:}write-content', '{DAV:}unbind'],
  delete: [...seeing, '{DAV:}bind', '{DAV:}write-content', '{DAV:}unbind'],
  administer: own,
};

/** Of one member: what is masked is only looked at. */
export function memberPrivileges(right: Right, { own: isOwn, masked }: MemberSight): readonly Privilege[] {
  if (right === 'owner') return own;
  if (masked) return seeing;
  const changes: readonly Privilege[] = may(right, 'change', isOwn) ? ['{DAV:}write-content'] : [];
  const removes: readonly Privilege[] = may(right, 'remove', isOwn) ? ['{DAV:}unbind'] : [];
  return [...seeing, ...changes, ...removes];
}

export interface MemberSight {
  /** Put by the viewer itself. */
  readonly own: boolean;
  /** Shown as busy time only (V4). */
  readonly masked: boolean;
}

/** A home is its owner's alone; what is shared from it is seen in the homes of others. */
export const homePrivileges = (viewer: string, owner: string): readonly Privilege[] => (viewer === owner ? own : []);
