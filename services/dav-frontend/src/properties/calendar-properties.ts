import { isCalendarFault, readTimezoneProperty } from '@almanac/icalendar';
import { apple, caldav, childElements, DavError, escapeAttribute, forbidden, property } from '@almanac/dav-protocol';
import { instanceLimits } from '../resources/object-limits.js';
import { type LiveProperty, settableText, textProperty } from './live-property.js';

const components = (names: readonly string[]): string =>
  names.map((name) => `<c:comp name="${escapeAttribute(name)}"/>`).join('');

const collations = ['i;ascii-casemap', 'i;octet', 'i;unicode-casemap'];

const protectedText = (name: string, value: string): LiveProperty => ({
  name: caldav(name),
  inAllprop: false,
  read: { collection: () => value },
});

/** RFC 4791 5.2, RFC 6638 9.1, and what Apple's clients keep with a calendar. */
export const calendarProperties: readonly LiveProperty[] = [
  settableText(caldav('calendar-description'), (text) => text),
  settableText(caldav('calendar-timezone'), (text) => checkedTimezone(text)),
  settableText(apple('calendar-color'), (text) => text.trim()),
  settableText(apple('calendar-order'), (text) => checkedOrder(text)),
  {
    name: caldav('supported-calendar-component-set'),
    inAllprop: false,
    read: { collection: ({ collection }) => components(collection.components) },
  },
  {
    name: caldav('supported-calendar-component-sets'),
    inAllprop: false,
    read: {
      home: () =>
        ['VEVENT', 'VTODO']
          .map((name) => property(caldav('supported-calendar-component-set'), components([name])))
          .join(''),
    },
  },
  protectedText('supported-calendar-data', '<c:calendar-data content-type="text/calendar" version="2.0"/>'),
  protectedText(
    'supported-collation-set',
    collations.map((name) => property(caldav('supported-collation'), name)).join(''),
  ),
  {
    name: caldav('max-resource-size'),
    inAllprop: false,
    read: { collection: (_resource, { limits }) => String(limits.maxResourceSize) },
  },
  protectedText('min-date-time', instanceLimits.minDateTime),
  protectedText('max-date-time', instanceLimits.maxDateTime),
  protectedText('max-instances', String(instanceLimits.maxInstances)),
  protectedText('max-attendees-per-instance', String(instanceLimits.maxAttendees)),
  {
    name: caldav('schedule-calendar-transp'),
    inAllprop: false,
    read: {
      collection: ({ collection }) =>
        property(caldav(textProperty(collection, caldav('schedule-calendar-transp')) ?? 'opaque'), ''),
    },
    write: {
      parse: (element) => {
        const [choice] = childElements(element);
        if (choice?.name === caldav('opaque') || choice?.name === caldav('transparent')) return { text: choice.local };
        throw new DavError(409, { detail: 'schedule-calendar-transp takes an opaque or a transparent element.' });
      },
    },
  },
];

function checkedTimezone(text: string): string {
  const zone = readTimezoneProperty(text);
  if (!isCalendarFault(zone)) return text;
  throw forbidden(caldav('valid-calendar-data'), zone.reason);
}

function checkedOrder(text: string): string {
  if (/^\s*-?\d{1,15}\s*$/.test(text)) return text.trim();
  throw new DavError(409, { detail: 'calendar-order takes a whole number.' });
}
