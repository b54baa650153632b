import type { MemberCondition } from '@almanac/contracts';
import {
  DavError,
  type EntityTagCondition,
  evaluateIf,
  matchesEntityTag,
  parsePath,
  type ResourceState,
} from '@almanac/dav-protocol';
import type { RequestContext } from '../request-context.js';
import { locate } from './locate.js';
import type { Located, MemberResource } from './resource.js';
import { collectionTag, currentToken, entityTag, memberTag, withoutForm } from './tags.js';

/**
 * The client's conditions on the request's resource, for the decision to check (RFC 9110 13, RFC 4918 10.4).
 * An `If` header is evaluated here, on what is read now, and pins the version that it was found true of.
 * @throws DavError 412 when the `If` header does not hold
 */
export async function memberCondition(context: RequestContext, resource: Located): Promise<MemberCondition> {
  const { ifMatch, ifNoneMatch } = context.request;
  const unmodified = checkUnmodified(context, resource);
  const pinned = (await checkIf(context, resource)) || unmodified;
  return {
    ...(ifMatch === null ? {} : { ifMatch: tagsOf(ifMatch, resource) }),
    ...(ifNoneMatch === null ? {} : { ifNoneMatch: tagsOf(ifNoneMatch, resource) }),
    ...(pinned ? { pinned: { version: resource.kind === 'member' ? resource.member.version : null } } : {}),
  };
}

/** Whether the request has conditions that only somebody who knows the resource can evaluate; others go with the command. */
export const isEvaluatedHere = (request: RequestContext['request']): boolean =>
  request.if !== null || request.ifUnmodifiedSince !== null;

/**
 * Evaluates If-Unmodified-Since, which counts only without If-Match (RFC 9110 13.1.4). Dates are whole seconds.
 * @returns true when there was one and it holds
 * @throws DavError 412 when it does not
 */
export function checkUnmodified(
  { request }: RequestContext,
  resource: Exclude<Located, MemberResource> | Pick<MemberResource, 'kind' | 'member'>,
): boolean {
  const { ifUnmodifiedSince: since, ifMatch } = request;
  if (since === null || ifMatch !== null || resource.kind !== 'member') return false;
  if (Math.floor(resource.member.modifiedAt / 1000) * 1000 <= since) return true;
  throw new DavError(412, { detail: 'The resource has changed after the date in If-Unmodified-Since.' });
}

/**
 * Evaluates If-Match and If-None-Match on what is read now, where no command carries them.
 * @returns true when one was there and holds
 * @throws DavError 412 when one does not hold
 */
export function checkTags({ request }: RequestContext, resource: Located): boolean {
  const { ifMatch, ifNoneMatch } = request;
  const { etag } = stateOf(resource);
  const differs = ifMatch !== null && !matchesContent(ifMatch, etag);
  const excluded = ifNoneMatch !== null && matchesContent(ifNoneMatch, etag);
  if (!differs && !excluded) return ifMatch !== null || ifNoneMatch !== null;
  throw new DavError(412, { detail: 'The resource is not in the state that the request names.' });
}

const matchesContent = ({ any, tags }: EntityTagCondition, etag: string | null): boolean =>
  matchesEntityTag({ any, tags: tags.map(withoutForm) }, etag === null ? null : withoutForm(etag));

const tagsOf = ({ any, tags }: EntityTagCondition, resource: Located) =>
  any ? 'exists' : tags.map((tag) => memberTag(tag, endingOf(resource)));

/** What the viewer's ETags of a member end in, also where none is there. */
function endingOf(resource: Located): string {
  if (resource.kind === 'member') return resource.folder.view.tagOf(resource.member.name);
  const folder = resource.kind === 'unmapped' ? resource.parent : null;
  return folder?.kind === 'collection' && resource.kind === 'unmapped' ? folder.view.tagOf(resource.name) : '';
}

/**
 * Evaluates the `If` header, if there is one.
 * @returns true when there was one and it holds
 * @throws DavError 412 when it does not
 */
export async function checkIf(context: RequestContext, resource: Located): Promise<boolean> {
  const lists = context.request.if;
  if (lists === null) return false;
  const states = new Map<string | null, ResourceState>([[null, stateOf(resource)]]);
  for (const { resource: tagged } of lists) {
    if (tagged !== null) states.set(tagged, stateOf(await locate(context, parsePath(tagged))));
  }
  if (evaluateIf(lists, (tagged) => states.get(tagged) ?? nothing)) return true;
  throw new DavError(412, { detail: 'The If header does not hold for the resources as they are now.' });
}

export const memberEtag = (resource: MemberResource): string =>
  entityTag(resource.collection, resource.member.version, endingOf(resource));

const nothing: ResourceState = { etag: null, tokens: [] };

function stateOf(resource: Located): ResourceState {
  if (resource.kind === 'member') return { etag: memberEtag(resource), tokens: [] };
  if (resource.kind === 'collection') return { etag: collectionTag(resource), tokens: [currentToken(resource)] };
  return nothing;
}
