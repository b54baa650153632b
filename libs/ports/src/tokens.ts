/** Under these the composition of a process hands its adapters to the services' modules. */
export const COMMAND_GATEWAY = Symbol('CommandGateway');
export const EVENT_FEED = Symbol('EventFeed');
export const EVENT_STORE = Symbol('EventStore');
export const OUTCOME_LOG = Symbol('OutcomeLog');
export const READ_MODEL_WRITER = Symbol('ReadModelWriter');
export const COLLECTION_READER = Symbol('CollectionReader');
export const MEMBER_READER = Symbol('MemberReader');
export const TRASH_READER = Symbol('TrashReader');
export const TENANT_READER = Symbol('TenantReader');
export const PRINCIPAL_READER = Symbol('PrincipalReader');
export const COLLECTION_STATE_READER = Symbol('CollectionStateReader');
export const ATTACHMENT_READER = Symbol('AttachmentReader');
export const ATTACHMENT_STATE_READER = Symbol('AttachmentStateReader');
export const ATTACHMENT_SCANNER = Symbol('AttachmentScanner');
export const LEASES = Symbol('Leases');
export const BLOB_STORE = Symbol('BlobStore');
export const DIRECTORY_STATE_READER = Symbol('DirectoryStateReader');
