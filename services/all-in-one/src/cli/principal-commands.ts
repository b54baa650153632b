import { type CliCommand, type Invocation, type OptionValues, optional, text, texts, UsageFault } from './command.js';
import { demandChanges, done, line, operation, string, strings } from './operation.js';
import { profileFrom, profileOptions, rulesOffFrom } from './profile-options.js';

const tenantOption = { tenant: string };
const principalOptions = { name: string, address: strings };

/** A list that is not named stays; `--address ''` empties it. */
const listChange = (options: OptionValues, option: string, name: string) =>
  options[option] === undefined ? {} : { [name]: texts(options, option).filter((value) => value !== '') };

const kindOptions = {
  user: { login: string, password: string, ...profileOptions },
  group: { member: strings },
  resource: { kind: string },
} as const;

function detailsFrom(kind: keyof typeof kindOptions, options: OptionValues) {
  return {
    ...optional('name', text(options, 'name')),
    ...listChange(options, 'address', 'addresses'),
    ...(kind === 'user' ? optional('login', text(options, 'login')) : {}),
    ...(kind === 'user' ? optional('profile', profileFrom(options, { tenant: null })) : {}),
    ...(kind === 'user' ? optional('rulesOff', rulesOffFrom(options)) : {}),
    ...(kind === 'group' ? listChange(options, 'member', 'members') : {}),
    ...(kind === 'resource' ? optional('resourceKind', resourceKindFrom(options)) : {}),
  };
}

function resourceKindFrom(options: OptionValues): string | undefined {
  const kind = text(options, 'kind');
  if (kind === undefined || kind === 'room' || kind === 'resource') return kind;
  throw new UsageFault(`--kind takes room or resource, not ${kind}.`);
}

/** add, list, set and remove for one kind of principal. */
export function principalCommands(kind: keyof typeof kindOptions): readonly CliCommand[] {
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
