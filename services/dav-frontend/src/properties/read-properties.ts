import type { PropertyValues } from '@almanac/contracts';
import { type PropertyName, type PropertyRequest, property, propertyResponse } from '@almanac/dav-protocol';
import type { RequestContext } from '../request-context.js';
import type { DavResource } from '../resources/resource.js';
import type { LiveProperty, ReadProperty } from './live-property.js';
import { liveProperties } from './live-properties.js';

/** One DAV:response with the properties that were asked for (RFC 4918 9.1). */
export async function describe(
  context: RequestContext,
  resource: DavResource,
  request: PropertyRequest,
): Promise<string> {
  let found = '';
  const missing: PropertyName[] = [];
  for (const name of namesFor(resource, request)) {
    const xml = await readProperty(context, resource, name);
    if (xml === undefined) missing.push(name);
    else found += request.kind === 'propname' ? property(name, '') : xml;
  }
  if (request.kind === 'propname') return propertyResponse(resource.href, found, []);
  const told = context.request.prefer.minimal ? [] : missing;
  return propertyResponse(resource.href, found, told);
}

export function namesFor(resource: DavResource, request: PropertyRequest): readonly PropertyName[] {
  if (request.kind === 'prop') return request.names;
  const dead = Object.keys(deadProperties(resource)) as PropertyName[];
  const live = [...liveProperties.values()].filter(
    (candidate) => readerOf(candidate, resource) !== undefined && (request.kind === 'propname' || candidate.inAllprop),
  );
  const included = request.kind === 'allprop' ? request.include : [];
  return [...new Set([...live.map(({ name }) => name), ...dead, ...included])];
}

/** The property's element; undefined where the resource does not have it. */
export async function readProperty(
  context: RequestContext,
  resource: DavResource,
  name: PropertyName,
): Promise<string | undefined> {
  const live = liveProperties.get(name);
  if (live === undefined) return deadProperties(resource)[name]?.xml;
  const value = await readerOf(live, resource)?.(resource, context);
  return value === undefined ? undefined : property(name, value);
}

function readerOf(live: LiveProperty, { kind }: DavResource): ReadProperty<DavResource['kind']> | undefined {
  return live.read[kind] as ReadProperty<DavResource['kind']> | undefined;
}

function deadProperties(resource: DavResource): Readonly<Record<string, { readonly xml: string }>> {
  const values = ownProperties(resource);
  const dead = Object.entries(values).flatMap(([name, value]) => ('xml' in value ? [[name, value] as const] : []));
  return Object.fromEntries(dead);
}

/** What PROPPATCH has left on a resource. */
export function ownProperties(resource: DavResource): PropertyValues {
  switch (resource.kind) {
    case 'home':
      return resource.home.properties;
    case 'collection':
      return resource.collection.properties;
    case 'member':
      return resource.member.properties;
    default:
      return {};
  }
}
