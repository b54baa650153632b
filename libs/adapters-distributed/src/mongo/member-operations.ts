import type { MemberGoneChange, MemberPutChange, MembersDroppedChange } from '@almanac/ports';
import { packOccurrences, reachOf } from '@almanac/ports';
import { type AnyBulkWriteOperation, Binary } from 'mongodb';
import type { MemberDocument } from './collections.js';

type Operation = AnyBulkWriteOperation<MemberDocument>;

const nothing = {
  uid: null,
  component: null,
  size: 0,
  reach: null,
  starts: null,
  ends: null,
  properties: null,
  facts: null,
  occurrences: null,
  data: null,
};

/** Makes sure that there is a document, so that the guarded updates after it never meet a duplicate key. */
export function putMember(change: MemberPutChange): readonly Operation[] {
  const { stream, name, version, at, facts, occurrences, data, properties } = change;
  const _id = `${stream}/${name}`;
  const empty = { ...nothing, stream, name, version: 0, live: false, createdAt: at, modifiedAt: at };
  const content = {
    ...{ version, live: true, modifiedAt: at, uid: facts.uid, component: facts.component, size: data.byteLength },
    ...{ reach: reachOf(facts.start, facts.end), starts: facts.start, ends: facts.end, facts },
    occurrences: occurrences === null ? null : new Binary(packOccurrences(occurrences)),
    data: new Binary(data),
    ...(properties === undefined ? {} : { properties: JSON.stringify(properties) }),
  };
  const older = { $lt: version };
  return [
    { updateOne: { filter: { _id }, update: { $setOnInsert: empty }, upsert: true } },
    {
      updateOne: {
        filter: { _id, version: older, live: false },
        update: { $set: { createdAt: at, properties: null } },
      },
    },
    { updateOne: { filter: { _id, version: older }, update: { $set: content } } },
  ];
}

/** What stays is a tombstone: the name and the version at which it went. */
export const buryMember = ({ stream, name, version }: MemberGoneChange): readonly Operation[] => [
  {
    updateOne: {
      filter: { _id: `${stream}/${name}`, version: { $lt: version } },
      update: { $set: { ...nothing, version, live: false } },
    },
  },
];

export const dropMembers = ({ stream, version }: MembersDroppedChange): readonly Operation[] => [
  { deleteMany: { filter: { stream, version: { $lte: version } } } },
];
