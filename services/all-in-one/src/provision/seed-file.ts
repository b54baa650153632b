import { readFileSync } from 'node:fs';
import type { Profile, ResourceKind } from '@almanac/contracts';
import { parse } from 'yaml';
import { ConfigurationFault } from '@almanac/service-host';

export interface SeedUser {
  readonly id: string;
  readonly login: string;
  readonly password: string;
  readonly name: string;
  readonly addresses: readonly string[];
}
export interface SeedGroup {
  readonly id: string;
  readonly name: string;
  readonly addresses: readonly string[];
  readonly members: readonly string[];
}
export interface SeedResource {
  readonly id: string;
  readonly name: string;
  readonly kind: ResourceKind;
  readonly addresses: readonly string[];
}
export interface SeedTenant {
  readonly id: string;
  readonly hosts: readonly string[];
  readonly domains: readonly string[];
  readonly profile: Profile;
  readonly users: readonly SeedUser[];
  readonly groups: readonly SeedGroup[];
  readonly resources: readonly SeedResource[];
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a seed file (README, "Accounts").
 * @throws ConfigurationFault that names the place and what is expected there
 */
export function readSeed(file: string, defaultProfile: Profile): readonly SeedTenant[] {
  const reader = new SeedReader(file);
  const root = reader.fields(reader.document(), 'the file', ['tenants']);
  return reader.list(root['tenants'], 'tenants').map((entry, index) => {
    const place = `tenants[${index}]`;
    const known = ['id', 'hosts', 'domains', 'profile', 'users', 'groups', 'resources'];
    const tenant = reader.fields(entry, place, known);
    return {
      id: reader.text(tenant['id'], `${place}.id`),
      hosts: reader.texts(tenant['hosts'], `${place}.hosts`).map((host) => host.toLowerCase()),
      domains: reader.texts(tenant['domains'], `${place}.domains`).map((domain) => domain.toLowerCase()),
      profile: reader.oneOf(tenant['profile'] ?? defaultProfile, `${place}.profile`, ['groupware', 'standard']),
      users: reader
        .list(tenant['users'], `${place}.users`)
        .map((user, at) => seedUser(reader, user, `${place}.users[${at}]`)),
      groups: reader
        .list(tenant['groups'], `${place}.groups`)
        .map((group, at) => seedGroup(reader, group, `${place}.groups[${at}]`)),
      resources: reader
        .list(tenant['resources'], `${place}.resources`)
        .map((resource, at) => seedResource(reader, resource, `${place}.resources[${at}]`)),
    };
  });
}

function seedUser(reader: SeedReader, entry: unknown, place: string): SeedUser {
  const user = reader.fields(entry, place, ['id', 'login', 'password', 'name', 'addresses']);
  const id = reader.text(user['id'], `${place}.id`);
  return {
    id,
    login: reader.text(user['login'] ?? id, `${place}.login`),
    password: reader.text(user['password'], `${place}.password`),
    name: reader.text(user['name'] ?? id, `${place}.name`),
    addresses: reader.texts(user['addresses'], `${place}.addresses`),
  };
}

function seedGroup(reader: SeedReader, entry: unknown, place: string): SeedGroup {
  const group = reader.fields(entry, place, ['id', 'name', 'addresses', 'members']);
  const id = reader.text(group['id'], `${place}.id`);
  return {
    id,
    name: reader.text(group['name'] ?? id, `${place}.name`),
    addresses: reader.texts(group['addresses'], `${place}.addresses`),
    members: reader.texts(group['members'], `${place}.members`),
  };
}

function seedResource(reader: SeedReader, entry: unknown, place: string): SeedResource {
  const resource = reader.fields(entry, place, ['id', 'name', 'kind', 'addresses']);
  const id = reader.text(resource['id'], `${place}.id`);
  return {
    id,
    name: reader.text(resource['name'] ?? id, `${place}.name`),
    kind: reader.oneOf(resource['kind'] ?? 'resource', `${place}.kind`, ['room', 'resource']),
    addresses: reader.texts(resource['addresses'], `${place}.addresses`),
  };
}

/** Takes values out of the parsed file, and says where one is wrong. */
class SeedReader {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** All scalars as they are spelt: what YAML takes for a number or a truth value may be a password. */
  document(): unknown {
    try {
      return parse(readFileSync(this.#file, 'utf8'), { schema: 'failsafe' });
    } catch (error) {
      return this.#fail('the file', `cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** A field without a value is as good as none. */
  fields(value: unknown, place: string, known: readonly string[]): Fields {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return this.#fail(place, `must have the fields ${known.join(', ')}`);
    }
    const unknown = Object.keys(value).find((name) => !known.includes(name));
    if (unknown !== undefined) this.#fail(place, `has a field ${unknown}; known are ${known.join(', ')}`);
    return Object.fromEntries(Object.entries(value).filter(([, content]) => content !== ''));
  }

  list(value: unknown, place: string): readonly unknown[] {
    if (value === undefined || value === null) return [];
    return Array.isArray(value) ? value : this.#fail(place, 'must be a list');
  }

  texts(value: unknown, place: string): readonly string[] {
    return this.list(value, place).map((entry, index) => this.text(entry, `${place}[${index}]`));
  }

  text(value: unknown, place: string): string {
    return typeof value === 'string' && value !== '' ? value : this.#fail(place, 'must be a text');
  }

  oneOf<Choice extends string>(value: unknown, place: string, choices: readonly Choice[]): Choice {
    return choices.find((choice) => choice === value) ?? this.#fail(place, `must be ${choices.join(' or ')}`);
  }

  #fail(place: string, fault: string): never {
    throw new ConfigurationFault(`ALMANAC_SEED: ${place} of ${this.#file} ${fault}.`);
  }
}
