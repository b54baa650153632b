import { resolve } from 'node:path';
import type { Profile } from '@almanac/contracts';
import { isLogLevel, type LogLevel } from '@almanac/observability';

/** What the environment says; the README has the table. */
export interface Configuration {
  readonly host: string;
  readonly port: number;
  /** Absolute path of the data folder. */
  readonly data: string;
  readonly profile: Profile;
  /** Where clients reach the service, without a slash at the end; null: where they say that they do. */
  readonly publicUrl: string | null;
  readonly seed: string | null;
  readonly logLevel: LogLevel;
}

/** A setting cannot be used; the message names it and says what it may be. */
export class ConfigurationFault extends Error {
  override readonly name = 'ConfigurationFault';
}

/** @throws ConfigurationFault */
export function readConfiguration(environment: NodeJS.ProcessEnv): Configuration {
  const value = (name: string, fallback: string): string => environment[name]?.trim() || fallback;
  const seed = value('ALMANAC_SEED', '');
  return {
    host: value('ALMANAC_HOST', '127.0.0.1'),
    port: portFrom(value('ALMANAC_PORT', '8008')),
    data: resolve(value('ALMANAC_DATA', './data')),
    profile: profileFrom(value('ALMANAC_PROFILE', 'groupware')),
    publicUrl: publicUrlFrom(value('ALMANAC_PUBLIC_URL', '')),
    seed: seed === '' ? null : resolve(seed),
    logLevel: logLevelFrom(value('ALMANAC_LOG_LEVEL', 'info')),
  };
}

function portFrom(value: string): number {
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new ConfigurationFault(`ALMANAC_PORT is ${value}; it must be a number from 0 to 65535.`);
}

function profileFrom(value: string): Profile {
  if (value === 'groupware' || value === 'standard') return value;
  throw new ConfigurationFault(`ALMANAC_PROFILE is ${value}; it must be groupware or standard.`);
}

function publicUrlFrom(value: string): string | null {
  if (value === '') return null;
  if (URL.canParse(value) && /^https?:/.test(value)) return value.replace(/\/+$/, '');
  throw new ConfigurationFault(`ALMANAC_PUBLIC_URL is ${value}; it must be a URL like https://dav.example.org.`);
}

function logLevelFrom(value: string): LogLevel {
  if (isLogLevel(value)) return value;
  throw new ConfigurationFault(`ALMANAC_LOG_LEVEL is ${value}; it must be debug, info, warn or error.`);
}
