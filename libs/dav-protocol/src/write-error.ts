import type { DavError } from './dav-error.js';
import { escapeText } from './escape-text.js';
import { namespaces } from './names.js';
import { prefixDeclarations } from './prefixes.js';
import { property } from './property-tag.js';

const open = `<?xml version="1.0" encoding="utf-8"?>\n<d:error${prefixDeclarations} xmlns:m="${namespaces.almanac}">`;

/** The body of an error answer: a DAV:error with the precondition element and, for people, a message (RFC 4918 14.5). */
export function writeError(error: DavError): string {
  let xml = open;
  if (error.precondition !== undefined) xml += property(error.precondition, error.body ?? '');
  if (error.detail !== undefined) xml += `<m:message>${escapeText(error.detail)}</m:message>`;
  return `${xml}</d:error>`;
}
