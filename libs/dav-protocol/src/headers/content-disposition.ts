/**
 * The file name in a Content-Disposition header (RFC 6266): `filename*` (RFC 8187) before `filename`. Tolerates what clients
 * send otherwise: no quotes around blanks, and UTF-8 where ASCII should be.
 * @returns null when there is none
 */
export function dispositionFilename(value: string | undefined): string | null {
  if (value === undefined) return null;
  const extended = /;\s*filename\*\s*=\s*"?([\w-]+)'[^']*'([^;"\s]*)/i.exec(value);
  const decoded = extended === null ? null : decodeExtended(extended[1] ?? '', extended[2] ?? '');
  return decoded ?? plainFilename(value);
}

function plainFilename(value: string): string | null {
  const quoted = /;\s*filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(value)?.[1];
  if (quoted !== undefined) return inUtf8(quoted.replaceAll(/\\(.)/g, '$1')) || null;
  const token = /;\s*filename\s*=\s*([^;]*)/i.exec(value)?.[1]?.trim();
  return token === undefined || token === '' ? null : inUtf8(token);
}

/** Header fields come as Latin-1. */
function inUtf8(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a range of octets
  if (!/[\u0080-\u00ff]/.test(text) || /[^\u0000-\u00ff]/.test(text)) return text;
  try {
    const octets = Uint8Array.from(text, (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch {
    return text;
  }
}

function decodeExtended(charset: string, encoded: string): string | null {
  try {
    if (/^utf-8$/i.test(charset)) return decodeURIComponent(encoded);
    if (!/^iso-8859-1$/i.test(charset)) return null;
    return encoded.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  } catch {
    return null;
  }
}

/** A header field that lets a browser save the content under this name, and never show it (RFC 6266 4). */
export function writeAttachmentDisposition(filename: string): string {
  const plain = filename.replaceAll(/[^\u0020-\u007e]/g, '_').replaceAll(/["\\%]/g, '_');
  const extended = encodeURIComponent(filename.toWellFormed()).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${extended}`;
}
