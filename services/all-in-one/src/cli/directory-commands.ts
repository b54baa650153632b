import { type Connection, connect } from './connection.js';
import {
  type CliCommand,
  type CommandOutput,
  type Invocation,
  type OptionValues,
  optional,
  text,
  texts,
  UsageFault,
} from './command.js';

const string = { type: 'string' } as const;
const strings = { type: 'string', multiple: true } as const;
const tenantOption = { tenant: string };
const settings = {
  host: strings,
  domain: strings,
  profile: string,
  'quota-bytes': string,
  'max-resource-size': string,
  'max-members': string,
  'max-collections': string,
};
const principalOptions = { name: string, address: strings };

/** Opens the store or the service, performs one operation, and shows what came back. */
export async function perform(
  { folder }: Invocation,
  operation: string,
  argument: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const connection: Connection = await connect(folder);
  try {
    return await connection.perform(operation, argument);
  } finally {
    await connection.close();
  }
}

type ArgumentOf = (invocation: Invocation) => Readonly<Record<string, unknown>>;
type TextOf = (value: never) => string;

const operation =
  (name: string, argument: ArgumentOf, shown: TextOf) =>
  async (invocation: Invocation): Promise<CommandOutput> => {
    const value = await perform(invocation, name, argument(invocation));
    return { value, text: shown(value as never) };
  };

function limitsFrom(options: OptionValues): Readonly<Record<string, number>> {
  const names = {
    quotaBytes: 'quota-bytes',
    maxResourceSize: 'max-resource-size',
    maxMembers: 'max-members',
    maxCollections: 'max-collections',
  };
  return Object.fromEntries(
    Object.entries(names).flatMap(([limit, option]) => {
      const value = text(options, option);
      if (value === undefined) return [];
      if (!/^[1-9]\d{0,15}$/.test(value))
        throw new UsageFault(`--${option} takes a whole number above 0, not ${value}.`);
      return [[limit, Number(value)]];
    }),
  );
}

function profileFrom(options: OptionValues): string | undefined {
  const profile = text(options, 'profile');
  if (profile === undefined || profile === 'groupware' || profile === 'standard') return profile;
  throw new UsageFault(`--profile takes groupware or standard, not ${profile}.`);
}

const lowerCase = (values: readonly string[]): readonly string[] => values.map((value) => value.toLowerCase());

/** A list that is not named stays; `--address ''` empties it. */
const listChange = (options: OptionValues, option: string, name: string) =>
  options[option] === undefined ? {} : { [name]: texts(options, option).filter((value) => value !== '') };

const line = (fields: readonly (string | number | undefined)[]): string =>
  fields.map((field) => String(field ?? '-')).join('  ');

const done =
  (verb: string) =>
  ({ id, tenant, password }: { id: string; tenant?: string; password?: string }) =>
    `${verb} ${id}${tenant === undefined ? '' : ` in ${tenant}`}.${password === undefined ? '' : `\nPassword (shown once): ${password}`}`;

const tenantCommands: readonly CliCommand[] = [
  {
    name: 'tenant add',
    positionals: ['<id>'],
    options: settings,
    summary: 'add a tenant with its host names and mail domains',
    run: operation(
      'tenant-add',
      ({ positionals: [id], options }) => ({
        id,
        hosts: lowerCase(texts(options, 'host')),
        domains: lowerCase(texts(options, 'domain')),
        profile: profileFrom(options) ?? 'groupware',
        limits: limitsFrom(options),
      }),
      done('Added tenant'),
    ),
  },
  {
    name: 'tenant list',
    positionals: [],
    options: {},
    summary: 'list the tenants',
    run: operation(
      'tenant-list',
      () => ({}),
      (tenants: { id: string; profile: string; hosts: string[]; domains: string[] }[]) =>
        tenants
          .map(({ id, profile, hosts, domains }) => line([id, profile, hosts.join(','), domains.join(',')]))
          .join('\n'),
    ),
  },
  {
    name: 'tenant set',
    positionals: ['<id>'],
    options: settings,
    summary: 'change a tenant; lists are replaced as a whole',
    run: operation(
      'tenant-set',
      ({ positionals: [id], options }) => {
        const limits = limitsFrom(options);
        const changes = {
          ...(options['host'] === undefined ? {} : { hosts: lowerCase(texts(options, 'host')) }),
          ...(options['domain'] === undefined ? {} : { domains: lowerCase(texts(options, 'domain')) }),
          ...optional('profile', profileFrom(options)),
          ...(Object.keys(limits).length === 0 ? {} : { limits }),
        };
        return { id, changes: demandChanges(changes) };
      },
      done('Changed tenant'),
    ),
  },
  {
    name: 'tenant remove',
    positionals: ['<id>'],
    options: {},
    summary: 'remove a tenant that has no principals any more',
    run: operation('tenant-remove', ({ positionals: [id] }) => ({ id }), done('Removed tenant')),
  },
];

function demandChanges<Changes extends object>(changes: Changes): Changes {
  if (Object.keys(changes).length === 0) throw new UsageFault('Name at least one option to change.');
  return changes;
}

const kindOptions = {
  user: { login: string, password: string },
  group: { member: strings },
  resource: { kind: string },
} as const;

function detailsFrom(kind: keyof typeof kindOptions, options: OptionValues) {
  return {
    ...optional('name', text(options, 'name')),
    ...listChange(options, 'address', 'addresses'),
    ...(kind === 'user' ? optional('login', text(options, 'login')) : {}),
    ...(kind === 'group' ? listChange(options, 'member', 'members') : {}),
    ...(kind === 'resource' ? optional('resourceKind', resourceKindFrom(options)) : {}),
  };
}

function resourceKindFrom(options: OptionValues): string | undefined {
  const kind = text(options, 'kind');
  if (kind === undefined || kind === 'room' || kind === 'resource') return kind;
  throw new UsageFault(`--kind takes room or resource, not ${kind}.`);
}

function principalCommands(kind: keyof typeof kindOptions): readonly CliCommand[] {
  const options = { ...tenantOption, ...principalOptions, ...kindOptions[kind] };
  const base = (invocation: Invocation) => ({ kind, ...optional('tenant', text(invocation.options, 'tenant')) });
  const withId = (invocation: Invocation) => ({ ...base(invocation), id: invocation.positionals[0] });
  const defaults = (id: string | undefined) => ({
    name: id,
    addresses: [],
    ...(kind === 'group' ? { members: [] } : {}),
    ...(kind === 'resource' ? { resourceKind: 'resource' } : {}),
  });
  return [
    {
      name: `${kind} add`,
      positionals: ['<id>'],
      options,
      summary: kind === 'user' ? 'add a user; without --password one is made and shown once' : `add a ${kind}`,
      run: operation(
        'principal-add',
        (invocation) => ({
          ...withId(invocation),
          ...defaults(invocation.positionals[0]),
          ...detailsFrom(kind, invocation.options),
          ...(kind === 'user' ? optional('password', text(invocation.options, 'password')) : {}),
        }),
        done(`Added ${kind}`),
      ),
    },
    {
      name: `${kind} list`,
      positionals: [],
      options: tenantOption,
      summary: `list the ${kind}s of a tenant`,
      run: operation(
        'principal-list',
        base,
        (all: { id: string; login?: string; name: string; addresses: string[]; members?: string[]; kind?: string }[]) =>
          all
            .map(({ id, login, name, addresses, members, kind: of }) =>
              line([
                id,
                ...(login === undefined ? [] : [login]),
                name,
                addresses.join(',') || '-',
                ...(members ? [members.join(',')] : []),
                ...(of ? [of] : []),
              ]),
            )
            .join('\n'),
      ),
    },
    {
      name: `${kind} set`,
      positionals: ['<id>'],
      options: { ...options },
      summary: `change a ${kind}; lists are replaced as a whole`,
      run: operation(
        'principal-set',
        (invocation) => ({ ...withId(invocation), changes: demandChanges(detailsFrom(kind, invocation.options)) }),
        done(`Changed ${kind}`),
      ),
    },
    {
      name: `${kind} remove`,
      positionals: ['<id>'],
      options: tenantOption,
      summary: kind === 'user' ? 'remove a user with the home and everything in it' : `remove a ${kind}`,
      run: operation('principal-remove', withId, done(`Removed ${kind}`)),
    },
  ];
}

const ofUser = ({ positionals: [id], options }: Invocation) => ({ id, ...optional('tenant', text(options, 'tenant')) });

const credentialCommands: readonly CliCommand[] = [
  {
    name: 'user password',
    positionals: ['<id>'],
    options: { ...tenantOption, password: string },
    summary: "change a user's password; without --password one is made and shown once",
    run: operation(
      'user-password',
      (invocation) => ({ ...ofUser(invocation), ...optional('password', text(invocation.options, 'password')) }),
      done('Changed the password of'),
    ),
  },
  {
    name: 'app-password add',
    positionals: ['<user>'],
    options: { ...tenantOption, label: string },
    summary: 'make a password for one device; it is shown once',
    run: operation(
      'app-password-add',
      (invocation) => ({ ...ofUser(invocation), label: text(invocation.options, 'label') ?? 'device' }),
      ({ key, password }: { key: string; password: string }) =>
        `App password (shown once): ${password}\nRevoke it with its key: ${key}`,
    ),
  },
  {
    name: 'app-password list',
    positionals: ['<user>'],
    options: tenantOption,
    summary: "list a user's app passwords by key",
    run: operation('app-password-list', ofUser, (all: { key: string; label: string; created: string }[]) =>
      all.map(({ key, label, created }) => line([key, label, created])).join('\n'),
    ),
  },
  {
    name: 'app-password revoke',
    positionals: ['<user>', '<key>'],
    options: tenantOption,
    summary: 'revoke an app password; it ends working at once',
    run: operation(
      'app-password-revoke',
      (invocation) => ({ ...ofUser(invocation), key: invocation.positionals[1] }),
      ({ key }: { key: string }) => `Revoked ${key}.`,
    ),
  },
];

export const directoryCommands: readonly CliCommand[] = [
  ...tenantCommands,
  ...principalCommands('user'),
  ...principalCommands('group'),
  ...principalCommands('resource'),
  ...credentialCommands,
];
