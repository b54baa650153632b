/** What the client would like to get back. */
export interface Preferences {
  /** Leave out what was not found, or the body of a plain success. */
  readonly minimal: boolean;
  /** Send the new representation with the answer to a write. */
  readonly representation: boolean;
}

const preference = /([^\s=,;"]+)\s*(?:=\s*("(?:[^"\\]|\\.)*"|[^\s,;"]*))?[^,]*/g;

/**
 * The Prefer header (RFC 7240, RFC 8144) and the older `Brief: t`. The first `return` counts; what is not understood is
 * ignored, as preferences never make a request fail.
 */
export function parsePrefer(value: string | undefined, brief: string | undefined): Preferences {
  const wanted = returnPreference(value ?? '');
  const isBrief = wanted === undefined && brief?.trim().toLowerCase() === 't';
  return { minimal: wanted === 'minimal' || isBrief, representation: wanted === 'representation' };
}

function returnPreference(value: string): string | undefined {
  for (const [, name, setting] of value.matchAll(preference)) {
    if (name?.toLowerCase() === 'return') return (setting ?? '').replaceAll('"', '').toLowerCase();
  }
  return undefined;
}
