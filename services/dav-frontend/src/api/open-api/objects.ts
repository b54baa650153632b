import { answer, body, faults, folder, listOf, parameter, text } from './words.js';

const flag = { type: 'boolean' } as const;
const number = { type: ['integer', 'null'] } as const;
const time = {
  type: ['object', 'null'],
  description: 'a day, or a time on the wall of a zone; a time of no zone is floating',
  properties: {
    local: { ...text, examples: ['2026-01-31', '2026-01-31T09:00:00'] },
    zone: { type: ['string', 'null'] },
  },
} as const;

const place = {
  ...{ home: text, segment: text, name: text },
  href: { ...text, description: 'where CalDAV has it' },
  etag: { ...text, description: 'for If-Match' },
  masked: { ...flag, description: 'private, and shown as busy only' },
  ...{ editable: flag, deletable: flag },
};
const details = {
  ...{ title: text, location: text, description: text, categories: { type: 'array', items: text } },
  ...{ isPrivate: flag, isFree: flag, start: time },
  end: { ...time, description: 'of days the first one after; of a task when it is due' },
  rule: { type: ['string', 'null'], description: 'an RRULE value' },
  reminders: {
    type: 'array',
    items: { type: 'integer' },
    description: 'minutes before the start; of a task before it is due, where it is',
  },
  ...{ status: { type: ['string', 'null'] }, percent: number, priority: number },
};
const person = { address: text, name: { type: ['string', 'null'] } };
const shown = {
  organizer: { type: ['object', 'null'], properties: person },
  attendees: { type: 'array', items: { type: 'object', properties: { ...person, status: text, role: text } } },
  attachments: {
    type: 'array',
    items: {
      type: 'object',
      properties: {
        managedId: { type: ['string', 'null'], description: 'null: it is kept elsewhere' },
        href: { ...text, description: 'opens it without credentials for an hour, where it is kept here' },
        ...{ filename: text, size: number, type: { type: ['string', 'null'] } },
      },
    },
  },
};
const changes = {
  ...details,
  attendees: {
    type: 'array',
    description: 'in place of those that there are; nobody is written to',
    items: { type: 'object', required: ['address'], properties: person },
  },
};
const completed = { type: ['string', 'null'], description: 'when it was, in UTC: 20260131T090000Z' } as const;
const occurrence = { recurrenceId: { type: ['string', 'null'], description: 'names an occurrence of a series' } };

const component = { enum: ['VEVENT', 'VTODO'] };
const event = {
  type: 'object',
  properties: {
    ...{ ...place, ...occurrence, allDay: flag, start: text, end: text, title: text, location: text },
    ...{ isPrivate: flag, isFree: flag, status: { type: ['string', 'null'] } },
    categories: { type: 'array', items: text },
    organizer: { type: ['string', 'null'], description: 'as ORGANIZER has it' },
  },
};
const found = {
  type: 'object',
  properties: {
    ...event.properties,
    folder: { ...text, description: '{home}/{segment}' },
    component,
    summary: text,
    start: { type: ['string', 'null'], description: 'of the next occurrence, or of the last' },
    end: { type: ['string', 'null'], description: 'of a task when it is due' },
  },
};
const query = (name: string, description: string, required = false) => ({
  name,
  in: 'query',
  required,
  description,
  schema: text,
});
const ifMatch = { name: 'If-Match', in: 'header', required: true, schema: text };
const which = [
  query('recurrence-id', 'the occurrence that is meant'),
  query('scope', 'this, future (this and the following) or all'),
];
const refusals = {
  '400': { description: 'not what an appointment or task can be' },
  '412': { description: 'somebody else has changed it meanwhile' },
  '428': { description: 'If-Match is missing' },
};

/** Appointments and tasks. They are the same as in CalDAV, and every change is a PUT or DELETE there. */
export const objectPaths = {
  '/events': {
    get: {
      summary: 'appointments of all calendars, or of one, with series as their occurrences',
      parameters: [
        query('start', 'a day', true),
        query('end', 'the day after the last', true),
        query('zone', 'on whose wall days and times are; UTC'),
        query('folder', '{home}/{segment}'),
      ],
      responses: {
        '200': answer('them', listOf('events', event)),
        '400': { description: 'no such time, zone or folder' },
        '507': { description: 'too many: ask for a shorter time' },
        ...faults,
      },
    },
  },
  '/tasks': {
    get: {
      summary: 'tasks of all folders; of a recurring one the occurrence that is to be worked at',
      parameters: [query('zone', 'on whose wall days and floating times are due; UTC')],
      responses: {
        '200': answer('them; `more` where there are others', {
          type: 'object',
          properties: {
            tasks: {
              type: 'array',
              items: { type: 'object', properties: { ...place, ...occurrence, ...details, completed } },
            },
            more: flag,
          },
        }),
        ...faults,
      },
    },
  },
  '/search': {
    get: {
      summary: 'appointments and tasks of all folders by words of theirs, what comes next first',
      parameters: [
        query(
          'text',
          'words that all are in title, description, place, categories or participants; without case and accents',
          true,
        ),
        query('limit', 'at most so many, 1 to 200; 50'),
        query('zone', 'on whose wall times are; UTC'),
      ],
      responses: {
        '200': answer('them; `more` where there are others, or may be', {
          type: 'object',
          properties: { items: { type: 'array', items: found }, more: flag },
        }),
        '400': { description: 'no words, or too many' },
        ...faults,
      },
    },
  },
  '/objects/{home}/{segment}': {
    parameters: folder,
    post: {
      summary: 'make an appointment or a task',
      requestBody: body({
        type: 'object',
        required: ['component'],
        properties: {
          component,
          id: { ...text, description: 'a UUID; sent once more, it makes no second one' },
          ...changes,
        },
      }),
      responses: {
        '201': answer('where it is', { type: 'object', properties: place }),
        '400': refusals['400'],
        '412': { description: 'there is one of this id already' },
        ...faults,
      },
    },
  },
  '/objects/{home}/{segment}/{name}': {
    parameters: [...folder, parameter('name', 'the last part of its URL')],
    get: {
      summary: 'one appointment, task or occurrence with its details',
      parameters: [which[0]],
      responses: {
        '200': answer('it', {
          type: 'object',
          properties: { ...place, ...occurrence, component, ...details, ...shown },
        }),
        ...faults,
      },
    },
    patch: {
      summary: 'change what the body names; all else stays as it is',
      parameters: [...which, ifMatch],
      requestBody: body({ type: 'object', properties: changes }),
      responses: {
        '200': answer('where it is now; `later` is what the later part of a series has become', {
          type: 'object',
          properties: { ...place, later: { type: ['object', 'null'], properties: place } },
        }),
        ...refusals,
        ...faults,
      },
    },
    delete: {
      summary: 'delete it, or occurrences of it',
      parameters: [...which, ifMatch],
      responses: {
        '200': answer('what is left', { type: 'object', properties: { ...place, later: { type: 'null' } } }),
        '204': { description: 'nothing is left' },
        ...refusals,
        ...faults,
      },
    },
  },
  '/objects/{home}/{segment}/{name}/undo': {
    parameters: [...folder, parameter('name', 'the last part of its URL')],
    get: {
      summary: 'how it is now, to be read before it is changed',
      responses: {
        '200': answer('what puts it back', {
          type: 'object',
          properties: {
            text: { ...text, description: 'iCalendar' },
            key: { type: ['string', 'null'], description: 'for ten minutes; null: it cannot be put back' },
          },
        }),
        ...faults,
      },
    },
    put: {
      summary: 'put it back as it was, with what its owner has of it',
      parameters: [
        query('key', 'as it was given', true),
        {
          name: 'If-Match',
          in: 'header',
          schema: { ...text, description: 'or If-None-Match: * where nothing is there' },
        },
      ],
      requestBody: { required: true, content: { 'text/calendar': { schema: text } } },
      responses: {
        '201': { description: 'it is there again' },
        '204': { description: 'it is as it was' },
        '409': { description: 'the key is not of this place, or has expired' },
        ...refusals,
        ...faults,
      },
    },
  },
} as const;
