import { dav, forbidden } from '@almanac/dav-protocol';
import type { MemberResource } from './resource.js';

/**
 * What is shown as busy time only is not changed either: nobody could know what they change (V4).
 * @throws DavError 403 DAV:need-privileges
 */
export function demandUnmasked({ member }: MemberResource): void {
  if (member.masked !== true) return;
  throw forbidden(dav('need-privileges'), 'This is a private appointment of somebody else; only they can change it.');
}
