import { badRequest } from '../dav-error.js';
import type { XmlElement } from '../xml-element.js';
import type { MatchType } from './report-request.js';

const matchTypes: readonly MatchType[] = ['contains', 'starts-with', 'ends-with', 'equals'];

/**
 * Apple's match-type attribute; without it a principal search looks for a part of the value (RFC 3744 9.4).
 * @throws DavError 400 for a value that is not known
 */
export function parseMatchType(element: XmlElement): MatchType {
  const named = element.attributes['match-type'] ?? 'contains';
  const matchType = matchTypes.find((type) => type === named.trim().toLowerCase());
  if (matchType === undefined) throw badRequest(`match-type must be one of ${matchTypes.join(', ')}.`);
  return matchType;
}
