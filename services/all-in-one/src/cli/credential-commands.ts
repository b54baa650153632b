import { type CliCommand, type Invocation, optional, text } from './command.js';
import { done, line, operation, string } from './operation.js';

const tenantOption = { tenant: string };

const ofUser = ({ positionals: [id], options }: Invocation) => ({ id, ...optional('tenant', text(options, 'tenant')) });

export const credentialCommands: readonly CliCommand[] = [
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
    run: operation(
      'app-password-list',
      ofUser,
      (all: { key: string; label: string; created: string; lastUsed: string | null }[]) =>
        all
          .map(({ key, label, created, lastUsed }) => line([key, label, created, lastUsed ?? 'never used']))
          .join('\n'),
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
