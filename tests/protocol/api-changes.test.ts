import { request as httpRequest } from 'node:http';
import { afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { basic } from '../support/dav-client.js';
import { share, type Sharing, sharingService } from './sharing.js';
import { newCalendar, put } from './tested-service.js';

let sharing: Sharing;
beforeAll(async () => {
  sharing = await sharingService();
});

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** What somebody is told from now on. */
async function follow(user: string): Promise<{ readonly text: () => string; readonly ended: Promise<void> }> {
  const { hostname, port } = new URL(sharing.tested.service.url);
  const headers = { authorization: basic(user, user), accept: 'text/event-stream' };
  const request = httpRequest({ hostname, port, path: '/api/v1/changes', headers });
  request.on('error', () => {});
  open.push(() => request.destroy());
  let text = '';
  return new Promise((resolve) => {
    request.on('response', (answer) => {
      const ended = new Promise<void>((done) => answer.on('end', done));
      answer.on('error', () => {});
      answer.on('data', (piece: Buffer) => {
        text += piece.toString();
        // From here on nothing is missed.
        resolve({ text: () => text.replaceAll(': here\n\n', ''), ended });
      });
    });
    request.end();
  });
}

const changed = 'event: changed\ndata:\n\n';

describe('O7: changes are told as they happen, to whom they concern', () => {
  it('to the owner, and to those who see the folder; not to others (S4)', async () => {
    const { ada } = sharing.as;
    const folder = await newCalendar(ada, '', '/calendars/ada/');
    await share(ada, folder, 'bob', 'read');
    const told = { ada: await follow('ada'), bob: await follow('bob'), dan: await follow('dan') };
    await put(ada, `${folder}a.ics`, event('a'));
    await expect.poll(() => told.ada.text()).toContain(changed);
    await expect.poll(() => told.bob.text()).toContain(changed);
    expect(told.dan.text()).toBe('');
  });

  it('a new share is told to whom it is for, and so is its end', async () => {
    const { ada } = sharing.as;
    const folder = await newCalendar(ada, '', '/calendars/ada/');
    const cleo = await follow('cleo');
    await share(ada, folder, 'crew', 'read');
    await expect.poll(() => cleo.text()).toBe(changed);
    await share(ada, folder, 'crew', null);
    await expect.poll(() => cleo.text()).toBe(changed + changed);
  });

  // Other suites need the stack.
  it.skipIf(inject('stack') !== undefined)('the service does not wait for those who listen when it stops', async () => {
    const listener = await follow('dan');
    const before = performance.now();
    await sharing.tested.service.end();
    await listener.ended;
    expect(performance.now() - before).toBeLessThan(3_000);
  });
});
