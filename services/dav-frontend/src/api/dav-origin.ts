import type { TenantRecord } from '@almanac/contracts';

/**
 * Scheme and authority that calendar programs are given (C5): the tenant's own `dav.` host where it has one and the page was
 * loaded from elsewhere, else where the page came from.
 */
export function davOrigin({ hosts }: Pick<TenantRecord, 'hosts'>, origin: string): string {
  const { protocol, hostname, port } = new URL(origin);
  const own = hosts.find((host) => host.startsWith('dav.'));
  const isLocal = hostname === 'localhost' || /^[\d.]+$|^\[/.test(hostname);
  if (own === undefined || isLocal || hostname === own) return origin;
  return `${protocol}//${own}${port === '' ? '' : `:${port}`}`;
}
