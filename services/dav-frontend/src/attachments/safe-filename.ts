/** With the id before it, and percent-encoded, a name of so many octets is a path segment that everybody takes. */
const maxOctets = 180;

/**
 * A file name that does no harm where somebody saves it (RFC 6266 4.3, RFC 8607 4.2): the last segment of a path, without
 * control characters, without what turns the direction of writing, and not hidden.
 */
export function safeFilename(name: string | null): string {
  const last = (name ?? '').split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .toWellFormed()
    .replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
    .replaceAll('"', "'")
    .trim()
    .replace(/^\.+/, '')
    .replace(/[. ]+$/, '');
  return plain === '' ? 'attachment' : shortened(plain);
}

/** The extension stays. */
function shortened(name: string): string {
  if (Buffer.byteLength(name) <= maxOctets) return name;
  const extension = /\.[\w-]{1,16}$/.exec(name)?.[0] ?? '';
  const characters = [...name.slice(0, name.length - extension.length)];
  while (Buffer.byteLength(characters.join('')) + extension.length > maxOctets) characters.pop();
  return characters.join('') + extension;
}
