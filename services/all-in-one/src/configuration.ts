import { resolve } from 'node:path';
import type { Profile } from '@almanac/contracts';
import type { LogLevel } from '@almanac/observability';
import {
  type AttachmentsConfiguration,
  Environment,
  readAttachmentsConfiguration,
  readLastAnswer,
  type OidcSecrets,
  readOidcSecrets,
  type PagesPlace,
  readPagesPlace,
  readTrashRetention,
} from '@almanac/service-host';

/** What the environment says; the README has the table. */
export interface Configuration {
  readonly host: string;
  readonly port: number;
  /** Absolute path of the data folder. */
  readonly data: string;
  readonly profile: Profile;
  /** Where clients reach the service, without a slash at the end; null: where they say that they do. */
  readonly publicUrl: string | null;
  /** For how many milliseconds a deleted folder can be restored. */
  readonly trashRetention: number;
  /** The web interface's files; null: there is none. */
  readonly pages: PagesPlace;
  readonly seed: string | null;
  /** A proxy in front says where requests come from. */
  readonly trustProxy: boolean;
  readonly logLevel: LogLevel;
  /** For how many milliseconds what is in flight is waited for at the end. */
  readonly lastAnswer: number;
  readonly attachments: AttachmentsConfiguration;
  readonly oidcSecrets: OidcSecrets;
}

/** @throws ConfigurationFault */
export function readConfiguration(values: NodeJS.ProcessEnv): Configuration {
  const environment = new Environment(values);
  const seed = environment.optional('ALMANAC_SEED');
  return {
    host: environment.text('ALMANAC_HOST', '127.0.0.1'),
    port: environment.port('ALMANAC_PORT', 8008),
    data: resolve(environment.text('ALMANAC_DATA', './data')),
    profile: environment.oneOf('ALMANAC_PROFILE', 'groupware', ['groupware', 'standard']),
    publicUrl: environment.publicUrl(),
    trashRetention: readTrashRetention(values),
    pages: readPagesPlace(values),
    seed: seed === null ? null : resolve(seed),
    trustProxy: environment.flag('ALMANAC_TRUST_PROXY'),
    logLevel: environment.logLevel(),
    lastAnswer: readLastAnswer(values),
    attachments: readAttachmentsConfiguration(values),
    oidcSecrets: readOidcSecrets(values),
  };
}
