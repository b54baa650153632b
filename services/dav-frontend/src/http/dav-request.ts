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
  /** Octets of the body, where the client tells. */
  readonly contentLength: number | null;
  /** The file name in Content-Disposition. */
  readonly filename: string | null;
  readonly query: URLSearchParams;
  /** Range and If-Range as they came: what they mean depends on the representation. */
  readonly range: { readonly range: string | undefined; readonly ifRange: string | undefined };
  /** Scheme and authority under which clients reach this server. */
  readonly origin: string;
  /**
   * A browser sends it for a page of another site (Fetch Metadata). Of the methods that change something only POST comes like
   * that: for the others browsers ask first, and are not answered that they may.
   */
  readonly crossSite: boolean;
  /** The body is a part of something (Content-Range). */
  readonly partial: boolean;
  readonly userAgent: string | undefined;
  /**
   * The body as XML; null when there is none.
   * @throws DavError 400, 413 or 415
   */
  readonly xml: () => Promise<XmlElement | null>;
  /**
   * The body as JSON.
   * @throws DavError 400, 413 or 415
   */
  readonly json: () => Promise<unknown>;
  /**
   * The body's octets as they come, for bodies of any size.
   * @throws DavError 400 or 415
   */
  readonly body: () => AsyncIterable<Uint8Array>;
}

/** What a method answers; a body that comes in pieces is sent as they are made. */
export interface DavResponse {
  readonly status: number;
  /** A list is for as many headers of the name. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array | AsyncIterable<string>;
  /** In place of a body: what is sent as soon as it is there (server-sent events). */
  readonly events?: AsyncIterable<string>;
  /** In place of a body: so many octets, which are not held in memory. */
  readonly content?: { readonly size: number; readonly pieces: AsyncIterable<Uint8Array> };
}
