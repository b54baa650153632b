import type { PrincipalKind, Rejection } from '@almanac/contracts';

export const principalMissing = (kind: PrincipalKind, id: string): Rejection => ({
  code: 'principal-missing',
  detail: `There is no ${kind} ${id} in this tenant.`,
});
