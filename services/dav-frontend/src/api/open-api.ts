import { shareRights } from '@almanac/contracts';
import { devicePaths } from './open-api/devices.js';
import { objectPaths } from './open-api/objects.js';
import { sessionPaths } from './open-api/session.js';
import { answer, body, faults, folder, parameter, text } from './open-api/words.js';

const folderSchema = {
  type: 'object',
  required: ['href', 'home', 'segment', 'name', 'owner', 'right', 'components'],
  properties: {
    href: { ...text, description: 'where CalDAV has it, for this user' },
    home: text,
    segment: text,
    name: text,
    owner: { ...text, description: "the owner's name" },
    right: { enum: ['owner', ...shareRights] },
    components: { type: 'array', items: text },
    role: { type: ['string', 'null'] },
    parent: { type: ['string', 'null'], description: "segment of the folder above it in the owner's tree" },
    color: { type: ['string', 'null'] },
    order: { type: ['integer', 'null'], description: 'among the folders beside it (calendar-order)' },
    description: { type: ['string', 'null'] },
    members: { type: 'integer' },
    size: { type: 'integer', description: 'octets; own folders only' },
    shared: { type: 'boolean' },
    modifiedAt: { ...text, format: 'date-time' },
    alters: { type: 'boolean', description: 'whether this program is shown another form than what is stored' },
  },
} as const;

const shareSchema = {
  type: 'object',
  required: ['kind', 'id', 'right'],
  properties: {
    kind: { enum: ['user', 'group'] },
    id: text,
    name: { ...text, description: 'of the user or group' },
    right: { enum: shareRights },
  },
} as const;

const trashSchema = {
  type: 'object',
  required: ['id', 'href', 'name', 'components', 'members', 'deletedAt'],
  properties: {
    id: text,
    href: { ...text, description: 'where it was' },
    name: text,
    components: { type: 'array', items: text },
    members: { type: 'integer' },
    deletedAt: { ...text, format: 'date-time' },
    deletedBy: text,
  },
} as const;

/** What `/api/v1/openapi.json` answers. */
export const openApi = {
  openapi: '3.1.0',
  info: {
    title: 'Almanac',
    version: '1',
    description:
      'What CalDAV has no words for. Faults are problem details (RFC 9457); `code` names those that programs tell people of.',
  },
  servers: [{ url: '/api/v1' }],
  components: {
    securitySchemes: {
      basic: { type: 'http', scheme: 'basic' },
      session: {
        ...{ type: 'apiKey', in: 'cookie', name: 'almanac_session' },
        description: 'by https its name is __Host-almanac_session',
      },
    },
  },
  security: [{ basic: [] }, { session: [] }],
  paths: {
    ...sessionPaths,
    ...objectPaths,
    ...devicePaths,
    '/folders': {
      get: {
        summary: 'own folders and those that others share',
        responses: {
          '200': answer('the folders', {
            type: 'object',
            properties: { folders: { type: 'array', items: folderSchema } },
          }),
          ...faults,
        },
      },
    },
    '/folders/{home}/{segment}': {
      parameters: folder,
      get: { summary: 'one folder', responses: { '200': answer('the folder', folderSchema), ...faults } },
    },
    '/folders/{home}/{segment}/shares': {
      parameters: folder,
      get: {
        summary: 'whom a folder is shared with',
        responses: {
          '200': answer('the shares', {
            type: 'object',
            properties: { shares: { type: 'array', items: shareSchema } },
          }),
          ...faults,
        },
      },
    },
    '/folders/{home}/{segment}/shares/{principal}': {
      parameters: [...folder, parameter('principal', 'the id of a user or group')],
      put: {
        summary: 'share a folder, or change the right',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { type: 'object', required: ['right'], properties: { right: { enum: shareRights } } },
            },
          },
        },
        responses: { '200': answer('the share', shareSchema), '400': { description: 'no such right' }, ...faults },
      },
      delete: { summary: 'take a share back', responses: { '204': { description: 'done' }, ...faults } },
    },
    '/folders/{home}/{segment}/import': {
      parameters: folder,
      post: {
        summary: 'put each appointment and task of a calendar file into a folder',
        requestBody: body({ type: 'string' }, 'text/calendar'),
        responses: {
          '200': answer('what was done', {
            type: 'object',
            properties: {
              imported: { type: 'integer' },
              refused: { type: 'integer' },
              examples: { type: 'array' },
              made: {
                type: 'array',
                description: 'href and ETag (null where the profile altered it) of the first 1,000',
              },
            },
          }),
          '400': { description: 'no calendar file' },
          '429': { description: 'another file of the same person is being imported' },
          ...faults,
        },
      },
    },
    '/trash': {
      get: {
        summary: 'own folders that were deleted within thirty days',
        responses: {
          '200': answer('the folders', {
            type: 'object',
            properties: { trash: { type: 'array', items: trashSchema } },
          }),
          ...faults,
        },
      },
    },
    '/trash/{id}': {
      parameters: [parameter('id', 'as listed')],
      delete: { summary: 'delete for good', responses: { '204': { description: 'done' }, ...faults } },
    },
    '/trash/{id}/restore': {
      parameters: [parameter('id', 'as listed')],
      post: {
        summary: 'restore a folder with all that was in it, at its URL or at another one',
        requestBody: {
          content: { 'application/json': { schema: { type: 'object', properties: { segment: text } } } },
        },
        responses: {
          '201': answer('where it is', { type: 'object', properties: { href: text, name: text } }),
          '409': answer('the URL is taken; `offered` is a segment that is free', {
            type: 'object',
            properties: { taken: text, offered: text, detail: text },
          }),
          ...faults,
        },
      },
    },
  },
} as const;
