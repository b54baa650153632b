import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { davClient, defaultFolders } from '../support/dav-client.js';
import { runCli } from '../support/run-cli.js';
import { startService } from '../support/running-service.js';

it.each(['live', 'ready'])('O4: the %s probe answers without credentials', async (probe) => {
  const service = await startService();
  const answer = await davClient(service.url)('GET', `/health/${probe}`, { headers: { authorization: '' } });
  expect([answer.status, JSON.parse(answer.body)]).toEqual([200, expect.objectContaining({ status: 'ok' })]);
});

it('O5: a request is one JSON line at the level debug; no password and no calendar data is in the log', async () => {
  const service = await startService({ env: { ALMANAC_LOG_LEVEL: 'debug' } });
  const dav = davClient(service.url);
  await dav('PROPFIND', '/', { headers: { depth: '0', 'user-agent': 'Test/1.0' } });
  await dav('PROPFIND', '/', { password: 'not-the-password' });
  await service.end();
  const lines = service
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  const requests = lines.map((line) => JSON.parse(line)).filter(({ message }) => message === 'request');
  expect(requests[0]).toMatchObject({
    level: 'debug',
    method: 'PROPFIND',
    url: '/',
    status: 207,
    userAgent: 'Test/1.0',
  });
  expect(service.output()).toContain('wrong credentials');
  expect(service.output()).not.toMatch(/not-the-password|Basic /);
});

it('O4: while another program holds the store, writes are answered with 503 and leave nothing; then all goes on', async () => {
  const service = await startService();
  const dav = davClient(service.url);
  const { calendar } = await defaultFolders(dav);
  const other = new DatabaseSync(join(service.folder, 'data', 'almanac.sqlite'));
  other.exec('BEGIN IMMEDIATE');
  const refused = await dav('PUT', `${calendar}a.ics`, { body: event('a') });
  expect([refused.status, refused.headers['retry-after']]).toEqual([503, expect.stringMatching(/^\d+$/)]);
  expect((await dav('GET', '/health/ready')).status).toBe(503);
  other.exec('ROLLBACK');
  other.close();
  expect((await dav('GET', '/health/ready')).status).toBe(200);
  expect((await dav('GET', `${calendar}a.ics`)).status).toBe(404);
  expect((await dav('PUT', `${calendar}a.ics`, { body: event('a') })).status).toBe(201);
});

it('a place in the log that cannot be kept for a while does not end the service', async () => {
  const service = await startService();
  const other = new DatabaseSync(join(service.folder, 'data', 'almanac.sqlite'));
  const added = runCli(service, ['user', 'add', 'ada', '--password', 'ada']);
  for (let held = 0; held < 2; held += 1) {
    await delay(200);
    other.exec('BEGIN IMMEDIATE');
    await delay(6_000);
    other.exec('ROLLBACK');
  }
  other.close();
  await added;
  await runCli(service, ['user', 'add', 'ada', '--password', 'ada']);
  const folders = await defaultFolders(davClient(service.url, 'ada'), 'ada');
  expect([folders.calendar, service.isRunning()]).toEqual([expect.stringContaining('/calendars/ada/'), true]);
});
