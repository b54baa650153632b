import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { sendRaw } from '../protocol/tested-service.js';
import { startService } from '../support/running-service.js';

const main = join(import.meta.dirname, '../../services/dav-frontend/dist/pages/main.js');
const browser = { accept: 'text/html,application/xhtml+xml' };

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** The process that serves the pages alone, knowing of no broker and no database. */
async function startPages(env: Readonly<Record<string, string>> = {}) {
  const settings = { PATH: process.env['PATH'], ALMANAC_PORT: '0', ALMANAC_DRAIN: '0', ...env };
  const child = spawn(process.execPath, [main], { env: settings, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  let fault = '';
  child.stderr.on('data', (piece: Buffer) => (fault += piece.toString()));
  const first = createInterface(child.stdout)[Symbol.asyncIterator]().next();
  const line = await Promise.race([first.then(({ value }) => String(value)), exited.then(() => '')]);
  return { child, exited, url: /ready on (\S+)/.exec(line)?.[1] ?? '', fault: () => fault };
}

describe('O7: the pages in a process of their own', () => {
  it('are the same as a frontend has, to the octet, with the same policy; nothing else is there', async () => {
    const [{ url }, service] = [await startPages(), await startService()];
    const [alone, beside] = await Promise.all([url, service.url].map((each) => fetch(each, { headers: browser })));
    const page = (await alone?.text()) ?? '';
    expect(page).toBe(await beside?.text());
    const policy = alone?.headers.get('content-security-policy');
    expect(policy).toContain("script-src 'self'");
    expect(policy).toBe(beside?.headers.get('content-security-policy'));
    const [, script = ''] = /src="([^"]+\.js)"/.exec(page) ?? [];
    const asset = await fetch(new URL(script, url));
    expect([asset.status, asset.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
    for (const request of [
      { path: '/', method: 'PROPFIND' },
      { path: '/', headers: { accept: '*/*' } },
      { path: '/api/v1/session' },
      { path: '/assets/none.js' },
      { path: '/assets/../main.js' },
    ]) {
      expect((await fetch(new URL(request.path, url), request)).status).toBe(404);
    }
  });

  it('O4: have probes, and end with 0 when they are told to', async () => {
    const { child, exited, url } = await startPages();
    for (const probe of ['live', 'ready', 'readable']) {
      expect((await fetch(`${url}/health/${probe}`)).status).toBe(200);
    }
    child.kill('SIGTERM');
    expect(await exited).toBe(0);
  });

  it('do not start where there are none', async () => {
    const { exited, fault } = await startPages({ ALMANAC_PAGES: import.meta.dirname });
    expect(await exited).toBe(1);
    expect(fault()).toContain('ALMANAC_PAGES names no folder with pages');
  });

  it('a frontend beside them shows browsers the way, and serves devices as ever', async () => {
    const service = await startService({ env: { ALMANAC_PAGES_URL: 'https://calendar.example.org/' } });
    const shown = await fetch(service.url, { headers: browser, redirect: 'manual' });
    expect([shown.status, shown.headers.get('location')]).toEqual([302, 'https://calendar.example.org']);
    expect((await fetch(service.url, { method: 'PROPFIND' })).status).toBe(401);
  });

  it('C1: whoever gives a device the host of the pages is sent on to the calendars', async () => {
    const env = { ALMANAC_PAGES_URL: 'https://calendar.example.org', ALMANAC_PUBLIC_URL: 'https://dav.example.org' };
    const { url } = await startService({ env });
    const sentOn = async (host: string) => {
      const answer = await sendRaw(
        url,
        `PROPFIND /.well-known/caldav HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      );
      return /^location: (.*)\r$/im.exec(answer)?.[1];
    };
    expect(await sentOn('calendar.example.org')).toBe('https://dav.example.org/');
    expect(await sentOn('dav.example.org')).toBe('/');
    expect(await sentOn('dav.customer.example')).toBe('/');
  });
});
