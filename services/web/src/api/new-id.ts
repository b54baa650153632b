/** A random name (RFC 9562 5.4); `crypto.randomUUID` is not there on a page that came without TLS. */
export function newId(): string {
  const octets = [...crypto.getRandomValues(new Uint8Array(16))];
  const marked = octets.map((octet, at) => (at === 6 ? 0x40 + (octet % 16) : at === 8 ? 0x80 + (octet % 64) : octet));
  const hex = marked.map((octet) => octet.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
