const plainSegment = /^[A-Za-z0-9\-._~!$&'()*+,;=:@]*$/;
const sparedEscapes = /%(?:24|26|2B|2C|3B|3D|3A|40)/g;

/**
 * The one spelling of a path that Almanac sends: unreserved characters, sub-delimiters, `:` and `@` as they are, all other
 * octets of the UTF-8 percent-encoded in upper case (RFC 3986 3.3). No segments is `/`.
 */
export function writePath(segments: readonly string[], trailingSlash: boolean): string {
  let path = '';
  for (const segment of segments) path += `/${encodeSegment(segment)}`;
  return trailingSlash || path === '' ? `${path}/` : path;
}

/** One segment in the canonical spelling of `writePath`. */
export function encodeSegment(segment: string): string {
  if (plainSegment.test(segment)) return segment;
  return encodeURIComponent(segment.toWellFormed()).replace(sparedEscapes, decodeURIComponent);
}
