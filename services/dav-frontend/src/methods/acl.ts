import { dav, forbidden } from '@almanac/dav-protocol';
import type { Method } from '../method.js';
import { locate } from '../resources/locate.js';
import { mapped } from '../resources/mapped.js';

/** RFC 3744 8.1: every access control entry is protected, so no change of them is possible here. */
export const acl: Method = async (context) => {
  mapped(await locate(context, context.request.path));
  throw forbidden(
    dav('no-protected-ace-conflict'),
    'The access rights of this resource are set by the service itself.',
  );
};
