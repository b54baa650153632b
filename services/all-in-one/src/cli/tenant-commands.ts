import { type CliCommand, type OptionValues, optional, text, texts, UsageFault } from './command.js';
import { demandChanges, done, line, operation, string, strings } from './operation.js';
import { oidcFrom, oidcOptions } from './oidc-options.js';
import { profileFrom, profileOptions, rulesOffFrom } from './profile-options.js';

const settings = {
  host: strings,
  domain: strings,
  ...profileOptions,
  ...oidcOptions,
  'quota-bytes': string,
  'max-resource-size': string,
  'max-members': string,
  'max-collections': string,
  'max-attachment-size': string,
  'max-attachments-per-resource': string,
  'attachment-quota-bytes': string,
};

function limitsFrom(options: OptionValues): Readonly<Record<string, number>> {
  const names = {
    quotaBytes: 'quota-bytes',
    maxResourceSize: 'max-resource-size',
    maxMembers: 'max-members',
    maxCollections: 'max-collections',
    maxAttachmentSize: 'max-attachment-size',
    maxAttachmentsPerResource: 'max-attachments-per-resource',
    attachmentQuotaBytes: 'attachment-quota-bytes',
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

const lowerCase = (values: readonly string[]): readonly string[] => values.map((value) => value.toLowerCase());

export const tenantCommands: readonly CliCommand[] = [
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
        ...optional('rulesOff', rulesOffFrom(options)),
        ...optional('oidc', oidcFrom(options)),
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
          ...optional('rulesOff', rulesOffFrom(options)),
          ...optional('oidc', oidcFrom(options)),
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
