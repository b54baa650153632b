import { addressesOf } from '../attendee-addresses.js';
import type { Component } from '../component-tree.js';
import { type ContentLine, parameterOf } from '../content-line.js';
import { unescapeText } from '../text-match.js';

/** What people look for, folded: no case, no accents; each word is to be found. */
export type SearchedWords = readonly string[];

export const searchedWords = (text: string): SearchedWords =>
  folded(text)
    .split(/\s+/)
    .filter((word) => word !== '');

/** Most calendar data is ASCII, which has no accents. */
const folded = (text: string): string =>
  /^[\0-\x7f]*$/.test(text)
    ? text.toUpperCase()
    : text
        .normalize('NFKD')
        .replace(/\p{M}+/gu, '')
        .toUpperCase();

const texts: ReadonlySet<string> = new Set(['SUMMARY', 'DESCRIPTION', 'LOCATION', 'CATEGORIES']);
const people: ReadonlySet<string> = new Set(['ATTENDEE', 'ORGANIZER']);

/** True where title, description, place, categories and participants of a component hold all words. */
export function hasWords({ properties }: Component, words: SearchedWords): boolean {
  const text = folded(properties.map(readable).join('\n'));
  return words.every((word) => text.includes(word));
}

function readable(property: ContentLine): string {
  if (texts.has(property.name)) return unescapeText(property.value);
  if (!people.has(property.name)) return '';
  return [parameterOf(property, 'CN') ?? '', ...addressesOf(property)].join(' ');
}

/** False where calendar data that has not been read cannot have the words: most of what is looked through is told so. */
export function mayHaveWords(text: string, words: SearchedWords): boolean {
  const plain = folded(text.replace(/\r?\n[ \t]/g, '').replaceAll('\\', ''));
  return words.every((word) => plainParts(word).every((part) => plain.includes(part)));
}

/** What is written as it is, whatever escapes stand around it. */
const plainParts = (word: string): readonly string[] => word.match(/[\p{L}\p{N}]+/gu) ?? [];
