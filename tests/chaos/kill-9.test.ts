import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { type Dav, davClient, defaultFolders } from '../support/dav-client.js';
import { runCli } from '../support/run-cli.js';
import { startService } from '../support/running-service.js';
import { Ledger } from './ledger.js';
import { SyncMirror } from './sync-mirror.js';

const rounds = Number(process.env['ALMANAC_CHAOS_ROUNDS'] ?? 12);
const clients = 8;
const namesPerClient = 6;

interface Load {
  readonly dav: Dav;
  readonly folder: string;
  readonly ledger: Ledger;
  running: boolean;
}

/** One client: puts, overwrites, moves away and deletes its own names, and now and then sends what must be refused. */
async function client(load: Load, id: number): Promise<void> {
  for (let step = 0; load.running; step += 1) {
    const name = `c${id}-${step % namesPerClient}.ics`;
    if (step % 7 === 5) await remove(load, name);
    else if (step % 7 === 6) await putRefused(load, name, step);
    else await put(load, name, step);
  }
}

async function put({ dav, folder, ledger }: Load, name: string, step: number): Promise<void> {
  const content = event(name, [`SUMMARY:step ${step} at ${performance.now()}`]);
  ledger.sending(name, content);
  const answer = await dav('PUT', folder + name, { body: content, headers: { 'content-type': 'text/calendar' } });
  if (answer.status < 300) ledger.acknowledged(name, content);
  else expect(answer.status).toBe(503);
}

async function remove({ dav, folder, ledger }: Load, name: string): Promise<void> {
  ledger.sending(name, null);
  const answer = await dav('DELETE', folder + name);
  if (answer.status === 204 || answer.status === 404) ledger.acknowledged(name, null);
}

async function putRefused({ dav, folder, ledger }: Load, name: string, step: number): Promise<void> {
  const content = event(name, [`SUMMARY:refused ${step} at ${performance.now()}`]);
  const answer = await dav('PUT', folder + name, { body: content, headers: { 'if-match': '"never-1"' } });
  if (answer.status === 412) ledger.refusedContent(name, content);
}

async function held(dav: Dav, folder: string): Promise<Map<string, string>> {
  const query = `<c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><c:calendar-data/></d:prop><c:filter><c:comp-filter name="VCALENDAR"/></c:filter></c:calendar-query>`;
  const answer = await dav('REPORT', folder, { headers: { depth: '1' }, body: query });
  const members = answer.body.matchAll(/<d:href>[^<]*\/([^<]*)<\/d:href>.*?<c:calendar-data>([^<]*)</gs);
  return new Map([...members].map(([, name = '', data = '']) => [name, data.replaceAll('&#13;', '\r')]));
}

it(`O1, O6: ${rounds} kills in the middle of writing lose no acknowledged write, keep no refused one, and sync stays exact`, async () => {
  let service = await startService();
  let dav = davClient(service.url);
  const folder = (await defaultFolders(dav)).calendar;
  const ledger = new Ledger();
  const mirror = new SyncMirror(folder);
  for (let round = 0; round < rounds; round += 1) {
    await mirror.sync(dav);
    const load: Load = { dav, folder, ledger, running: true };
    const work = Promise.allSettled(Array.from({ length: clients }, (_, id) => client(load, id)));
    await delay(50 + Math.random() * 400);
    await service.end('SIGKILL');
    load.running = false;
    for (const outcome of await work) {
      if (outcome.status === 'rejected')
        expect(String(outcome.reason)).toMatch(/ECONNRESET|ECONNREFUSED|socket hang up|EPIPE/);
    }
    service = await service.restart();
    dav = davClient(service.url);
    const now = await held(dav, folder);
    expect(ledger.faults(now)).toEqual([]);
    ledger.settle(now);
    await mirror.sync(dav);
    const { mirrored, listed } = await mirror.compare(dav);
    expect(mirrored).toEqual(listed);
  }
  expect(ledger.acknowledgements).toBeGreaterThan(rounds);
  const verified = await runCli(service, ['verify', '--json']);
  expect(verified).toMatchObject({ code: 0, json: { differences: [] } });
});
