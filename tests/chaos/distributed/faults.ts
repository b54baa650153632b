import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceName } from '../../../scripts/stack/cluster.mjs';
import type { Random } from './random.js';
import { rewind } from './rewind.js';
import type { Way } from './tcp-proxy.js';
import { replicasOf, type ServerName, type Testbed } from './testbed.js';

/** A fault that was begun: in words, and how it ends. */
export interface Begun {
  readonly words: string;
  /** Fulfilled when what was broken is whole again. */
  readonly over: Promise<void>;
}

export interface Fault {
  readonly kind: string;
  begin(bed: Testbed, random: Random): Begun;
}

const services: readonly ServiceName[] = ['dav-frontend', 'calendar', 'tasks', 'directory', 'attachments'];
const servers: readonly ServerName[] = ['kafka', 'database'];
const waysOf: Readonly<Record<string, readonly Way[]>> = {
  'to the server': ['up'],
  'back from the server': ['down'],
  'in both ways': ['up', 'down'],
};

/** Everything that goes wrong; a new fault is a function and a row here. */
export const faults: readonly Fault[] = [
  ...services.map(killReplica),
  ...services.map(stopReplica),
  rewindCalendar(),
  ...servers.map(killServer),
  ...servers.map(stopServer),
  ...servers.flatMap((server) => [cut(server), slow(server), partition(server)]),
];

function killReplica(service: ServiceName): Fault {
  return {
    kind: `kill ${service}`,
    begin(bed, random) {
      const replica = random.pick(replicasOf(bed, service));
      const pause = random.between(0, 4_000);
      const again = async (): Promise<void> => {
        await replica.end();
        await delay(pause);
        await startAgain(bed, service, replica.port);
      };
      return { words: `kill -9 of ${service} ${replica.port}`, over: again() };
    },
  };
}

/** What it needs may be away for longer than its start may take: then it is started once more, as Kubernetes would. */
async function startAgain(bed: Testbed, service: ServiceName, port: number): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await bed.cluster.startReplica(service, port);
      return;
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}

/** Mostly short; else longer than the ten seconds after which a group gives away the partitions of one that is silent. */
const silence = (random: Random): number =>
  Math.round(random.chance(0.6) ? random.between(500, 6_000) : random.between(11_000, 25_000));

/** One that wakes up after its partitions were given to others is a zombie: what it still does must be refused. */
function stopReplica(service: ServiceName): Fault {
  return {
    kind: `stop ${service}`,
    begin(bed, random) {
      const replica = random.pick(replicasOf(bed, service));
      const length = silence(random);
      replica.signal('SIGSTOP');
      const over = delay(length).then(() => replica.signal('SIGCONT'));
      return { words: `SIGSTOP of ${service} ${replica.port} for ${length} ms`, over };
    },
  };
}

/** All its replicas die, and begin again some way back: what they did not yet note as done is delivered again. */
function rewindCalendar(): Fault {
  return {
    kind: 'rewind calendar',
    begin(bed, random) {
      const replicas = replicasOf(bed, 'calendar');
      const by = Math.round(random.between(5, 100));
      const again = async (): Promise<void> => {
        await Promise.all(replicas.map((replica) => replica.end()));
        await rewind(bed.cluster.env['ALMANAC_KAFKA'] ?? '', 'calendar', by);
        await Promise.all(replicas.map(({ port }) => startAgain(bed, 'calendar', port)));
      };
      return {
        words: `kill -9 of all of calendar, and its last ${by} commands of each partition again`,
        over: again(),
      };
    },
  };
}

function killServer(name: ServerName): Fault {
  return {
    kind: `kill ${name}`,
    begin(bed, random) {
      const pause = random.between(0, 3_000);
      const again = async (): Promise<void> => {
        await bed.servers[name].end();
        await delay(pause);
        await bed.restartServer(name);
      };
      return { words: `kill -9 of ${name}`, over: again() };
    },
  };
}

function stopServer(name: ServerName): Fault {
  return {
    kind: `stop ${name}`,
    begin(bed, random) {
      const length = silence(random);
      const server = bed.servers[name];
      server.signal('SIGSTOP');
      return { words: `SIGSTOP of ${name} for ${length} ms`, over: delay(length).then(() => server.signal('SIGCONT')) };
    },
  };
}

function cut(name: ServerName): Fault {
  return {
    kind: `cut ${name}`,
    begin({ network }, random) {
      const times = Math.ceil(random.between(0, 5));
      const some = chosen(random);
      const cuts = async (): Promise<void> => {
        for (let time = 0; time < times; time += 1) {
          network[name].cut(some.of);
          await delay(random.between(100, 1_500));
        }
      };
      return { words: `${some.words} connections to ${name} cut ${times} times`, over: cuts() };
    },
  };
}

function slow(name: ServerName): Fault {
  return {
    kind: `slow ${name}`,
    begin({ network }, random) {
      const lag = Math.round(random.between(20, 400));
      const length = Math.round(random.between(3_000, 12_000));
      const some = chosen(random);
      const end = network[name].slow(lag, some.of);
      return { words: `${some.words} connections to ${name} slower by ${lag} ms`, over: delay(length).then(end) };
    },
  };
}

/** Afterwards the connections go on with what was held back, or are cut: then it is lost. */
function partition(name: ServerName): Fault {
  return {
    kind: `partition ${name}`,
    begin({ network }, random) {
      const [way, ways] = random.pick(Object.entries(waysOf));
      const length = silence(random);
      const some = chosen(random);
      const lost = random.chance(0.5);
      const heal = network[name].partition(ways, some.of);
      const over = delay(length).then(() => {
        if (lost) network[name].cut();
        heal();
      });
      const after = lost ? 'and is lost' : 'and comes late';
      return { words: `nothing passes ${way} ${name} on ${some.words} connections for ${length} ms, ${after}`, over };
    },
  };
}

/** All connections, with those that come meanwhile, or about half of those that are there. */
function chosen(random: Random): { readonly words: string; readonly of?: () => boolean } {
  return random.chance(0.5) ? { words: 'all' } : { words: 'some', of: () => random.chance(0.5) };
}
