import {
  ATTACHMENT_READER,
  ATTACHMENT_STATE_READER,
  type AttachmentReader,
  type AttachmentStateReader,
  EVENT_STORE,
  type EventStore,
  OUTCOME_LOG,
  type OutcomeLog,
  READ_MODEL_WRITER,
  type ReadModelWriter,
} from '@almanac/ports';
import { Module } from '@nestjs/common';
import { attachmentCommands } from './command-consumer.js';
import { attachmentProjector } from './projector.js';
import { referencesProcess } from './references.process.js';

/** The handler of a batch of the attachments service's commands. */
export const ATTACHMENTS_COMMANDS = Symbol('AttachmentsCommands');
/** The attachments service's process managers. */
export const ATTACHMENTS_PROCESSES = Symbol('AttachmentsProcesses');

@Module({
  providers: [
    {
      provide: ATTACHMENTS_COMMANDS,
      inject: [EVENT_STORE, ATTACHMENT_STATE_READER, READ_MODEL_WRITER, { token: OUTCOME_LOG, optional: true }],
      useFactory: (store: EventStore, states: AttachmentStateReader, writer: ReadModelWriter, outcomes?: OutcomeLog) =>
        attachmentCommands({ store, states, outcomes, project: attachmentProjector(writer), now: Date.now }),
    },
    {
      provide: ATTACHMENTS_PROCESSES,
      inject: [ATTACHMENT_READER],
      useFactory: (reader: AttachmentReader) => [referencesProcess(reader, Date.now)],
    },
  ],
  exports: [ATTACHMENTS_COMMANDS, ATTACHMENTS_PROCESSES],
})
export class AttachmentsModule {}
