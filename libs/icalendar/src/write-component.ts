import type { Component } from './component-tree.js';

/** RFC 5545 3.1: octets in a line without its line break. */
const MAX_OCTETS = 75;
const ASCII = /^[\u0020-\u007e\t]*$/;

/** Writes a component with CRLF, its properties as they were sent, folded at 75 octets. */
export function writeComponent(component: Component): string {
  const lines: string[] = [];
  addLines(component, lines);
  return lines.join('');
}

/** One content line with its CRLF, folded at 75 octets, never within a character of UTF-8 (RFC 5545 3.1). */
export function foldLine(text: string): string {
  if (ASCII.test(text)) return text.length <= MAX_OCTETS ? `${text}\r\n` : foldAscii(text);
  let folded = '';
  let octets = 0;
  for (const character of text) {
    const size = octetsOf(character.codePointAt(0) as number);
    if (octets + size > MAX_OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return `${folded}\r\n`;
}

/** Octets of a text in UTF-8. */
export function octetLength(text: string): number {
  let octets = 0;
  for (const character of text) octets += octetsOf(character.codePointAt(0) as number);
  return octets;
}

function addLines({ name, properties, components }: Component, lines: string[]): void {
  lines.push(`BEGIN:${name}\r\n`);
  for (const { text } of properties) lines.push(foldLine(text));
  for (const component of components) addLines(component, lines);
  lines.push(`END:${name}\r\n`);
}

function foldAscii(text: string): string {
  let folded = text.slice(0, MAX_OCTETS);
  for (let at = MAX_OCTETS; at < text.length; at += MAX_OCTETS - 1) {
    folded += `\r\n ${text.slice(at, at + MAX_OCTETS - 1)}`;
  }
  return `${folded}\r\n`;
}

function octetsOf(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
