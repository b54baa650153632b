import { collectionCommands, collectionProjector, finishMove } from '@almanac/collection-service';
import {
  COLLECTION_READER,
  COLLECTION_STATE_READER,
  type CollectionReader,
  type CollectionStateReader,
  EVENT_STORE,
  type EventStore,
  OUTCOME_LOG,
  type OutcomeLog,
  READ_MODEL_WRITER,
  type ReadModelWriter,
} from '@almanac/ports';
import { Module } from '@nestjs/common';
import { homesProcess } from './homes.process.js';

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
      inject: [COLLECTION_READER],
      useFactory: (reader: CollectionReader) => [homesProcess(reader), finishMove('calendar')],
    },
  ],
  exports: [CALENDAR_COMMANDS, CALENDAR_PROCESSES],
})
export class CalendarModule {}
