import {
  collectionCommands,
  collectionProjector,
  finishMove,
  reshapeMembers,
  restoreMembers,
} from '@almanac/collection-service';
import {
  COLLECTION_READER,
  COLLECTION_STATE_READER,
  type CollectionReader,
  type CollectionStateReader,
  EVENT_STORE,
  type EventStore,
  MEMBER_READER,
  type MemberReader,
  OUTCOME_LOG,
  type OutcomeLog,
  PRINCIPAL_READER,
  type PrincipalReader,
  READ_MODEL_WRITER,
  type ReadModelWriter,
  TENANT_READER,
  type TenantReader,
  TRASH_READER,
  type TrashReader,
} from '@almanac/ports';
import { Module } from '@nestjs/common';
import { homesProcess } from './homes.process.js';
import { profilesProcess } from './profiles.process.js';

/** The handler of a batch of the calendar service's commands. */
export const CALENDAR_COMMANDS = Symbol('CalendarCommands');
/** The calendar service's process managers. */
export const CALENDAR_PROCESSES = Symbol('CalendarProcesses');

@Module({
  providers: [
    {
      provide: CALENDAR_COMMANDS,
      inject: [EVENT_STORE, COLLECTION_STATE_READER, READ_MODEL_WRITER, { token: OUTCOME_LOG, optional: true }],
      useFactory: (store: EventStore, states: CollectionStateReader, writer: ReadModelWriter, outcomes?: OutcomeLog) =>
        collectionCommands({ store, states, outcomes, project: collectionProjector(writer), now: Date.now }),
    },
    {
      provide: CALENDAR_PROCESSES,
      inject: [EVENT_STORE, COLLECTION_READER, MEMBER_READER, TENANT_READER, PRINCIPAL_READER, TRASH_READER],
      useFactory: (
        store: EventStore,
        collections: CollectionReader,
        members: MemberReader,
        tenants: TenantReader,
        principals: PrincipalReader,
        trash: TrashReader,
      ) => [
        homesProcess({ collections, trash }),
        profilesProcess({ tenants, principals, collections }),
        reshapeMembers('calendar', { store, collections, members }),
        restoreMembers('calendar', store),
        finishMove('calendar'),
      ],
    },
  ],
  exports: [CALENDAR_COMMANDS, CALENDAR_PROCESSES],
})
export class CalendarModule {}
