import { type DavError, forbidden } from '../dav-error.js';
import { caldav } from '../names.js';

/** CALDAV:valid-filter (RFC 4791 7.8): the filter breaks the grammar of section 9.7. */
export function invalidFilter(detail: string): DavError {
  return forbidden(caldav('valid-filter'), detail);
}
