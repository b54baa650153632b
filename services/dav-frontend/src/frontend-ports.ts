import type {
  AttachmentReader,
  AttachmentScanner,
  BlobStore,
  ChangeNotices,
  CollectionReader,
  CommandGateway,
  MemberReader,
  PrincipalReader,
  TenantReader,
  TrashReader,
} from '@almanac/ports';
import type { SignedLinks } from '@almanac/service-host';

/** All that the frontend asks of the rest of the system: it reads the read models, sends commands, and keeps contents. */
export interface FrontendPorts {
  readonly gateway: CommandGateway;
  readonly collections: CollectionReader;
  readonly members: MemberReader;
  readonly tenants: TenantReader;
  readonly principals: PrincipalReader;
  readonly trash: TrashReader;
  readonly attachments: AttachmentReader;
  readonly blobs: BlobStore;
  readonly scanner: AttachmentScanner;
  readonly links: SignedLinks;
  readonly changes: ChangeNotices;
}
