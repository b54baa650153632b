import { badRequest } from '../dav-error.js';
import { opaqueTag } from './entity-tags.js';

export interface IfCondition {
  readonly negate: boolean;
  readonly kind: 'token' | 'etag';
  /** A state token without angle brackets, or an opaque entity tag without quotes. */
  readonly value: string;
}

/** Conditions that must all hold; the header is true when one of its lists is. */
export interface IfList {
  /** The URI of the tag before the list; null means the request URI. */
  readonly resource: string | null;
  readonly conditions: readonly IfCondition[];
}

type Token = { readonly kind: 'open' | 'close' | 'not' } | { readonly kind: 'uri' | 'etag'; readonly value: string };

const lexeme = /[ \t\r\n]*(?:(\()|(\))|<([^<>\s]+)>|\[\s*((?:W\/)?"[^"]*"|[^\]"\s]+)\s*\]|(not(?=[\s<[])))/iy;

/**
 * The If header (RFC 4918 10.4).
 * @returns null when the header is absent
 * @throws DavError 400 when it does not follow the grammar
 */
export function parseIf(value: string | undefined): readonly IfList[] | null {
  if (value === undefined) return null;
  const tokens = tokensOf(value.trim());
  const lists: IfList[] = [];
  let resource: string | null = null;
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at];
    if (token?.kind === 'uri' && (lists.length === 0 || resource !== null) && tokens[at + 1]?.kind === 'open') {
      resource = token.value;
      at += 1;
    } else if (token?.kind === 'open') {
      const end = closeAfter(tokens, at);
      lists.push({ resource, conditions: conditionsOf(tokens.slice(at + 1, end)) });
      at = end + 1;
    } else throw malformed();
  }
  if (lists.length === 0) throw malformed();
  return lists;
}

function tokensOf(value: string): readonly Token[] {
  const tokens: Token[] = [];
  lexeme.lastIndex = 0;
  while (lexeme.lastIndex < value.length) {
    const match = lexeme.exec(value);
    if (match === null) throw malformed();
    tokens.push(tokenOf(match));
  }
  return tokens;
}

function tokenOf([, open, close, uri, etag]: RegExpExecArray): Token {
  if (open !== undefined) return { kind: 'open' };
  if (close !== undefined) return { kind: 'close' };
  if (uri !== undefined) return { kind: 'uri', value: uri };
  if (etag !== undefined) return { kind: 'etag', value: opaqueTag(etag) };
  return { kind: 'not' };
}

function closeAfter(tokens: readonly Token[], from: number): number {
  for (let at = from + 1; at < tokens.length; at += 1) if (tokens[at]?.kind === 'close') return at;
  throw malformed();
}

function conditionsOf(tokens: readonly Token[]): readonly IfCondition[] {
  const conditions: IfCondition[] = [];
  let negate = false;
  for (const token of tokens) {
    if (token.kind === 'not' && !negate) {
      negate = true;
    } else if (token.kind === 'uri' || token.kind === 'etag') {
      conditions.push({ negate, kind: token.kind === 'uri' ? 'token' : 'etag', value: token.value });
      negate = false;
    } else throw malformed();
  }
  if (negate || conditions.length === 0) throw malformed();
  return conditions;
}

function malformed(): Error {
  return badRequest('The If header is malformed (RFC 4918 10.4.2).');
}
