import {
  ATTACHMENT_READER,
  ATTACHMENT_SCANNER,
  type AttachmentReader,
  type AttachmentScanner,
  BLOB_STORE,
  type BlobStore,
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
import { SIGNED_LINKS, type SignedLinks } from '@almanac/service-host';
import { Module } from '@nestjs/common';
import type { FrontendPorts } from './frontend-ports.js';

/** What `davRoute` is given. */
export const FRONTEND_PORTS = Symbol('FrontendPorts');

/** What serves attachments, by itself: a factory takes few arguments. */
const ATTACHMENT_PORTS = Symbol('AttachmentPorts');
type AttachmentPorts = Pick<FrontendPorts, 'attachments' | 'blobs' | 'scanner' | 'links'>;

@Module({
  providers: [
    {
      provide: ATTACHMENT_PORTS,
      inject: [ATTACHMENT_READER, BLOB_STORE, ATTACHMENT_SCANNER, SIGNED_LINKS],
      useFactory: (
        attachments: AttachmentReader,
        blobs: BlobStore,
        scanner: AttachmentScanner,
        links: SignedLinks,
      ): AttachmentPorts => ({ attachments, blobs, scanner, links }),
    },
    {
      provide: FRONTEND_PORTS,
      inject: [COMMAND_GATEWAY, COLLECTION_READER, MEMBER_READER, TENANT_READER, PRINCIPAL_READER, ATTACHMENT_PORTS],
      useFactory: (
        gateway: CommandGateway,
        collections: CollectionReader,
        members: MemberReader,
        tenants: TenantReader,
        principals: PrincipalReader,
        ofAttachments: AttachmentPorts,
      ): FrontendPorts => ({ gateway, collections, members, tenants, principals, ...ofAttachments }),
    },
  ],
  exports: [FRONTEND_PORTS],
})
export class DavFrontendModule {}
