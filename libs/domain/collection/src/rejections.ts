import type { Rejection } from '@almanac/contracts';

export const collectionMissing: Rejection = {
  code: 'collection-missing',
  detail: 'There is no collection at this URL; create it first.',
};

export const memberMissing: Rejection = { code: 'member-missing', detail: 'There is nothing at this URL.' };

export const unsupportedComponent = (component: string, components: readonly string[]): Rejection => ({
  code: 'supported-calendar-component',
  detail: `This collection takes ${components.join(' and ')}, not ${component}.`,
});

export const uidConflict = (uid: string, member: string): Rejection => ({
  code: 'no-uid-conflict',
  detail: `Another resource of this collection has the UID ${uid}, or this one has another UID.`,
  member,
});

export const changedMeanwhile: Rejection = {
  code: 'precondition-failed',
  detail: 'The resource changed while the request was carried out; fetch it, and try again.',
};
