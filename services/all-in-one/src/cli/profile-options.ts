import { ruleIds } from '@almanac/domain-groupware-profile';
import { type OptionValues, text, UsageFault } from './command.js';
import { string } from './operation.js';

export const profileOptions = { profile: string, 'rules-off': string };

/** @param more words beside the profiles, and what they stand for */
export function profileFrom<More>(
  options: OptionValues,
  more: Readonly<Record<string, More>> = {},
): 'groupware' | 'standard' | More | undefined {
  const profile = text(options, 'profile');
  if (profile === undefined || profile === 'groupware' || profile === 'standard') return profile;
  if (profile in more) return more[profile];
  throw new UsageFault(
    `--profile takes ${['groupware', 'standard', ...Object.keys(more)].join(' or ')}, not ${profile}.`,
  );
}

/** Rows of which nothing hangs on data alone. */
const otherRows = ['T2'];

/** `--rules-off R2,P1`; an empty list switches all of them on. */
export function rulesOffFrom(options: OptionValues): readonly string[] | undefined {
  const value = text(options, 'rules-off');
  if (value === undefined) return undefined;
  const known: readonly string[] = [...new Set([...ruleIds, ...otherRows])];
  const rules = value.split(',').filter((rule) => rule !== '');
  const unknown = rules.find((rule) => !known.includes(rule));
  if (unknown !== undefined) throw new UsageFault(`--rules-off knows ${known.join(', ')}, not ${unknown}.`);
  return rules;
}
