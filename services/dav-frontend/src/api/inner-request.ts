import type { MemberRecord } from '@almanac/contracts';
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
  /** What it was cut off. */
  readonly cutFrom?: MemberRecord;
}

const nothingThere: EntityTagCondition = { any: true, tags: [] };

/** Carries out what the API was asked for as the DAV method that it is, so that no rule holds for one of them alone. */
export async function carryOut(context: RequestContext, inner: InnerRequest): Promise<DavResponse> {
  const { method, folder, name, text = '', ifMatch, ownersAlarms, cutFrom } = inner;
  const octets = Buffer.from(text);
  const request = {
    ...context.request,
    method,
    path: { segments: ['calendars', folder.collection.home, folder.collection.segment, name], trailingSlash: false },
    ifMatch: ifMatch === undefined ? null : parseEntityTags(ifMatch),
    ifNoneMatch: ifMatch === undefined ? nothingThere : null,
    contentType: 'text/calendar; charset=utf-8',
    contentLength: octets.byteLength,
    body: async function* () {
      yield octets;
    },
  };
  const handle = methods[method];
  if (handle === undefined) throw new Error(`there is no ${method}`);
  const more = {
    ...(ownersAlarms === undefined ? {} : { ownersAlarms }),
    ...(cutFrom === undefined ? {} : { cutFrom }),
  };
  return handle({ ...context, request, ...more });
}
