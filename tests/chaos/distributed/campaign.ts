import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { services } from '../../../scripts/stack/cluster.mjs';
import { davClient, defaultFolders } from '../../support/dav-client.js';
import { runCli } from '../../support/run-cli.js';
import { Client } from './client.js';
import { deliverTwice } from './duplicates.js';
import { ETagBook } from './etag-book.js';
import { runFaults } from './fault-schedule.js';
import { Findings } from './findings.js';
import { isLost } from './http-client.js';
import { checkQuiet } from './quiet-checks.js';
import { Random } from './random.js';
import { reportOf } from './report.js';
import { loggedErrors } from './service-logs.js';
import { replicasOf, settingsOf, startTestbed, type Testbed, type Tools } from './testbed.js';

export interface CampaignOptions {
  readonly minutes: number;
  readonly seed: number;
  readonly tools: Tools;
  /** What the database is, for the report. */
  readonly database: string;
  /** Where the report goes. */
  readonly report: string;
  readonly print: (line: string) => void;
}

const users = ['ada', 'bob', 'cyd', 'dan'];
const clientsPerUser = 4;
const calendarNames = ['work', 'away'];
/** Commands wait so long for their turn; then they are dropped. */
const commandLife = 33_000;
const setupLimit = 60_000;

/** Works against a cluster that is broken all the while, and says which promises it broke. */
export async function runCampaign(options: CampaignOptions): Promise<Findings> {
  const { minutes, seed, tools, database, report, print } = options;
  const folder = mkdtempSync(join(tmpdir(), 'almanac-chaos-'));
  const findings = new Findings(print);
  print(`starting the cluster in ${folder}`);
  const bed = await startTestbed({ folder, tools, users });
  print(`seed ${seed}, ${minutes} minutes`);
  try {
    await work(bed, { findings, minutes, random: new Random(seed) });
  } catch (error) {
    findings.violation('campaign', `it could not go on: ${error instanceof Error ? error.stack : String(error)}`);
  } finally {
    await bed.stop();
  }
  findings.logged = loggedErrors(join(folder, 'logs'));
  const failed = findings.violations.length > 0;
  const logs = failed ? join(folder, 'logs') : null;
  if (!failed) rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(report, '..'), { recursive: true });
  writeFileSync(report, reportOf(findings, { seed, minutes, clients: users.length * clientsPerUser, database, logs }));
  print(`report: ${report}${logs === null ? '' : `, logs: ${logs}`}`);
  return findings;
}

interface Work {
  readonly findings: Findings;
  readonly minutes: number;
  readonly random: Random;
}

async function work(bed: Testbed, { findings, minutes, random }: Work): Promise<void> {
  const etags = new ETagBook();
  const calendars = new Map<string, { calendars: readonly string[]; tasks: string }>();
  for (const user of users) calendars.set(user, await foldersOf(bed.cluster.url, user));
  findings.begin();
  const deadline = Date.now() + minutes * 60_000;
  const running = (): boolean => Date.now() < deadline;
  const frontends = (): string[] => replicasOf(bed, 'dav-frontend').map(({ port }) => `http://127.0.0.1:${port}`);
  const clients: Client[] = [];
  /** A client that met a broken promise is followed by one with other names, so that the load stays. */
  const occupy = async (user: string, place: number): Promise<void> => {
    for (let life = 0; running(); life += 1) {
      const prefix = `c${place}${life === 0 ? '' : `r${life}`}-`;
      const places = { ...(calendars.get(user) ?? { calendars: [], tasks: '' }), prefix };
      const client = new Client({
        url: bed.cluster.url,
        ...{ user, places, random: random.fork(prefix), findings, etags, frontends, running },
      });
      clients.push(client);
      await client.work();
    }
  };
  const twice = await deliverTwice(bed.cluster.env['ALMANAC_KAFKA'] ?? '', {
    ...{ random: random.fork('twice'), findings, running },
  });
  await Promise.all([
    ...users.flatMap((user, index) =>
      Array.from({ length: clientsPerUser }, (_, own) => occupy(user, index * clientsPerUser + own)),
    ),
    runFaults(bed, { random: random.fork('faults'), findings, running }),
  ]);
  findings.ended();
  await twice.stop();
  demandAllReplicas(bed, findings);
  for (const client of clients) await client.proveWritable();
  await untilQuiet(bed, clients);
  await checkQuiet({ clients, findings, etags, frontends: frontends() });
  findings.note(`${etags.size} ETags were seen, each with one content`);
  await verify(bed, findings);
  for (const client of clients) client.close();
}

/** The default folders of a user, and more calendars that are made here. */
async function foldersOf(url: string, user: string): Promise<{ calendars: readonly string[]; tasks: string }> {
  const dav = davClient(url, user);
  for (const limit = Date.now() + setupLimit; ; await delay(200)) {
    const { calendar, tasks } = await defaultFolders(dav, user);
    if (calendar === '' || tasks === '') {
      if (Date.now() > limit) throw new Error(`the home of ${user} was not opened`);
      continue;
    }
    const more = calendarNames.map((name) => `/calendars/${user}/${name}/`);
    for (const folder of more) {
      const { status, body } = await dav('MKCALENDAR', folder);
      if (status !== 201) throw new Error(`MKCALENDAR ${folder}: ${status} ${body}`);
    }
    return { calendars: [calendar, ...more], tasks };
  }
}

/** A service ends only when it is told to, or killed. */
function demandAllReplicas(bed: Testbed, findings: Findings): void {
  for (const service of services) {
    const { length } = replicasOf(bed, service);
    if (length !== 2) findings.violation('ended', `${length} of 2 replicas of ${service} run at the end`);
  }
}

/** All is whole; then the commands that nobody knows the end of have had their time, and what was begun is finished. */
async function untilQuiet({ cluster }: Testbed, clients: readonly Client[]): Promise<void> {
  await cluster.balancer.ready(replicasOf({ cluster } as Testbed, 'dav-frontend').length);
  const open = clients.some(({ account }) => account.openUntil > Date.now());
  await delay(open ? commandLife : 5_000);
  for (const client of clients) {
    // The last refusals and reads go through the same brokers: once one is answered, nothing older waits.
    const answer = await client.http('GET', client.places.calendars[0] ?? '/');
    if (isLost(answer)) await delay(1_000);
  }
}

/** What the read models say is what the log gives, as the operator's own check sees it. */
async function verify({ cluster }: Testbed, findings: Findings): Promise<void> {
  const { code, json, stderr } = await runCli({ env: settingsOf(cluster.env) }, ['verify', '--json']);
  const differences = (json as { differences?: readonly unknown[] } | undefined)?.differences;
  if (differences === undefined) {
    findings.note(`almanac verify did not run: ${stderr.trim().slice(0, 200)}`);
    return;
  }
  findings.note(`almanac verify: exit code ${code}, ${differences.length} differences`);
  if (code !== 0 || differences.length > 0) findings.violation('verify', JSON.stringify(differences).slice(0, 4_000));
}
