import { readFileSync } from 'node:fs';
import { isLogLevel, type LogLevel } from '@almanac/observability';

/** A setting cannot be used; the message names it and says what it may be. */
export class ConfigurationFault extends Error {
  override readonly name = 'ConfigurationFault';
}

/** Reads settings; each method throws ConfigurationFault for a value that cannot be used. */
export class Environment {
  readonly #values: NodeJS.ProcessEnv;

  constructor(values: NodeJS.ProcessEnv) {
    this.#values = values;
  }

  text(name: string, fallback: string): string {
    return this.#values[name]?.trim() || fallback;
  }

  optional(name: string): string | null {
    return this.text(name, '') || null;
  }

  required(name: string, example: string): string {
    const value = this.optional(name);
    if (value === null) throw new ConfigurationFault(`${name} is not set; it must be something like ${example}.`);
    return value;
  }

  integer(name: string, fallback: number, [least, most]: readonly [number, number]): number {
    const value = this.text(name, String(fallback));
    const number = Number(value);
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    throw new ConfigurationFault(`${name} is ${value}; it must be a number from ${least} to ${most}.`);
  }

  port(name: string, fallback: number): number {
    return this.integer(name, fallback, [0, 65_535]);
  }

  oneOf<Value extends string>(name: string, fallback: Value, values: readonly Value[]): Value {
    const value = this.text(name, fallback);
    const known = values.find((one) => one === value);
    if (known !== undefined) return known;
    const words = `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
    throw new ConfigurationFault(`${name} is ${value}; it must be ${words}.`);
  }

  flag(name: string): boolean {
    return this.oneOf(name, 'off', ['on', 'off']) === 'on';
  }

  /** A secret, from `<name>` itself or from the file that `<name>_FILE` names. */
  secret(name: string): string | null {
    const file = this.optional(`${name}_FILE`);
    if (file === null) return this.optional(name);
    try {
      return readFileSync(file, 'utf8').trim();
    } catch (error) {
      throw new ConfigurationFault(`${name}_FILE is ${file}, which cannot be read: ${(error as Error).message}.`);
    }
  }

  logLevel(): LogLevel {
    const value = this.text('ALMANAC_LOG_LEVEL', 'info');
    if (isLogLevel(value)) return value;
    throw new ConfigurationFault(`ALMANAC_LOG_LEVEL is ${value}; it must be debug, info, warn or error.`);
  }

  /** Without a slash at the end; null: where requests say that they go. */
  publicUrl(): string | null {
    return this.url('ALMANAC_PUBLIC_URL', 'https://dav.example.org');
  }

  /** Of a host, without a slash at the end; null where it is not set. */
  url(name: string, example: string): string | null {
    const value = this.optional(name);
    if (value === null) return null;
    if (URL.canParse(value) && /^https?:/.test(value)) return value.replace(/\/+$/, '');
    throw new ConfigurationFault(`${name} is ${value}; it must be a URL like ${example}.`);
  }
}
