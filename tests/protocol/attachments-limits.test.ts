import { beforeAll, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { basic } from '../support/dav-client.js';
import { runCli } from '../support/run-cli.js';
import { addTo, attachLines, managedIdOf, post } from './attachment-client.js';
import { property, refusal } from './dav-xml.js';
import { hostOf, newCalendar, put, sendRaw, type TestedService, testedService } from './tested-service.js';

let tested: TestedService;
let calendar: string;
beforeAll(async () => {
  tested = await testedService();
  calendar = await newCalendar(tested.dav);
});

let names = 0;
async function newEvent(): Promise<string> {
  const url = `${calendar}l${++names}.ics`;
  await put(tested.dav, url, event(url));
  return url;
}

const defaults = {
  'max-attachment-size': 52_428_800,
  'max-attachments-per-resource': 100,
  'attachment-quota-bytes': 1_073_741_824,
  'quota-bytes': 1_073_741_824,
  'max-resource-size': 1_048_576,
};

async function within(
  limits: Partial<Record<keyof typeof defaults, number>>,
  work: () => Promise<void>,
): Promise<void> {
  const set = async (values: object) => {
    const options = Object.entries(values).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const { code, stderr } = await runCli(tested.service, ['tenant', 'set', tested.service.tenant, ...options]);
    if (code !== 0) throw new Error(stderr);
  };
  await set(limits);
  try {
    await work();
  } finally {
    await set(defaults);
  }
}

const used = async (): Promise<number> =>
  Number(await property(tested.dav, '/calendars/user01/', 'd:quota-used-bytes'));
const inline = (octets: number): string =>
  `ATTACH;ENCODING=BASE64;VALUE=BINARY:${Buffer.alloc(octets, 'x').toString('base64')}`;
const tooMany = '403 c:max-attachments-per-resource';

describe('A2: limits of attachments (RFC 8607 3.11, 6)', () => {
  it('max-attachment-size is told and kept: announced, chunked, updated and inline', () =>
    within({ 'max-attachment-size': 1_000 }, async () => {
      expect(await property(tested.dav, calendar, 'c:max-attachment-size')).toBe('1000');
      const url = await newEvent();
      expect(refusal(await addTo(tested.dav, url, 'x'.repeat(1_001)))).toBe('403 c:max-attachment-size');
      const added = await addTo(tested.dav, url, 'x'.repeat(1_000));
      expect(added.status).toBe(201);
      const update = `action=attachment-update&managed-id=${managedIdOf(added)}`;
      expect(refusal(await post(tested.dav, url, update, 'x'.repeat(1_001)))).toBe('403 c:max-attachment-size');
      const put = await tested.dav('PUT', url, { body: event(url, [inline(1_001)]) });
      expect(refusal(put)).toBe('403 c:max-attachment-size');
      const head = [
        `POST ${url}?action=attachment-add HTTP/1.1`,
        `Host: ${hostOf(tested)}`,
        `Authorization: ${basic('user01', 'user01')}`,
        'Transfer-Encoding: chunked',
        'Connection: close',
      ].join('\r\n');
      const chunk = `500\r\n${'x'.repeat(0x500)}\r\n`;
      const raw = await sendRaw(tested.service.url, `${head}\r\n\r\n${chunk}0\r\n\r\n`);
      expect(raw).toMatch(/^HTTP\/1.1 403 /);
      expect(raw).toContain('max-attachment-size');
      expect(attachLines((await tested.dav('GET', url)).body)).toHaveLength(1);
    }));

  it('max-attachments-per-resource is told and kept, by POST and PUT; an update is no addition', () =>
    within({ 'max-attachments-per-resource': 2 }, async () => {
      expect(await property(tested.dav, calendar, 'c:max-attachments-per-resource')).toBe('2');
      const url = await newEvent();
      await addTo(tested.dav, url, '1');
      const second = managedIdOf(await addTo(tested.dav, url, '2'));
      expect(refusal(await addTo(tested.dav, url, '3'))).toBe(tooMany);
      const update = `action=attachment-update&managed-id=${second}`;
      expect((await post(tested.dav, url, update, '2b')).status).toBe(204);
      const { body } = await tested.dav('GET', url);
      const more = body.replace('SUMMARY', `${inline(3)}\r\nSUMMARY`);
      expect(refusal(await tested.dav('PUT', url, { body: more }))).toBe(tooMany);
      const three = event('three', [inline(1), inline(2), inline(3)]);
      expect(refusal(await tested.dav('PUT', `${calendar}three.ics`, { body: three }))).toBe(tooMany);
    }));

  it('max-resource-size counts the object that an attachment would make too large', () =>
    within({ 'max-resource-size': 300 }, async () => {
      const url = await newEvent();
      expect(refusal(await addTo(tested.dav, url, 'x'))).toBe('403 c:max-resource-size');
    }));
});

describe('A2: quota (RFC 4331, RFC 8607 3.12.1)', () => {
  it('attachments count to the home, once in use, and no longer when they are not', async () => {
    const url = await newEvent();
    const before = await used();
    const managedId = managedIdOf(await addTo(tested.dav, url, 'x'.repeat(5_000)));
    const withIt = await used();
    expect(withIt).toBeGreaterThanOrEqual(before + 5_000);
    expect(withIt).toBeLessThan(before + 5_400);
    await post(tested.dav, url, `action=attachment-remove&managed-id=${managedId}`);
    for (let attempt = 0; attempt < 100 && (await used()) !== before; attempt += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await used()).toBe(before);
  });

  it('what does not fit is 507 quota-not-exceeded: by the quota of the home, and by that of attachments', async () => {
    const url = await newEvent();
    await within({ 'quota-bytes': (await used()) + 2_000 }, async () => {
      expect(refusal(await addTo(tested.dav, url, 'x'.repeat(3_000)))).toBe('507 d:quota-not-exceeded');
      expect(refusal(await tested.dav('PUT', url, { body: event(url, [inline(3_000)]) }))).toBe(
        '507 d:quota-not-exceeded',
      );
      expect((await addTo(tested.dav, url, 'x'.repeat(500))).status).toBe(201);
    });
    await within({ 'attachment-quota-bytes': 2_000 }, async () => {
      expect(refusal(await addTo(tested.dav, url, 'x'.repeat(3_000)))).toBe('507 d:quota-not-exceeded');
      expect((await tested.dav('PUT', url, { body: event(url) })).status).toBe(204);
    });
  });

  it('uploads at the same time do not pass it together', async () => {
    const url = await newEvent();
    await within({ 'quota-bytes': (await used()) + 5_000 }, async () => {
      const answers = await Promise.all(Array.from({ length: 6 }, () => addTo(tested.dav, url, 'x'.repeat(2_000))));
      const statuses = answers.map(({ status }) => status);
      expect(statuses.filter((status) => status === 201).length).toBeLessThanOrEqual(2);
      expect(statuses.filter((status) => status !== 201)).toEqual(
        Array(statuses.length - statuses.filter((status) => status === 201).length).fill(507),
      );
    });
  });
});
