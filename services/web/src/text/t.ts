import { de } from './de.js';
import { en, type Texts } from './en.js';

export type Language = 'en' | 'de';

const key = 'almanac.language';
const chosen = localStorage.getItem(key) ?? navigator.language.slice(0, 2);

/** The language of the page; another one takes a reload, since it is in every part of it. */
export const language: Language = chosen === 'de' ? 'de' : 'en';
document.documentElement.lang = language;

export function setLanguage(next: Language): void {
  localStorage.setItem(key, next);
  location.reload();
}

const texts: Texts = language === 'de' ? de : en;

/** A text of the page, with `{name}` filled in. */
export function t(name: keyof Texts, values: Readonly<Record<string, string | number>> = {}): string {
  return texts[name].replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ''));
}
