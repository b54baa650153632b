import {
  DavError,
  dav,
  type ExpandedProperty,
  type ExpandProperty,
  multistatusClose,
  multistatusOpen,
  type PropertyName,
  parsePath,
  parseXml,
  property,
  propertyResponse,
  statusResponse,
  childrenNamed,
  textOf,
} from '@almanac/dav-protocol';
import type { DavResponse } from '../http/dav-request.js';
import { xmlResponse } from '../http/send-response.js';
import { readProperty } from '../properties/read-properties.js';
import type { RequestContext } from '../request-context.js';
import { locate } from '../resources/locate.js';
import { takeTurns } from '../take-turns.js';
import type { DavResource } from '../resources/resource.js';

/** Nested expansions deeper than this are left as hrefs. */
const maxDepth = 4;
/** Groups that hold each other multiply: more resources than these are not told in one answer. */
const maxResources = 2_000;

/** RFC 3253 3.8: where a property holds hrefs, the properties of what they name stand in their place. */
export async function expandProperty(
  context: RequestContext,
  resource: DavResource,
  { properties }: ExpandProperty,
): Promise<DavResponse> {
  const budget = { resources: maxResources };
  const answer = await describeExpanded(context, resource, { properties, depth: 0, budget });
  return xmlResponse(207, multistatusOpen + answer + multistatusClose);
}

interface Expansion {
  readonly properties: readonly ExpandedProperty[];
  readonly depth: number;
  /** How many resources may still be told; shared by the whole answer. */
  readonly budget: { resources: number };
}

async function describeExpanded(
  context: RequestContext,
  resource: DavResource,
  { properties, depth, budget }: Expansion,
): Promise<string> {
  if (--budget.resources < 0) {
    throw new DavError(507, { detail: `An expansion tells ${maxResources} resources at most; ask for less of it.` });
  }
  await takeTurns();
  let found = '';
  const missing: PropertyName[] = [];
  for (const { name, properties: inner } of properties) {
    const plain = await readProperty(context, resource, name);
    if (plain === undefined) missing.push(name);
    else if (inner.length === 0 || depth >= maxDepth) found += plain;
    else found += property(name, await expandHrefs(context, plain, { properties: inner, depth: depth + 1, budget }));
  }
  return propertyResponse(resource.href, found, missing);
}

async function expandHrefs(context: RequestContext, plain: string, expansion: Expansion): Promise<string> {
  let xml = '';
  for (const target of hrefsIn(plain)) {
    if (!target.startsWith('/')) continue;
    const located = await locate(context, parsePath(target));
    xml +=
      located.kind === 'unmapped' ? statusResponse(target, 404) : await describeExpanded(context, located, expansion);
  }
  return xml;
}

function hrefsIn(propertyXml: string): readonly string[] {
  const wrapped = parseXml(`${multistatusOpen}${propertyXml}${multistatusClose}`);
  return wrapped.children.flatMap((child) =>
    typeof child === 'string' ? [] : childrenNamed(child, dav('href')).map(textOf),
  );
}
