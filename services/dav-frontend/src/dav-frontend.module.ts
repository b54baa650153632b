import {
  ATTACHMENT_READER,
  ATTACHMENT_SCANNER,
  type AttachmentReader,
  type AttachmentScanner,
  BLOB_STORE,
  type BlobStore,
  CHANGE_NOTICES,
  type ChangeNotices,
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
import { SIGNED_LINKS, type SignedLinks } from '@almanac/service-host';
import { Module } from '@nestjs/common';
import type { FrontendPorts } from './frontend-ports.js';

/** What `davRoute` is given. */
export const FRONTEND_PORTS = Symbol('FrontendPorts');

/** What serves attachments and the trash, by itself: a factory takes few arguments. */
const OTHER_PORTS = Symbol('OtherPorts');
type OtherPorts = Pick<FrontendPorts, 'attachments' | 'blobs' | 'scanner' | 'links' | 'trash' | 'changes'>;

@Module({
  providers: [
    {
      provide: OTHER_PORTS,
      inject: [ATTACHMENT_READER, BLOB_STORE, ATTACHMENT_SCANNER, SIGNED_LINKS, TRASH_READER, CHANGE_NOTICES],
      useFactory: (
        attachments: AttachmentReader,
        blobs: BlobStore,
        scanner: AttachmentScanner,
        links: SignedLinks,
        trash: TrashReader,
        changes: ChangeNotices,
      ): OtherPorts => ({ attachments, blobs, scanner, links, trash, changes }),
    },
    {
      provide: FRONTEND_PORTS,
      inject: [COMMAND_GATEWAY, COLLECTION_READER, MEMBER_READER, TENANT_READER, PRINCIPAL_READER, OTHER_PORTS],
      useFactory: (
        gateway: CommandGateway,
        collections: CollectionReader,
        members: MemberReader,
        tenants: TenantReader,
        principals: PrincipalReader,
        others: OtherPorts,
      ): FrontendPorts => ({ gateway, collections, members, tenants, principals, ...others }),
    },
  ],
  exports: [FRONTEND_PORTS],
})
export class DavFrontendModule {}
