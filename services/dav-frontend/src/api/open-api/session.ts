import { answer, body, faults, listOf, text } from './words.js';

const session = {
  type: 'object',
  properties: {
    ...{ id: text, login: text, name: text, addresses: { type: 'array', items: text } },
    profile: { enum: ['groupware', 'standard'] },
    server: { ...text, description: 'scheme and authority that calendar programs are given' },
    principal: text,
    home: text,
    passwordNeeded: {
      type: 'boolean',
      description:
        'whether what makes keys asks for the own password again; else the sign-in must be a quarter of an hour old at most',
    },
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
      responses: {
        '200': answer('the account', session),
        '400': { description: 'no login or password, or longer than there are any' },
        '429': { description: 'too many at a time' },
        ...faults,
      },
    },
    delete: { summary: 'sign out in this browser', responses: { '204': { description: 'done' }, ...faults } },
  },
  '/sessions': {
    delete: {
      summary: 'sign out everywhere: all sessions of the user end, devices stay signed in',
      responses: { '204': { description: 'done' }, ...faults },
    },
  },
  '/sign-in-ways': {
    get: {
      summary:
        'how people of the tenant that the host name belongs to can sign in; with OpenID Connect at /oidc/sign-in',
      security: [],
      responses: {
        '200': answer('the ways', {
          type: 'object',
          properties: {
            password: { type: 'boolean' },
            oidc: { type: ['object', 'null'], properties: { name: { ...text, description: 'of the provider' } } },
          },
        }),
      },
    },
  },
  '/changes': {
    get: {
      summary: 'server-sent events: `changed` whenever something that the user sees has changed',
      responses: { '200': { description: 'text/event-stream' }, ...faults },
    },
  },
  '/principals': {
    get: {
      summary: 'people and groups by a part of their name or address',
      parameters: [{ name: 'search', in: 'query', schema: text }],
      responses: {
        '200': answer(
          'the first of them',
          listOf('principals', {
            type: 'object',
            properties: {
              id: text,
              kind: { enum: ['user', 'group'] },
              name: text,
              address: { type: ['string', 'null'] },
            },
          }),
        ),
        ...faults,
      },
    },
  },
} as const;
