/** From `start` on, without `end` itself. */
export interface OctetRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The Range header (RFC 9110 14.2) for a representation of so many octets. Several ranges, other units and what cannot be
 * read are answered with all of it, as servers may.
 * @returns null: all of it; 'unsatisfiable': nothing of it is asked for (416)
 */
export function parseRange(value: string | undefined, size: number): OctetRange | 'unsatisfiable' | null {
  const found = /^bytes\s*=\s*(\d{0,15})\s*-\s*(\d{0,15})$/i.exec(value?.trim() ?? '');
  if (found === null) return null;
  const [, first = '', last = ''] = found;
  if (first === '' && last === '') return null;
  if (first === '') return Number(last) === 0 || size === 0 ? 'unsatisfiable' : fromEnd(Number(last), size);
  if (last !== '' && Number(last) < Number(first)) return null;
  if (Number(first) >= size) return 'unsatisfiable';
  return { start: Number(first), end: last === '' ? size : Math.min(Number(last) + 1, size) };
}

const fromEnd = (length: number, size: number): OctetRange => ({ start: Math.max(0, size - length), end: size });
