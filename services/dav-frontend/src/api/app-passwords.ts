import { directoryStream, tenantId } from '@almanac/contracts';
import { DavError } from '@almanac/dav-protocol';
import { hashPassword, newPassword } from '@almanac/service-host';
import type { DavResponse } from '../http/dav-request.js';
import type { RequestContext } from '../request-context.js';
import { send } from '../send-command.js';
import { json, readJson } from './api-request.js';
import { continued, demandSession } from './session.js';

const maxLabel = 100;

/** The passwords of the actor's devices, without what they are. */
export async function listAppPasswords(context: RequestContext): Promise<DavResponse> {
  demandSession(context);
  const appPasswords = context.principal.appPasswords.map(({ key, label, createdAt }) => ({
    ...{ key, label },
    createdAt: new Date(createdAt).toISOString(),
  }));
  return json(200, { appPasswords });
}

/** Makes a password for one device; it is told once. */
export async function createAppPassword(context: RequestContext): Promise<DavResponse> {
  demandSession(context);
  const { label } = await readJson(context);
  if (typeof label !== 'string' || label.trim() === '' || label.length > maxLabel) {
    throw new DavError(400, { detail: `Give the device a name of at most ${maxLabel} characters.` });
  }
  return json(201, await addAppPassword(context, label.trim()));
}

export async function addAppPassword(context: RequestContext, label: string) {
  const password = newPassword();
  const key = password.slice(0, password.indexOf('-'));
  const { id } = context.principal;
  await send(context, recipientOf(context), {
    type: 'AddAppPassword',
    id,
    key,
    label,
    hash: await hashPassword(password),
  });
  return { key, label, password };
}

/** Whoever has the device gets at nothing any more. Other sessions of the actor end, the one that asks goes on. */
export async function revokeAppPassword(context: RequestContext, [key = '']: readonly string[]): Promise<DavResponse> {
  demandSession(context);
  const { ports, tenant, principal } = context;
  await send(context, recipientOf(context), { type: 'RevokeAppPassword', id: principal.id, key });
  const now = await ports.principals.principal(tenantId(tenant.id), principal.id);
  return { status: 204, headers: now === null ? {} : await continued({ ...context, principal: now }) };
}

const recipientOf = ({ tenant }: RequestContext) =>
  ({ service: 'directory', stream: directoryStream(tenantId(tenant.id)) }) as const;
