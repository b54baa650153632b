import {
  COLLECTION_READER,
  COMMAND_GATEWAY,
  type CollectionReader,
  type CommandGateway,
  MEMBER_READER,
  type MemberReader,
  PRINCIPAL_READER,
  type PrincipalReader,
  TENANT_READER,
  type TenantReader,
} from '@almanac/ports';
import { Module } from '@nestjs/common';
import type { FrontendPorts } from './frontend-ports.js';

/** What `davRoute` is given. */
export const FRONTEND_PORTS = Symbol('FrontendPorts');

@Module({
  providers: [
    {
      provide: FRONTEND_PORTS,
      inject: [COMMAND_GATEWAY, COLLECTION_READER, MEMBER_READER, TENANT_READER, PRINCIPAL_READER],
      useFactory: (
        gateway: CommandGateway,
        collections: CollectionReader,
        members: MemberReader,
        tenants: TenantReader,
        principals: PrincipalReader,
      ): FrontendPorts => ({ gateway, collections, members, tenants, principals }),
    },
  ],
  exports: [FRONTEND_PORTS],
})
export class DavFrontendModule {}
