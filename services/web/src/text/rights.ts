import type { Right, Share } from '../api/types.js';
import { t } from './t.js';

export const shareRights: readonly Share['right'][] = [
  ...(['see-busy', 'read', 'add', 'edit-own', 'edit-all', 'delete', 'administer'] as const),
];

const names = {
  owner: ['rightOwner', 'rightOwnerHint'],
  'see-busy': ['rightBusy', 'rightBusyHint'],
  read: ['rightRead', 'rightReadHint'],
  add: ['rightAdd', 'rightAddHint'],
  'edit-own': ['rightEditOwn', 'rightEditOwnHint'],
  'edit-all': ['rightEditAll', 'rightEditAllHint'],
  delete: ['rightDelete', 'rightDeleteHint'],
  administer: ['rightAdminister', 'rightAdministerHint'],
} as const satisfies Readonly<Record<Right, readonly [string, string]>>;

/** A right in plain words. */
export const rightText = (right: Right): string => t(names[right][0]);
export const rightHint = (right: Right): string => t(names[right][1]);
