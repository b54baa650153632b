import { randomUUID } from 'node:crypto';
import {
  commandId,
  directoryStream,
  type Outcome,
  type PrincipalCommandBody,
  type RejectionCode,
  type StreamName,
  type TenantCommandBody,
  tenantId,
  tenantsStream,
} from '@almanac/contracts';
import type { CommandGateway, PrincipalReader, TenantReader } from '@almanac/ports';

/** What provisioning works with. */
export interface DirectoryClient {
  readonly gateway: CommandGateway;
  readonly tenants: TenantReader;
  readonly principals: PrincipalReader;
}

/** The directory refused; the message says what to change. */
export class ProvisioningError extends Error {
  override readonly name = 'ProvisioningError';
  readonly code: RejectionCode;

  constructor(code: RejectionCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

const patience = 60_000;

/** @throws ProvisioningError when the directory refuses */
export const changeTenants = (client: DirectoryClient, body: TenantCommandBody): Promise<Outcome> =>
  send(client, tenantsStream, body);

/** @throws ProvisioningError when the directory refuses */
export const changePrincipals = (
  client: DirectoryClient,
  tenant: string,
  body: PrincipalCommandBody,
): Promise<Outcome> => send(client, directoryStream(tenantId(tenant)), body);

async function send(
  { gateway }: DirectoryClient,
  stream: StreamName,
  body: TenantCommandBody | PrincipalCommandBody,
): Promise<Outcome> {
  const at = Date.now();
  const header = { commandId: commandId(randomUUID()), service: 'directory', actor: 'provisioning' } as const;
  const result = await gateway.execute({ ...header, stream, at, notAfter: at + patience, body });
  if (result.kind === 'accepted') return result.outcome;
  throw new ProvisioningError(result.rejection.code, result.rejection.detail);
}
