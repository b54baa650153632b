import { CommitRelay, KafkaCommandConsumer, KafkaEventFeed, PublishingEventStore } from '@almanac/adapters-distributed';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceName } from '@almanac/contracts';
import { type ProcessManager, processConsumer } from '@almanac/event-sourcing';
import { setLogLevel } from '@almanac/observability';
import type { BatchHandler } from '@almanac/ports';
import {
  closeServer,
  HealthModule,
  listeningUrl,
  operationsServer,
  type Probes,
  type Running,
  runProgram,
} from '@almanac/service-host';
import type { DynamicModule, InjectionToken, Type } from '@nestjs/common';
import { openBackbone } from './backbone.js';
import { BackboneModule } from './backbone.module.js';
import { type HostConfiguration, readHostConfiguration } from './configuration.js';

/** A service that owns streams: what its process is made of. */
export interface Owner {
  readonly service: ServiceName;
  readonly module: Type;
  /** Provides the service's `BatchHandler`. */
  readonly commands: InjectionToken;
  readonly processes?: {
    /** Provides the service's process managers. */
    readonly token: InjectionToken;
    /** Whose events these react to. */
    readonly follow: readonly ServiceName[];
  };
  /** Provides what the process does besides. */
  readonly work?: InjectionToken;
}

/** What goes on from the start of a process to its end. */
export interface OwnWork {
  start(): void;
  /** What is under way, and takes long, is not waited for. */
  stop(): Promise<void>;
}

/** A reaction that fails again and again is to be seen, but does not keep the service from its other work. */
const neededToDecide = ['service', 'database', 'commands'];

/** Whoever asks for probes or metrics at the end gets so many milliseconds. */
const probeLimit = 3_000;

/** Milliseconds that a start which is under way is waited for when the process is told to end. */
const startLimit = 5_000;

/** Runs a replica of a service that owns streams, configured by the environment, until it is told to stop. */
export const runOwner = (owner: Owner): Promise<void> =>
  runProgram(owner.service, () => startOwner(owner, readHostConfiguration(process.env)));

async function startOwner(owner: Owner, configuration: HostConfiguration): Promise<Running> {
  setLogLevel(configuration.logLevel);
  const backbone = openBackbone(configuration.backbone);
  const { kafka, names, commits, leases, positions, instance, gateway } = backbone;
  const { service, processes } = owner;
  const relay = new CommitRelay(kafka, { names, service, commits, leases, instance });
  const store = new PublishingEventStore(backbone.storeOf(service), relay);
  const progress = { state: 'starting' };
  let consumer: KafkaCommandConsumer | null = null;
  let feed: KafkaEventFeed | null = null;
  const probes: Probes = {
    service: async () => demandRunning(progress.state),
    database: () => backbone.askDatabase(),
    commands: async () => consumer?.demandHealthy(),
    reactions: async () => feed?.demandHealthy(),
  };
  const app = await operationsServer(
    rootModule(owner.module, [BackboneModule.over(backbone, store), HealthModule.over(probes, neededToDecide)]),
  );
  const handler = app.get<BatchHandler>(owner.commands);
  const work = owner.work === undefined ? null : app.get<OwnWork>(owner.work);
  consumer = new KafkaCommandConsumer(kafka, { names, handlers: { [service]: handler } });
  feed = new KafkaEventFeed(kafka, { names, services: processes?.follow ?? [], commits, positions });
  const start = async (): Promise<void> => {
    await backbone.prepare(() => progress.state === 'stopping');
    if (progress.state === 'stopping') return;
    await Promise.all([relay.start(), ...(processes === undefined ? [] : [gateway.start()])]);
    await consumer.start();
    for (const process of processes === undefined ? [] : app.get<readonly ProcessManager[]>(processes.token)) {
      feed.subscribe(processConsumer(process, gateway));
    }
    work?.start();
    progress.state = 'running';
    process.stdout.write(`almanac ${service} ready on ${listeningUrl(app, configuration.host)}\n`);
  };
  await app.listen(configuration.adminPort ?? configuration.port, configuration.host);
  const started = start().catch((error: unknown) => {
    // What waits for its group is told to leave.
    if (progress.state !== 'stopping') throw error;
  });
  return {
    started,
    async stop() {
      progress.state = 'stopping';
      // It may be waiting for a neighbour that is away.
      await Promise.race([started, delay(startLimit)]);
      // At once: none of them waits for what another one ends.
      await Promise.all([work?.stop(), feed.stop(), consumer.stop()]);
      await relay.stop();
      await gateway.close();
      await closeServer(app, { drain: 0, lastAnswer: probeLimit });
      await backbone.close();
    },
  };
}

function rootModule(module: Type, imports: readonly DynamicModule[]): DynamicModule {
  return { module: OwnerModule, imports: [...imports, module] };
}

class OwnerModule {}

function demandRunning(state: string): void {
  if (state !== 'running') throw new Error(`the service is ${state}`);
}
