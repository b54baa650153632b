import {
  DIRECTORY_STATE_READER,
  type DirectoryStateReader,
  EVENT_STORE,
  type EventStore,
  OUTCOME_LOG,
  type OutcomeLog,
  READ_MODEL_WRITER,
  type ReadModelWriter,
} from '@almanac/ports';
import { Module } from '@nestjs/common';
import { directoryCommands } from './command-consumer.js';
import { directoryProjector } from './projector.js';

/** The handler of a batch of the directory service's commands. */
export const DIRECTORY_COMMANDS = Symbol('DirectoryCommands');

@Module({
  providers: [
    {
      provide: DIRECTORY_COMMANDS,
      inject: [EVENT_STORE, DIRECTORY_STATE_READER, READ_MODEL_WRITER, { token: OUTCOME_LOG, optional: true }],
      useFactory: (store: EventStore, states: DirectoryStateReader, writer: ReadModelWriter, outcomes?: OutcomeLog) =>
        directoryCommands({ store, states, outcomes, project: directoryProjector(writer), now: Date.now }),
    },
  ],
  exports: [DIRECTORY_COMMANDS],
})
export class DirectoryModule {}
