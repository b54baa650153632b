import {
  COLLECTION_READER,
  type CollectionReader,
  COMMAND_GATEWAY,
  type CommandGateway,
  MEMBER_READER,
  type MemberReader,
  PRINCIPAL_READER,
  type PrincipalReader,
  TENANT_READER,
  type TenantReader,
  TRASH_READER,
  type TrashReader,
} from '@almanac/ports';
import { Module } from '@nestjs/common';
import type { FrontendPorts } from './frontend-ports.js';

/** What `davRoute` is given. */
export const FRONTEND_PORTS = Symbol('FrontendPorts');

@Module({
  providers: [
    {
      provide: FRONTEND_PORTS,
      inject: [COMMAND_GATEWAY, COLLECTION_READER, MEMBER_READER, TENANT_READER, PRINCIPAL_READER, TRASH_READER],
      useFactory: (
        gateway: CommandGateway,
        collections: CollectionReader,
        members: MemberReader,
        tenants: TenantReader,
        principals: PrincipalReader,
        trash: TrashReader,
      ): FrontendPorts => ({ gateway, collections, members, tenants, principals, trash }),
    },
  ],
  exports: [FRONTEND_PORTS],
})
export class DavFrontendModule {}
