/**
 * Of an empty text. The calendar grid keeps its rules in a style element that it makes empty and fills through the CSSOM;
 * no text of anybody's can be a style by it.
 */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' ${emptyStyle}`,
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const year = 31_536_000;

/** What browsers are told of a page, and of what belongs to it. */
export const pageHeaders = (name: string): Readonly<Record<string, string>> => ({
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': name.startsWith('assets/') ? `public, max-age=${year}, immutable` : 'no-cache',
  Vary: 'Accept, Accept-Encoding',
});
