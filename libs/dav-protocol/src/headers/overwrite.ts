import { badRequest } from '../dav-error.js';

/**
 * The Overwrite header (RFC 4918 10.6): true when absent.
 * @throws DavError 400 for anything but T and F
 */
export function parseOverwrite(value: string | undefined): boolean {
  if (value === undefined) return true;
  const flag = value.trim().toUpperCase();
  if (flag !== 'T' && flag !== 'F') throw badRequest('The Overwrite header must be T or F.');
  return flag === 'T';
}
