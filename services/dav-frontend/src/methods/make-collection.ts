import {
  collectionStream,
  type CreateCollection,
  isReservedSegment,
  principalId,
  profileOf,
  segment,
  tenantId,
} from '@almanac/contracts';
import { caldav, DavError, forbidden, type PropertyInstruction } from '@almanac/dav-protocol';
import { newEpoch } from '@almanac/ports';
import { type CheckedInstructions, propertyChanges } from '../properties/property-changes.js';
import type { RequestContext } from '../request-context.js';
import { checkIf } from '../resources/conditions.js';
import type { HomeResource, Located } from '../resources/resource.js';
import { send } from '../send-command.js';
import { componentSet } from './component-set.js';
import { parentFolder } from '../properties/tree-properties.js';

const componentSetName = caldav('supported-calendar-component-set');

/**
 * Makes a calendar collection with the properties of the same request (N1, N2).
 * @returns the faults of properties that cannot be set; nothing is made when there are any
 * @throws DavError for a place where no calendar can be
 */
export async function makeCalendar(
  context: RequestContext,
  located: Located,
  instructions: readonly PropertyInstruction[],
): Promise<CheckedInstructions['faults']> {
  const { home, name } = placeFor(located);
  await checkIf(context, located);
  const settings = profileOf(context.tenant, home.owner);
  const components = componentSet(instructions, settings.profile);
  const settable = instructions.filter((instruction) => instruction.name !== componentSetName);
  const { changes, faults } = propertyChanges(settable, 'collection');
  if (faults.size > 0) return faults;
  const owner = components.includes('VEVENT') ? 'calendar' : 'tasks';
  const stream = collectionStream(tenantId(home.home.tenant), principalId(home.home.home), segment(name));
  const command: CreateCollection = {
    type: 'CreateCollection',
    epoch: newEpoch(),
    owner,
    components,
    role: null,
    ...settings,
    properties: { [parentFolder]: { text: parentFor(home, components) }, ...changes.set },
    maxCollections: context.limits.maxCollections,
  };
  await send(context, { service: owner, stream }, command);
  return faults;
}

/** New folders are placed below the user's default folder of their kind (N1). */
const parentFor = ({ home }: HomeResource, components: readonly string[]): string =>
  components.includes('VEVENT') ? home.defaultCalendar : home.defaultTasks;

/** Calendars live in a home, and not inside each other (RFC 4791 4.2, 5.3.1.1). */
function placeFor(located: Located) {
  if (located.kind === 'unmapped' && located.parent?.kind === 'home' && !isReservedSegment(located.name)) {
    return { home: located.parent, name: located.name };
  }
  if (located.kind === 'unmapped' && located.parent === null && located.href.startsWith('/calendars/')) {
    throw new DavError(409, { detail: `There is no collection around ${located.href}.` });
  }
  throw forbidden(
    caldav('calendar-collection-location-ok'),
    'A calendar is made directly in your calendar home, /calendars/<id>/<name>/; its name does not begin with "@".',
  );
}
