import { collectionCommands, collectionProjector, finishMove } from '@almanac/collection-service';
import {
  COLLECTION_STATE_READER,
  type CollectionStateReader,
  EVENT_STORE,
  type EventStore,
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
    { provide: TASKS_PROCESSES, useFactory: () => [finishMove('tasks')] },
  ],
  exports: [TASKS_COMMANDS, TASKS_PROCESSES],
})
export class TasksModule {}
