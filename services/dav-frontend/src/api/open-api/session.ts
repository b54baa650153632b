import { answer, body, faults, listOf, text } from './words.js';

const session = {
  type: 'object',
  properties: {
    ...{ id: text, login: text, name: text, addresses: { type: 'array', items: text } },
    profile: { enum: ['groupware', 'standard'] },
    server: { ...text, description: 'scheme and authority that calendar programs are given' },
    principal: text,
    home: text,
  },
} as const;

/** Who is signed in to the web interface, and whom there is to share with. */
export const sessionPaths = {
  '/session': {
    get: {
      summary: 'who is signed in; continues the session',
      responses: { '200': answer('the account', session), ...faults },
    },
    post: {
      summary:
        'sign in; the answer sets the session cookie. Requests that change something need the header X-Almanac-CSRF',
      security: [],
      requestBody: body({
        type: 'object',
        required: ['login', 'password'],
        properties: { login: text, password: text },
      }),
      responses: { '200': answer('the account', session), '429': { description: 'too many at a time' }, ...faults },
    },
    delete: { summary: 'sign out', responses: { '204': { description: 'done' } } },
  },
  '/changes': {
    get: {
      summary: 'server-sent events: `changed` whenever something that the user sees has changed',
      responses: {
        '200': { description: 'text/event-stream' },
        '204': { description: 'nobody tells of changes as they happen here' },
        ...faults,
      },
    },
  },
  '/principals': {
    get: {
      summary: 'people and groups by a part of their name or address',
      parameters: [{ name: 'search', in: 'query', schema: text }],
      responses: {
        '200': answer(
          'the first of them',
          listOf('principals', { type: 'object', properties: { id: text, kind: text, name: text } }),
        ),
        ...faults,
      },
    },
  },
} as const;
