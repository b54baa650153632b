const needsEscape = /[&<>\r\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
const escapable = /[&<>\r\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

const replacements: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

/**
 * Text as XML character data. A carriage return becomes `&#13;`, else the reader's line-end normalisation (XML 1.0 2.11)
 * would change the octets; what is no character of XML 1.0 (2.2), lone surrogates included, becomes U+FFFD.
 */
export function escapeText(text: string): string {
  const legal = text.isWellFormed() ? text : text.toWellFormed();
  if (!needsEscape.test(legal)) return legal;
  return legal.replace(escapable, (character) => replacements[character] ?? '\ufffd');
}

/** A value for use between double quotes; tab and line feed are written as references, too (XML 1.0 3.3.3). */
export function escapeAttribute(value: string): string {
  const escaped = escapeText(value);
  if (!/["\t\n]/.test(escaped)) return escaped;
  return escaped.replaceAll('"', '&quot;').replaceAll('\t', '&#9;').replaceAll('\n', '&#10;');
}
