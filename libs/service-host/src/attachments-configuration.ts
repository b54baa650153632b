import { ConfigurationFault, Environment } from './environment.js';

/** What both modes are told of attachments (docs/operations/configuration.md). */
export interface AttachmentsConfiguration {
  /** Milliseconds for which an attachment is kept that no object refers to any more. */
  readonly grace: number;
  /** What signed links are made with; null: a key of its own, kept with the data. */
  readonly linkKey: Uint8Array | null;
  readonly clamav: { readonly host: string; readonly port: number; readonly acceptUnscanned: boolean } | null;
}

const day = 86_400;

/** Shorter ones can be guessed. */
const leastKey = 16;

/** @throws ConfigurationFault */
export function readAttachmentsConfiguration(values: NodeJS.ProcessEnv): AttachmentsConfiguration {
  const environment = new Environment(values);
  return {
    grace: environment.integer('ALMANAC_ATTACHMENT_GRACE', day, [1, 3_650 * day]) * 1000,
    linkKey: linkKeyFrom(environment.secret('ALMANAC_LINK_KEY')),
    clamav: clamavFrom(environment),
  };
}

function linkKeyFrom(key: string | null): Uint8Array | null {
  if (key === null) return null;
  if (Buffer.byteLength(key) >= leastKey) return Buffer.from(key);
  throw new ConfigurationFault(`ALMANAC_LINK_KEY is too short; give it ${leastKey} characters at least, at random.`);
}

function clamavFrom(environment: Environment): AttachmentsConfiguration['clamav'] {
  const unscanned = environment.oneOf('ALMANAC_CLAMAV_AWAY', 'refuse', ['refuse', 'accept']);
  const address = environment.optional('ALMANAC_CLAMAV');
  if (address === null) return null;
  const [, host, port] =
    /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(address)?.filter((part) => part !== undefined) ?? [];
  if (host === undefined || port === undefined || Number(port) > 65_535) {
    throw new ConfigurationFault(`ALMANAC_CLAMAV is ${address}; it must be host:port, such as clamd:3310.`);
  }
  return { host, port: Number(port), acceptUnscanned: unscanned === 'accept' };
}
