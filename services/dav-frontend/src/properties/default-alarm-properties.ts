import { homeStream, principalId, type PropertyValues, tenantId } from '@almanac/contracts';
import { caldav, escapeText, type PropertyName, parseXml } from '@almanac/dav-protocol';
import type { RequestContext } from '../request-context.js';
import { type LiveProperty, textContent } from './live-property.js';

const names: readonly PropertyName[] = [
  caldav('default-alarm-vevent-date'),
  caldav('default-alarm-vevent-datetime'),
  caldav('default-alarm-vtodo-date'),
  caldav('default-alarm-vtodo-datetime'),
];

/** They are each user's own (R6): nobody sees those that the owner of a calendar has set on it. */
export const defaultAlarmNames: ReadonlySet<string> = new Set(names);

/** A reminder that never goes off: without it Apple's programs take the device's own (R7). */
const noReminder = ['BEGIN:VALARM', 'ACTION:NONE', 'TRIGGER;VALUE=DATE-TIME:19760401T005545Z', 'END:VALARM', ''].join(
  '\r\n',
);

/**
 * Row R7: the reminders that Apple's programs give new appointments and tasks (draft-daboo-valarm-extensions 9). What a
 * user sets on the home holds for its calendars, too.
 */
export const defaultAlarmProperties: readonly LiveProperty[] = names.map((name) => ({
  name,
  inAllprop: false,
  read: {
    home: ({ home }) => escapeText(alarmIn(home.properties, name) ?? noReminder),
    collection: async ({ collection }, context) =>
      escapeText(alarmIn(collection.properties, name) ?? alarmIn(await homePropertiesOf(context), name) ?? noReminder),
  },
  write: { parse: (element) => ({ text: textContent(element) }), on: ['home', 'collection'] },
}));

/** Earlier versions kept them as they kept every property that they did not know. */
function alarmIn(properties: PropertyValues, name: PropertyName): string | undefined {
  const value = properties[name];
  if (value === undefined) return undefined;
  return 'text' in value ? value.text : textContent(parseXml(value.xml));
}

const asked = new WeakMap<RequestContext, Promise<PropertyValues>>();

/** The actor's own, asked for once a request: a listing has many calendars. */
function homePropertiesOf(context: RequestContext): Promise<PropertyValues> {
  const known = asked.get(context) ?? readHomeProperties(context);
  asked.set(context, known);
  return known;
}

async function readHomeProperties({ ports, tenant, principal }: RequestContext): Promise<PropertyValues> {
  const home = await ports.collections.home(homeStream(tenantId(tenant.id), principalId(principal.id)));
  return home?.properties ?? {};
}
