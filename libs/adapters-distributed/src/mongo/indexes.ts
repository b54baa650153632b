import type { IndexDescription } from 'mongodb';

/** Every query begins with the fields of one of these, the sort included (`is-indexed.ts`); `_id` always has its own. */
export const commitIndexes: readonly IndexDescription[] = [
  { key: { stream: 1, version: 1 }, unique: true },
  { key: { stream: 1, commandId: 1 }, unique: true },
  // Holds only what the relay has not published yet.
  { key: { service: 1, _id: 1 }, partialFilterExpression: { published: false } },
];

/** By read model. What is dead has no UID and no component, so most need not say that they hold the living. */
export const readModelIndexes = {
  collections: [
    { key: { homeStream: 1, live: 1, createdAt: 1, owner: 1, _id: 1 } },
    { key: { tenant: 1, 'shares.id': 1, createdAt: 1, owner: 1, _id: 1 } },
  ],
  members: [
    { key: { stream: 1, version: 1 } },
    { key: { stream: 1, uid: 1 } },
    { key: { stream: 1, component: 1, reach: 1, starts: 1, ends: 1 } },
  ],
  homes: [],
  overlays: [{ key: { home: 1, _id: 1 } }],
  trash: [{ key: { home: 1, live: 1, _id: 1 } }, { key: { stream: 1, version: 1 } }],
  directories: [],
  tenants: [{ key: { names: 1 } }],
  principals: [
    { key: { tenant: 1, live: 1, kind: 1, id: 1 } },
    { key: { tenant: 1, names: 1 } },
    { key: { tenant: 1, members: 1, id: 1 } },
  ],
  attachmentHomes: [{ key: { tenant: 1 } }],
  attachments: [
    { key: { stream: 1, managedId: 1 } },
    { key: { tenant: 1, managedId: 1 } },
    { key: { tenant: 1, digest: 1 } },
    { key: { holders: 1, stream: 1 } },
    { key: { collections: 1, stream: 1 } },
    { key: { idleSince: 1 } },
  ],
} as const satisfies Record<string, readonly IndexDescription[]>;

export type Table = keyof typeof readModelIndexes;
