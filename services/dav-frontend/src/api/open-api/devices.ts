import { answer, body, faults, listOf, parameter, text } from './words.js';

const label = { type: 'object', required: ['label'], properties: { label: { ...text, description: 'of the device' } } };
const time = { ...text, format: 'date-time' };

/** Passwords and profiles for devices; with the session of the web interface alone. */
export const devicePaths = {
  '/app-passwords': {
    get: {
      summary: 'passwords of devices, without what they are',
      responses: {
        '200': answer(
          'them',
          listOf('appPasswords', { type: 'object', properties: { key: text, label: text, createdAt: time } }),
        ),
        ...faults,
      },
    },
    post: {
      summary: 'make one; it is told once',
      requestBody: body(label),
      responses: {
        '201': answer('it', { type: 'object', properties: { key: text, label: text, password: text } }),
        ...faults,
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
      requestBody: body(label),
      responses: {
        '201': answer('it', { type: 'object', properties: { url: text, key: text, expires: time } }),
        ...faults,
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
