import { addressesOf } from '../attendee-addresses.js';
import { type Component, propertiesOf, propertyOf } from '../component-tree.js';
import { type ContentLine, parameterOf } from '../content-line.js';
import { newProperty } from '../new-property.js';
import { withParameters } from '../write-property.js';

/** Somebody as people name them. */
export interface Person {
  /** A mail address, or another URI where there is none. */
  readonly address: string;
  readonly name: string | null;
}

export interface Attendee extends Person {
  /** PARTSTAT (RFC 5545 3.2.12). */
  readonly status: string;
  /** ROLE (3.2.16). */
  readonly role: string;
}

export interface People {
  readonly organizer: Person | null;
  readonly attendees: readonly Attendee[];
}

/** Who takes part in an appointment or a task. */
export function peopleOf(component: Component): People {
  const organizer = propertyOf(component, 'ORGANIZER');
  const attendees = propertiesOf(component, 'ATTENDEE').map((property) => ({
    ...personOf(property),
    status: parameterOf(property, 'PARTSTAT')?.toUpperCase() ?? 'NEEDS-ACTION',
    role: parameterOf(property, 'ROLE')?.toUpperCase() ?? 'REQ-PARTICIPANT',
  }));
  return { organizer: organizer === undefined ? null : personOf(organizer), attendees };
}

const personOf = (property: ContentLine): Person => ({
  address: addressesOf(property)[0] ?? property.value.trim(),
  name: parameterOf(property, 'CN') || null,
});

export interface ChangedPeople {
  readonly attendees: readonly Pick<Person, 'address' | 'name'>[];
  /** Whom they are invited by, where nobody has invited anybody yet. */
  readonly organizer: Person;
}

/**
 * The component with these attendees in place of those that it has; what is known of who stays is kept. Where nobody is left,
 * the organizer that was put for them goes, too (RFC 5545 3.8.4.3).
 */
export function withAttendees(component: Component, { attendees, organizer }: ChangedPeople): Component {
  const known = new Map(
    propertiesOf(component, 'ATTENDEE').flatMap((property) => keysOf(property).map((key) => [key, property])),
  );
  const invited = new Map(
    attendees.map(({ address, name }) => [
      address.toLowerCase(),
      known.get(address.toLowerCase()) ?? personProperty('ATTENDEE', { address, name }, [['PARTSTAT', 'NEEDS-ACTION']]),
    ]),
  );
  const others = component.properties.filter(({ name }) => name !== 'ATTENDEE');
  const own = propertyOf(component, 'ORGANIZER');
  if (invited.size === 0) {
    const isOwn = own !== undefined && keysOf(own).includes(organizer.address.toLowerCase());
    return { ...component, properties: isOwn ? others.filter((each) => each !== own) : others };
  }
  const by = own === undefined ? [personProperty('ORGANIZER', organizer)] : [];
  return { ...component, properties: [...others, ...by, ...invited.values()] };
}

const keysOf = (property: ContentLine): readonly string[] => [
  ...addressesOf(property),
  property.value.trim().toLowerCase(),
];

/** No mail address that is sent has a colon. */
const isUri = (address: string): boolean => address.includes(':');

function personProperty(
  name: string,
  person: Person,
  parameters: readonly (readonly [string, string])[] = [],
): ContentLine {
  const value = isUri(person.address)
    ? person.address
    : `mailto:${encodeURI(person.address).replace(/[?#]/g, encodeURIComponent)}`;
  const named = person.name === null ? [] : [['CN', person.name] as const];
  return withParameters(
    newProperty(name, value),
    [...named, ...parameters].map(([key, text]) => ({ name: key, values: [text] })),
  );
}
