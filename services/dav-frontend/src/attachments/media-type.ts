const unknown = 'application/octet-stream';

/** Type and subtype, without parameters, as FMTTYPE takes them (RFC 5545 3.2.8). */
export function mediaTypeOf(contentType: string | undefined): string {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return /^[a-z0-9!#$&^_.+-]{1,127}\/[a-z0-9!#$&^_.+-]{1,127}$/.test(type) ? type : unknown;
}
