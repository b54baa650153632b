import type { Rejection, RejectionCode } from '@almanac/contracts';
import { caldav, DavError, dav, href, type PropertyName } from '@almanac/dav-protocol';

interface Row {
  readonly status: number;
  readonly precondition?: PropertyName;
}

/** Every refusal of a decision as DAV says it; the one table (design 6). */
const rows: Readonly<Record<RejectionCode, Row>> = {
  'precondition-failed': { status: 412 },
  'no-uid-conflict': { status: 403, precondition: caldav('no-uid-conflict') },
  'supported-calendar-component': { status: 403, precondition: caldav('supported-calendar-component') },
  'resource-must-be-null': { status: 403, precondition: dav('resource-must-be-null') },
  'default-calendar-needed': { status: 403, precondition: caldav('default-calendar-needed') },
  'collection-missing': { status: 409 },
  'member-missing': { status: 404 },
  'home-missing': { status: 404 },
  'tenant-missing': { status: 404 },
  'principal-missing': { status: 404 },
  'app-password-missing': { status: 404 },
  'too-many-app-passwords': { status: 409 },
  'id-taken': { status: 409 },
  'login-taken': { status: 409 },
  'address-taken': { status: 409 },
  'host-taken': { status: 409 },
  'domain-taken': { status: 409 },
  'tenant-not-empty': { status: 409 },
  'max-resource-size': { status: 403, precondition: caldav('max-resource-size') },
  'not-visible': { status: 404 },
  'need-privileges': { status: 403, precondition: dav('need-privileges') },
  'quota-not-exceeded': { status: 507, precondition: dav('quota-not-exceeded') },
  'valid-managed-id-parameter': { status: 403, precondition: caldav('valid-managed-id-parameter') },
  'too-many-alarms': { status: 507 },
  'too-many-members': { status: 507 },
  'too-many-collections': { status: 507 },
  invalid: { status: 400 },
  expired: { status: 503 },
};

/** @param hrefOf the URL of a member of the collection that the command was for */
export function errorFor(rejection: Rejection, hrefOf: (member: string) => string): DavError {
  const { status, precondition } = rows[rejection.code];
  return new DavError(status, {
    ...{ code: rejection.code, detail: rejection.detail },
    ...(precondition === undefined ? {} : { precondition }),
    ...(rejection.member === undefined ? {} : { body: href(hrefOf(rejection.member)) }),
    ...(status === 503 ? { headers: { 'Retry-After': '2' } } : {}),
  });
}
