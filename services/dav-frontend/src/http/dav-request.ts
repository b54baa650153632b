import type { Depth, EntityTagCondition, IfList, ParsedPath, Preferences, XmlElement } from '@almanac/dav-protocol';

/** A request, parsed: past this point no header is read (conventions, habit 3). */
export interface DavRequest {
  readonly method: string;
  readonly path: ParsedPath;
  readonly depth: (fallback: Depth) => Depth;
  readonly ifMatch: EntityTagCondition | null;
  readonly ifNoneMatch: EntityTagCondition | null;
  /** Milliseconds since 1970. */
  readonly ifModifiedSince: number | null;
  readonly ifUnmodifiedSince: number | null;
  readonly if: readonly IfList[] | null;
  readonly overwrite: boolean;
  /**
   * @param hosts host names that are this server beside the request's own: a proxy may have put another in its place
   * @throws DavError 400 or 502 for a Destination that is none of ours
   */
  readonly destination: (hosts: readonly string[]) => ParsedPath;
  readonly prefer: Preferences;
  readonly contentType: string | undefined;
  /** The body is a part of something (Content-Range). */
  readonly partial: boolean;
  readonly userAgent: string | undefined;
  /**
   * The body as XML; null when there is none.
   * @throws DavError 400, 413 or 415
   */
  readonly xml: () => Promise<XmlElement | null>;
  /**
   * The body's octets.
   * @throws DavError 403 CALDAV:max-resource-size when there are more than `limit`
   */
  readonly octets: (limit: number) => Promise<Uint8Array>;
}

/** What a method answers; a body that comes in pieces is sent as they are made. */
export interface DavResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | AsyncIterable<string>;
}
