import { Refused, Unreachable } from '../api/request.js';
import { t } from './t.js';

const preconditions = {
  'no-uid-conflict': 'uidTaken',
  'need-privileges': 'noRight',
  'quota-not-exceeded': 'storageFull',
} as const satisfies Readonly<Record<string, Parameters<typeof t>[0]>>;

const statuses = {
  404: 'goneMeanwhile',
  412: 'changedMeanwhile',
  502: 'notNow',
  503: 'notNow',
  504: 'notNow',
} as const satisfies Readonly<Record<number, Parameters<typeof t>[0]>>;

/** Why something was not done: in the language of the page what people meet, else in the server's words. */
export function faultText(fault: unknown): string {
  if (fault instanceof Unreachable) return t('unreachable');
  if (!(fault instanceof Refused)) return fault instanceof Error ? fault.message : String(fault);
  const name =
    preconditions[fault.body['precondition'] as keyof typeof preconditions] ??
    statuses[fault.status as keyof typeof statuses];
  return name === undefined ? fault.message : t(name);
}
