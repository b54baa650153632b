import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { freePorts } from '../../scripts/servers/free-ports.mjs';
import { put, testedService } from '../protocol/tested-service.js';
import { event } from '../support/calendar-data.js';

const stack = inject('stack');
const all = ['dav-frontend', 'calendar', 'tasks', 'directory', 'attachments'];
const paths = ['live', 'ready', 'readable'];

const status = async (port: number, path: string): Promise<number> =>
  (await fetch(`http://127.0.0.1:${port}/health/${path}`)).status;

describe.skipIf(stack === undefined)('O4: probes of a service whose neighbours are there', () => {
  it.each(all)('%s: every replica is alive, ready and readable', async (service) => {
    const ports = stack?.ports[service] ?? [];
    expect(ports).toHaveLength(2);
    for (const port of ports) {
      expect(await Promise.all(paths.map((path) => status(port, path)))).toEqual([200, 200, 200]);
    }
  });

  it('O5: how far an owner is behind is in its metrics, by partition', async () => {
    const { dav, calendar } = await testedService();
    await put(dav, `${calendar}a.ics`, event('a'));
    const ports = stack?.ports['calendar'] ?? [];
    const texts = await Promise.all(
      ports.map(async (port) => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()),
    );
    expect(texts.join('\n')).toMatch(/^almanac_commands_behind\{topic="calendar.commands",partition="\d"\} \d+$/m);
    expect(texts.join('\n')).toMatch(
      /^almanac_projection_delay_seconds_count\{topic="calendar.commands",partition="\d"\} \d+$/m,
    );
  });
});

/** A service as a process, whose broker and database do not exist. */
async function alone(service: string, settings: Readonly<Record<string, string>> = {}) {
  const [port = 0] = await freePorts(1);
  const env = {
    PATH: process.env['PATH'] ?? '',
    ALMANAC_PORT: String(port),
    ALMANAC_KAFKA: '127.0.0.1:1',
    ALMANAC_MONGO_URL: 'mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=500',
    ...settings,
  };
  const main = resolve(import.meta.dirname, `../../services/${service}/dist/main.js`);
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
  return { port, child, said: () => said, exited: once(child, 'exit').then(([code]) => code as number | null) };
}

describe('O4: a service whose neighbours are away', () => {
  it.each(all)('%s: is alive and not ready, waits for them, and ends when it is told to', async (service) => {
    const { port, child, exited } = await alone(service);
    await expect.poll(() => status(port, 'live').catch(() => 0), { timeout: 30_000 }).toBe(200);
    expect(await Promise.all(['ready', 'readable'].map((path) => status(port, path)))).toEqual([503, 503]);
    expect(child.exitCode).toBe(null);
    child.kill('SIGTERM');
    expect(await exited).toBe(0);
  });

  it('a write gets 503 with Retry-After, not a fault of ours', async () => {
    const { port } = await alone('dav-frontend');
    await expect.poll(() => status(port, 'live').catch(() => 0), { timeout: 30_000 }).toBe(200);
    const headers = { authorization: `Basic ${btoa('user01:user01')}` };
    const answer = await fetch(`http://127.0.0.1:${port}/calendars/user01/a/b.ics`, {
      method: 'PUT',
      headers,
      body: 'x',
    });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^\d+$/)]);
  });

  it('a frontend answers what is in flight at SIGTERM, if it is told to wait for that long', async () => {
    const { port, child, exited } = await alone('dav-frontend', { ALMANAC_LAST_ANSWER: '60' });
    await expect.poll(() => status(port, 'live').catch(() => 0), { timeout: 30_000 }).toBe(200);
    const headers = { authorization: `Basic ${btoa('user01:user01')}` };
    const answer = fetch(`http://127.0.0.1:${port}/calendars/user01/`, { method: 'OPTIONS', headers });
    await delay(500);
    child.kill('SIGTERM');
    // The database is waited for longer than the default.
    expect((await answer).status).toBe(503);
    expect(await exited).toBe(0);
  });

  it.each([
    [{ ALMANAC_KAFKA: '' }, /^almanac: ALMANAC_KAFKA is not set/],
    [{ ALMANAC_KAFKA: 'kafka' }, /^almanac: ALMANAC_KAFKA has kafka; it must be a list of host:port/],
    [{ ALMANAC_MONGO_URL: 'localhost' }, /^almanac: ALMANAC_MONGO_URL must begin with/],
    [{ ALMANAC_KAFKA_SASL: 'scram' }, /^almanac: ALMANAC_KAFKA_SASL is scram; it must be none, plain/],
    [{ ALMANAC_MONGO_PASSWORD_FILE: '/none' }, /^almanac: ALMANAC_MONGO_PASSWORD_FILE is \/none, which cannot be read/],
    [{ ALMANAC_KAFKA_PARTITIONS: '0' }, /^almanac: ALMANAC_KAFKA_PARTITIONS is 0; it must be a number from 1/],
  ])('settings that cannot be used are said in one line: %j', async (settings, words) => {
    const { said, exited } = await alone('calendar', settings);
    expect(await exited).toBe(1);
    expect(said()).toMatch(words);
    expect(said().trim().split('\n')).toHaveLength(1);
  });
});
