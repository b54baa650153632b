import { homeOf } from '@almanac/contracts';
import type { Filter } from 'mongodb';
import type { AttachmentDocument, CollectionDocument, MemberDocument, PrincipalDocument } from './collections.js';

/** Each says what its document is sharded by, too, so that one shard is asked (`docs/operations/mongodb.md`). */
export const collectionKey = (stream: string): Filter<CollectionDocument> & { readonly _id: string } => ({
  _id: stream,
  homeStream: homeOf(stream),
});

export const memberKey = (stream: string, name: string): Filter<MemberDocument> & { readonly _id: string } => ({
  _id: `${stream}/${name}`,
  stream,
});

export const principalKey = (tenant: string, id: string): Filter<PrincipalDocument> & { readonly _id: string } => ({
  _id: `${tenant}/${id}`,
  tenant,
});

export const attachmentKey = (
  stream: string,
  managedId: string,
): Filter<AttachmentDocument> & { readonly _id: string } => ({ _id: `${stream}/${managedId}`, stream });
