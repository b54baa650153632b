import { caldav, type DavError, forbidden } from '@almanac/dav-protocol';

/** What a POST asks for (RFC 8607 3.3). */
export type AttachmentAction =
  | { readonly kind: 'add'; readonly rid: string | null }
  | { readonly kind: 'update'; readonly managedId: string }
  | { readonly kind: 'remove'; readonly rid: string | null; readonly managedId: string };

/**
 * @param seriesOnly the client means the series whatever it names (`clients/macos-attachments-series-only.ts`)
 * @throws DavError 403 valid-action, valid-rid or valid-managed-id
 */
export function attachmentAction(query: URLSearchParams, seriesOnly: boolean): AttachmentAction {
  const [action, ...others] = query.getAll('action');
  const rid = ridIn(query, seriesOnly);
  if (others.length === 0) {
    if (action === 'attachment-add') return { kind: 'add', rid: withoutManagedId(query, rid) };
    if (action === 'attachment-update') return { kind: 'update', managedId: managedIdIn(withoutRid(query, rid)) };
    if (action === 'attachment-remove') return { kind: 'remove', rid, managedId: managedIdIn(query) };
  }
  throw forbidden(
    caldav('valid-action'),
    'Name one action in the query: attachment-add, attachment-update or attachment-remove.',
  );
}

function ridIn(query: URLSearchParams, seriesOnly: boolean): string | null {
  const [rid, ...others] = query.getAll('rid');
  if (others.length > 0) throw wrongRid('Give rid once, with commas between the instances.');
  return rid === undefined || seriesOnly ? null : rid;
}

function withoutRid(query: URLSearchParams, rid: string | null): URLSearchParams {
  if (rid === null) return query;
  throw wrongRid('An update is for all instances: give no rid.');
}

function withoutManagedId(query: URLSearchParams, rid: string | null): string | null {
  if (!query.has('managed-id')) return rid;
  throw wrongManagedId('The server names a new attachment: give no managed-id.');
}

function managedIdIn(query: URLSearchParams): string {
  const [managedId, ...others] = query.getAll('managed-id');
  if (managedId !== undefined && managedId !== '' && others.length === 0) return managedId;
  throw wrongManagedId('Name the attachment by managed-id, once.');
}

const wrongRid = (detail: string): DavError => forbidden(caldav('valid-rid'), detail);
const wrongManagedId = (detail: string): DavError => forbidden(caldav('valid-managed-id'), detail);
