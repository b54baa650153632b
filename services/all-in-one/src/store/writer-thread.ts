import 'reflect-metadata';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import {
  type BatchHandlers,
  openReader,
  openWriter,
  rebuildReadModels,
  SqliteEventFeed,
  serveWriter,
  Writer,
} from '@almanac/adapters-embedded';
import { type ProcessManager, processConsumer } from '@almanac/event-sourcing';
import { startTracing } from '@almanac/observability';
import { READ_MODEL_WRITER, type ReadModelWriter } from '@almanac/ports';
import { ATTACHMENTS_COMMANDS, ATTACHMENTS_PROCESSES } from '@almanac/service-attachments';
import { CALENDAR_COMMANDS, CALENDAR_PROCESSES } from '@almanac/service-calendar';
import { DIRECTORY_COMMANDS } from '@almanac/service-directory';
import { TASKS_COMMANDS, TASKS_PROCESSES } from '@almanac/service-tasks';
import { NestFactory } from '@nestjs/core';
import { projectAll } from './project-all.js';
import { WriterModule } from './writer.module.js';

interface WriterData {
  readonly path: string;
  /** Told of each commit. */
  readonly commits: MessagePort;
}

/** The thread that owns the store: it decides, appends and projects, and runs the process managers. */
async function run({ path, commits }: WriterData): Promise<void> {
  if (parentPort === null) throw new Error('the writer runs in a thread of its own');
  const tracing = await startTracing('all-in-one', process.env);
  const database = openWriter(path);
  const services = await NestFactory.createApplicationContext(WriterModule.over(database), { logger: false });
  const handlers: BatchHandlers = {
    calendar: services.get(CALENDAR_COMMANDS),
    tasks: services.get(TASKS_COMMANDS),
    directory: services.get(DIRECTORY_COMMANDS),
    attachments: services.get(ATTACHMENTS_COMMANDS),
  };
  const writer = new Writer(database, () => handlers);
  writer.onCommit(() => commits.postMessage(null));
  const reader = openReader(path);
  const feed = new SqliteEventFeed(reader, writer);
  const processes: ProcessManager[] = [
    ...services.get(CALENDAR_PROCESSES),
    ...services.get(TASKS_PROCESSES),
    ...services.get(ATTACHMENTS_PROCESSES),
  ];
  for (const process of processes) feed.subscribe(processConsumer(process, writer));
  serveWriter(parentPort, writer, {
    ready: () => writer.ready(),
    settled: () => feed.settled(),
    rebuild: () =>
      writer.exclusively((store) =>
        rebuildReadModels(store, projectAll(services.get<ReadModelWriter>(READ_MODEL_WRITER))),
      ),
    close: async () => {
      await feed.stop();
      await writer.drained();
      reader.close();
      database.close();
      await tracing?.stop();
    },
  });
  parentPort.postMessage('ready');
}

await run(workerData as WriterData);
