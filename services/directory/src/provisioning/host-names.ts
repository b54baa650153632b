import { faultOfHost } from '@almanac/domain-directory';

/** A tenant may have this host name or address; an IPv6 address stands in brackets. */
export const isHostName = (host: string): boolean => faultOfHost(host) === null;
