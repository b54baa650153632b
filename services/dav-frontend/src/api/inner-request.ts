import { type EntityTagCondition, parseEntityTags } from '@almanac/dav-protocol';
import type { UserAlarms } from '@almanac/icalendar';
import type { DavResponse } from '../http/dav-request.js';
import { methods } from '../methods/methods.js';
import type { RequestContext } from '../request-context.js';
import type { CollectionResource } from '../resources/resource.js';

export interface InnerRequest {
  readonly method: 'PUT' | 'DELETE';
  readonly folder: CollectionResource;
  readonly name: string;
  readonly text?: string;
  /** An entity tag; left out: only where nothing is there. */
  readonly ifMatch?: string;
  /** What the owner's reminders are afterwards, of what somebody else puts into a shared folder. */
  readonly ownersAlarms?: UserAlarms;
  /** MANAGED-IDs of what it was cut off. */
  readonly mayKeep?: readonly string[];
}

const nothingThere: EntityTagCondition = { any: true, tags: [] };

/** Carries out what the API was asked for as the DAV method that it is, so that no rule holds for one of them alone. */
export async function carryOut(context: RequestContext, inner: InnerRequest): Promise<DavResponse> {
  const { method, folder, name, text = '', ifMatch, ownersAlarms, mayKeep } = inner;
  const octets = Buffer.from(text);
  const request = {
    ...context.request,
    ifMatch: ifMatch === undefined ? null : parseEntityTags(ifMatch),
    ifNoneMatch: ifMatch === undefined ? nothingThere : null,
    contentType: 'text/calendar; charset=utf-8',
    contentLength: octets.byteLength,
    body: async function* () {
      yield octets;
    },
  };
  const more = {
    ...(ownersAlarms === undefined ? {} : { ownersAlarms }),
    ...(mayKeep === undefined ? {} : { mayKeep }),
  };
  return asMethod(method, { ...context, request, ...more }, { folder, name });
}

type Place = Pick<InnerRequest, 'folder' | 'name'>;

/** The request as a DAV method on a member, with the conditions and the body that it came with. */
export async function asMethod(
  method: InnerRequest['method'],
  context: RequestContext,
  { folder: { collection }, name }: Place,
): Promise<DavResponse> {
  const handle = methods[method];
  if (handle === undefined) throw new Error(`there is no ${method}`);
  const path = { segments: ['calendars', collection.home, collection.segment, name], trailingSlash: false };
  return handle({ ...context, request: { ...context.request, method, path } });
}
