import { answer, body, faults, listOf, parameter, text } from './words.js';

const own = {
  ...text,
  description: "the user's own, once more; needless where `passwordNeeded` of the session is false",
};
const label = { ...text, maxLength: 100, description: 'of the device' };
const refusals = {
  ...faults,
  '400': { description: 'no name for the device' },
  '403': { description: 'the password is wrong, or the sign-in is too long ago' },
  '409': { description: 'there are 100 already' },
  '429': { description: 'too many attempts at a time' },
};
const time = { ...text, format: 'date-time' };

/** Passwords and profiles for devices; with the session of the web interface alone. */
export const devicePaths = {
  '/app-passwords': {
    get: {
      summary: 'passwords of devices, without what they are',
      responses: {
        '200': answer(
          'them',
          listOf('appPasswords', {
            type: 'object',
            properties: { key: text, label: text, created: time, lastUsed: { ...time, type: ['string', 'null'] } },
          }),
        ),
        ...faults,
      },
    },
    post: {
      summary: 'make one; it is told once',
      requestBody: body({ type: 'object', required: ['label'], properties: { label, password: own } }),
      responses: {
        '201': answer('it', { type: 'object', properties: { key: text, label: text, password: text } }),
        ...refusals,
      },
    },
  },
  '/app-passwords/{key}': {
    parameters: [parameter('key', 'as listed')],
    delete: { summary: 'revoke it', responses: { '204': { description: 'done' }, ...faults } },
  },
  '/device-profiles': {
    post: {
      summary: 'a link to a configuration profile for Apple devices that holds an app password of its own',
      requestBody: body({ type: 'object', properties: { label, password: own } }),
      responses: {
        '201': answer('it', { type: 'object', properties: { url: text, key: text, expires: time } }),
        ...refusals,
      },
    },
  },
  '/device-profiles/{token}.mobileconfig': {
    parameters: [parameter('token', 'of the link')],
    get: {
      summary: 'the profile',
      security: [],
      responses: { '200': { description: 'com.apple.caldav.account' }, '404': { description: 'the link has expired' } },
    },
  },
} as const;
