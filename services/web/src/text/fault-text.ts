import { Refused, Unreachable } from '../api/request.js';
import { t } from './t.js';

/** By the `code` of a refusal, which of DAV's is the name of its precondition. */
const codes = {
  'no-uid-conflict': 'uidTaken',
  'need-privileges': 'noRight',
  'quota-not-exceeded': 'storageFull',
  'supported-calendar-component': 'wrongKind',
  'valid-calendar-data': 'notReadable',
  'max-resource-size': 'entryTooLarge',
  'default-calendar-needed': 'defaultStays',
  'too-many-instances': 'tooManyShown',
  'too-many-app-passwords': 'tooManyPasswords',
  'too-many-members': 'folderFull',
  'too-many-collections': 'tooManyFolders',
  'too-many-alarms': 'tooManyReminders',
  'undo-expired': 'undoExpired',
  importing: 'stillImporting',
  'no-address': 'noAddress',
  'unmovable-series': 'unmovableSeries',
} as const satisfies Readonly<Record<string, Parameters<typeof t>[0]>>;

const statuses = {
  404: 'goneMeanwhile',
  412: 'changedMeanwhile',
  502: 'notNow',
  503: 'notNow',
  504: 'notNow',
} as const satisfies Readonly<Record<number, Parameters<typeof t>[0]>>;

/** What a code says in the language of the page; else what else there is to say. */
export function codeText(code: unknown, otherwise: string): string {
  const name = codes[code as keyof typeof codes];
  return name === undefined ? otherwise : t(name);
}

/** Why something was not done: in the language of the page what people meet, else in the server's words. */
export function faultText(fault: unknown): string {
  if (fault instanceof Unreachable) return t('unreachable');
  if (!(fault instanceof Refused)) return fault instanceof Error ? fault.message : String(fault);
  const status = statuses[fault.status as keyof typeof statuses];
  return codeText(fault.body['code'], status === undefined ? fault.message : t(status));
}
