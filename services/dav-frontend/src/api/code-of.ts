import type { DavError } from '@almanac/dav-protocol';

/** What a fault is called: the local name of its precondition, where DAV has one. */
export const codeOf = ({ precondition, code }: DavError): string | undefined =>
  precondition?.replace(/^\{[^}]*\}/, '') ?? code;
