import type { TextMatch } from '@almanac/icalendar';
import { forbidden } from '../dav-error.js';
import { caldav } from '../names.js';
import { textOf, type XmlElement } from '../xml-element.js';
import { invalidFilter } from './valid-filter.js';

const collations: ReadonlyMap<string, TextMatch['collation']> = new Map<string, TextMatch['collation']>([
  ['default', 'i;ascii-casemap'],
  ['i;ascii-casemap', 'i;ascii-casemap'],
  ['i;octet', 'i;octet'],
  ['i;unicode-casemap', 'i;unicode-casemap'],
]);

/**
 * CALDAV:text-match (RFC 4791 9.7.5); the text counts with all its white space.
 * @throws DavError 403 CALDAV:supported-collation or CALDAV:valid-filter
 */
export function parseTextMatch(element: XmlElement): TextMatch {
  const named = element.attributes['collation'] ?? 'default';
  const collation = collations.get(named.toLowerCase());
  if (collation === undefined) {
    throw forbidden(caldav('supported-collation'), `The collation ${named} is not supported.`);
  }
  const negate = element.attributes['negate-condition'] ?? 'no';
  if (negate !== 'yes' && negate !== 'no') throw invalidFilter('negate-condition must be yes or no.');
  return { text: textOf(element), collation, negate: negate === 'yes' };
}
