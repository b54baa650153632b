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
  READ_MODEL_WRITER,
  type ReadModelWriter,
} from '@almanac/ports';
import { Module } from '@nestjs/common';

/** The handler of a batch of the tasks service's commands. */
export const TASKS_COMMANDS = Symbol('TasksCommands');
/** The tasks service's process managers. */
export const TASKS_PROCESSES = Symbol('TasksProcesses');

@Module({
  providers: [
    {
      provide: TASKS_COMMANDS,
      inject: [EVENT_STORE, COLLECTION_STATE_READER, READ_MODEL_WRITER, { token: OUTCOME_LOG, optional: true }],
      useFactory: (store: EventStore, states: CollectionStateReader, writer: ReadModelWriter, outcomes?: OutcomeLog) =>
        collectionCommands({ store, states, outcomes, project: collectionProjector(writer), now: Date.now }),
    },
    {
      provide: TASKS_PROCESSES,
      inject: [EVENT_STORE, COLLECTION_READER, MEMBER_READER],
      useFactory: (store: EventStore, collections: CollectionReader, members: MemberReader) => [
        restoreMembers('tasks', store),
        finishMove('tasks'),
        reshapeMembers('tasks', { store, collections, members }),
      ],
    },
  ],
  exports: [TASKS_COMMANDS, TASKS_PROCESSES],
})
export class TasksModule {}
