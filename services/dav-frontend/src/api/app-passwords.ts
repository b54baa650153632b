import { tenantId } from '@almanac/contracts';
import { DavError } from '@almanac/dav-protocol';
import { hashPassword, newPassword } from '@almanac/service-host';
import type { DavResponse } from '../http/dav-request.js';
import type { RequestContext } from '../request-context.js';
import { send } from '../send-command.js';
import { json, readJson } from './api-request.js';
import { continued, demandSession, directoryOf } from './session.js';

/** The passwords of the actor's devices, without what they are. */
export async function listAppPasswords(context: RequestContext): Promise<DavResponse> {
  demandSession(context);
  const appPasswords = context.principal.appPasswords.map(({ key, label, createdAt, usedAt = null }) => ({
    ...{ key, label, created: isoTime(createdAt) },
    lastUsed: usedAt === null ? null : isoTime(usedAt),
  }));
  return json(200, { appPasswords });
}

/** Makes a password for one device; it is told once. */
export async function createAppPassword(context: RequestContext): Promise<DavResponse> {
  demandSession(context);
  const { label, password } = await readJson(context);
  return json(201, await addAppPassword(context, { label, password }));
}

/** What a page asks for, as it was sent. */
interface Asked {
  readonly label: unknown;
  /** The actor's own, once more. */
  readonly password: unknown;
}

/** @throws DavError 400 for a name that is none, 403 for a wrong password, 409 for one app password too many */
export async function addAppPassword(context: RequestContext, asked: Asked) {
  if (typeof asked.label !== 'string' || asked.label.trim() === '') {
    throw new DavError(400, { detail: 'Give the device a name.' });
  }
  const label = asked.label.trim();
  await context.confirm(asked.password);
  const password = newPassword();
  const key = password.slice(0, password.indexOf('-'));
  const { id } = context.principal;
  await send(context, directoryOf(context), {
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
  const { version } = await send(context, directoryOf(context), { type: 'RevokeAppPassword', id: principal.id, key });
  const now = await ports.principals.principal(tenantId(tenant.id), principal.id);
  // What has ended all sessions just after has ended this one, too.
  const goesOn = now !== null && now.credentialVersion === version;
  return { status: 204, headers: goesOn ? await continued({ ...context, principal: now }) : {} };
}

const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();
