import type {
  CollectionReader,
  CommandGateway,
  MemberReader,
  PrincipalReader,
  TenantReader,
  TrashReader,
} from '@almanac/ports';

/** All that the frontend asks of the rest of the system: it reads the read models and sends commands. */
export interface FrontendPorts {
  readonly gateway: CommandGateway;
  readonly collections: CollectionReader;
  readonly members: MemberReader;
  readonly tenants: TenantReader;
  readonly principals: PrincipalReader;
  readonly trash: TrashReader;
}
