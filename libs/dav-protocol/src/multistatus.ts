import { escapeText } from './escape-text.js';
import type { PropertyName } from './names.js';
import { prefixDeclarations } from './prefixes.js';
import { property, propertyTag } from './property-tag.js';
import { statusLine } from './status-line.js';

/** Start of a DAV:multistatus (RFC 4918 14.16) with the XML declaration; between it and the close go response elements. */
export const multistatusOpen = `<?xml version="1.0" encoding="utf-8"?>\n<d:multistatus${prefixDeclarations}>`;
export const multistatusClose = '</d:multistatus>';

const okPropstatEnd = `</d:prop><d:status>${statusLine(200)}</d:status></d:propstat>`;
const missingPropstatEnd = `</d:prop><d:status>${statusLine(404)}</d:status></d:propstat>`;

/** One resource of a PROPFIND or REPORT answer; `found` is property XML, `missing` are reported as 404 (RFC 4918 9.1). */
export function propertyResponse(path: string, found: string, missing: readonly PropertyName[]): string {
  let xml = `<d:response>${href(path)}`;
  if (found !== '' || missing.length === 0) xml += `<d:propstat><d:prop>${found}${okPropstatEnd}`;
  if (missing.length > 0) {
    xml += '<d:propstat><d:prop>';
    for (const name of missing) xml += property(name, '');
    xml += missingPropstatEnd;
  }
  return `${xml}</d:response>`;
}

export interface ResponseError {
  readonly precondition?: PropertyName;
  /** Words for a person, sent as DAV:responsedescription. */
  readonly detail?: string;
}

/** A resource that is answered as a whole, e.g. 404 for a removed member or 507 for a cut answer (RFC 6578 3.5, 3.6). */
export function statusResponse(path: string, status: number, error?: ResponseError): string {
  let xml = `<d:response>${href(path)}<d:status>${statusLine(status)}</d:status>`;
  if (error?.precondition !== undefined) xml += `<d:error>${property(error.precondition, '')}</d:error>`;
  if (error?.detail !== undefined) xml += `<d:responsedescription>${escapeText(error.detail)}</d:responsedescription>`;
  return `${xml}</d:response>`;
}

export interface PropstatGroup {
  readonly status: number;
  /** Concatenated property XML. */
  readonly properties: string;
  readonly error?: PropertyName;
}

/** One resource with its properties grouped by status: the answer to PROPPATCH (RFC 4918 9.2). */
export function propstatResponse(path: string, groups: readonly PropstatGroup[]): string {
  return `<d:response>${href(path)}${propstats(groups)}</d:response>`;
}

/** The groups alone: what MKCALENDAR and MKCOL answer with (RFC 4791 9.3, RFC 5689 5.2). */
export function propstats(groups: readonly PropstatGroup[]): string {
  let xml = '';
  for (const group of groups) {
    xml += `<d:propstat><d:prop>${group.properties}</d:prop><d:status>${statusLine(group.status)}</d:status>`;
    if (group.error !== undefined) xml += `<d:error>${property(group.error, '')}</d:error>`;
    xml += '</d:propstat>';
  }
  return xml;
}

/** A whole answer of another root than DAV:multistatus, around inner XML with the well-known prefixes. */
export function xmlDocument(root: PropertyName, innerXml: string): string {
  const { open, close } = propertyTag(root);
  return `<?xml version="1.0" encoding="utf-8"?>\n${open.slice(0, -1)}${prefixDeclarations}>${innerXml}${close}`;
}

/** DAV:sync-token, the last child of a sync-collection answer (RFC 6578 6.2). */
export function syncToken(token: string): string {
  return `<d:sync-token>${escapeText(token)}</d:sync-token>`;
}

export function href(path: string): string {
  return `<d:href>${escapeText(path)}</d:href>`;
}
