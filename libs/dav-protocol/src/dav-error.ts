import type { PropertyName } from './names.js';
import { statusLine } from './status-line.js';

export interface DavErrorParts {
  /** The precondition or postcondition element (RFC 4918 16). */
  readonly precondition?: PropertyName;
  /** Names the fault where no precondition does, for programs that tell it in words of their own. */
  readonly code?: string;
  /** Words for a person. */
  readonly detail?: string;
  /** Inner XML of the precondition element, e.g. the href that is in the way. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** A request that is answered with an HTTP error: the only exception that this library throws. */
export class DavError extends Error {
  override readonly name = 'DavError';
  /** HTTP status, 400 to 599. */
  readonly status: number;
  readonly precondition?: PropertyName;
  readonly code?: string;
  readonly detail?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;

  constructor(status: number, parts: DavErrorParts = {}) {
    super(parts.detail ?? parts.precondition ?? statusLine(status), { cause: parts.cause });
    this.status = status;
    if (parts.precondition !== undefined) this.precondition = parts.precondition;
    if (parts.code !== undefined) this.code = parts.code;
    if (parts.detail !== undefined) this.detail = parts.detail;
    if (parts.body !== undefined) this.body = parts.body;
    if (parts.headers !== undefined) this.headers = parts.headers;
  }
}

/** 400: the request cannot be understood. */
export function badRequest(detail: string, cause?: unknown): DavError {
  return new DavError(400, { detail, cause });
}

/** 403 with a precondition: repeating the request will not help (RFC 4918 16). */
export function forbidden(precondition: PropertyName, detail: string): DavError {
  return new DavError(403, { precondition, detail });
}
