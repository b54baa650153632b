import type {
  MemberGoneChange,
  MemberPropertiesChange,
  MemberPutChange,
  MembersDroppedChange,
  MembersRenewedChange,
} from '@almanac/ports';
import { applyProperties, packOccurrences, reachOf } from '@almanac/ports';
import { type AnyBulkWriteOperation, Binary, type Collection } from 'mongodb';
import type { MemberDocument } from './collections.js';
import { memberKey } from './read-model-keys.js';

type Operation = AnyBulkWriteOperation<MemberDocument>;

const nothing = {
  uid: null,
  component: null,
  size: 0,
  reach: null,
  starts: null,
  ends: null,
  properties: null,
  propertiesVersion: 0,
  facts: null,
  occurrences: null,
  data: null,
  epoch: null,
  epochVersion: 0,
  createdBy: '',
  memory: null,
};

/** To be written by `writeInOrder`: where the document is as new already, the upsert meets its key. */
export function putMember(change: MemberPutChange): readonly Operation[] {
  const { stream, name, version, at, by, createdBy, memory, epoch, facts, occurrences, data, properties } = change;
  const older = { ...memberKey(stream, name), version: { $lt: version } };
  const content = {
    ...{ version, live: true, modifiedAt: at, uid: facts.uid, component: facts.component, size: data.byteLength },
    ...{ reach: reachOf(facts.start, facts.end), starts: facts.start, ends: facts.end, facts },
    occurrences: occurrences === null ? null : new Binary(packOccurrences(occurrences)),
    data: new Binary(data),
    ...{ epoch, epochVersion: version, memory },
  };
  const told = createdBy === undefined ? {} : { createdBy };
  const born = { createdAt: at, ...(createdBy === undefined ? { createdBy: by } : {}) };
  const bare = { properties: null, propertiesVersion: version };
  const given = properties === undefined ? {} : { ...bare, properties: applyProperties(null, properties, []) };
  const atFirst = { name, ...born, ...(properties === undefined ? bare : {}) };
  return [
    // A tombstone comes to life as what it then is.
    { updateOne: { filter: { ...older, live: false }, update: { $set: { ...born, ...bare } } } },
    {
      updateOne: {
        filter: older,
        update: { $set: { ...content, ...given, ...told }, $setOnInsert: atFirst },
        upsert: true,
      },
    },
  ];
}

/** What stays is a tombstone: the name and the version at which it went. */
export const buryMember = ({ stream, name, version }: MemberGoneChange): readonly Operation[] => [
  {
    updateOne: {
      filter: { ...memberKey(stream, name), version: { $lt: version } },
      update: { $set: { ...nothing, version, live: false } },
    },
  },
];

export const dropMembers = ({ stream, version }: MembersDroppedChange): readonly Operation[] => [
  { deleteMany: { filter: { stream, version: { $lte: version } } } },
];

/** Later puts have brought the new epoch with them already. */
export const renewMembers = ({ stream, version, epoch }: MembersRenewedChange): readonly Operation[] => [
  {
    updateMany: {
      filter: { stream, version: { $lt: version }, live: true, epochVersion: { $lt: version } },
      update: { $set: { epoch, epochVersion: version } },
    },
  },
];

/** The member's version is that of its content, and stays; whoever read what has changed since reads again. */
export async function changeMemberProperties(
  members: Collection<MemberDocument>,
  { stream, name, version, set, removed }: MemberPropertiesChange,
): Promise<void> {
  const living = { ...memberKey(stream, name), live: true };
  for (;;) {
    const before = await members.findOne(living, { projection: { properties: 1, propertiesVersion: 1 } });
    if (before === null || before.propertiesVersion >= version) return;
    const properties = applyProperties(before.properties, set, removed);
    const unchanged = { ...living, propertiesVersion: before.propertiesVersion };
    const update = { $set: { properties, propertiesVersion: version } };
    if ((await members.updateOne(unchanged, update)).matchedCount > 0) return;
  }
}
