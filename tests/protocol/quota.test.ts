import { beforeAll, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { runCli } from '../support/run-cli.js';
import { property, proppatch, refusal, responses, set } from './dav-xml.js';
import { newCalendar, put, type TestedService, testedService } from './tested-service.js';

let tested: TestedService;
beforeAll(async () => {
  tested = await testedService();
});

const home = '/calendars/user01/';
const bytes = async (name: 'used' | 'available', path = home) =>
  Number(await property(tested.dav, path, `d:quota-${name}-bytes`));

async function setLimit(option: string, value: number): Promise<void> {
  const { service } = tested;
  const { code, stderr } = await runCli(service, ['tenant', 'set', service.tenant, `--${option}`, String(value)]);
  if (code !== 0) throw new Error(stderr);
}

describe('quota (RFC 4331)', () => {
  it('used and available bytes follow what is stored, on home and collections (3, 4)', async () => {
    const url = await newCalendar(tested.dav);
    const [used, available] = [await bytes('used'), await bytes('available')];
    await put(tested.dav, `${url}a.ics`, event('a'));
    const size = Buffer.byteLength(event('a'));
    expect([await bytes('used'), await bytes('available')]).toEqual([used + size, available - size]);
    expect([await bytes('used', url), await bytes('available', url)]).toEqual([used + size, available - size]);
    await put(tested.dav, `${url}a.ics`, event('a', ['SUMMARY:b']));
    expect(await bytes('used')).toBe(used + Buffer.byteLength(event('a', ['SUMMARY:b'])));
    await tested.dav('DELETE', `${url}a.ics`);
    expect(await bytes('used')).toBe(used);
  });

  it('used and available are protected and not in allprop (3, 4)', async () => {
    const answer = await tested.dav('PROPFIND', home, { headers: { depth: '0' } });
    expect(answer.body).not.toContain('quota');
    for (const name of ['d:quota-used-bytes', 'd:quota-available-bytes']) {
      const [told] = responses(await proppatch(tested.dav, home, set(`<${name}>1</${name}>`)));
      expect(told?.failed).toEqual({ [name]: 403 });
    }
  });

  it('what does not fit is refused with 507 quota-not-exceeded, and nothing is lost (6)', async () => {
    const url = await newCalendar(tested.dav);
    await put(tested.dav, `${url}a.ics`, event('a'));
    await setLimit('quota-bytes', (await bytes('used')) + 10);
    try {
      expect(await bytes('available')).toBe(10);
      expect(refusal(await tested.dav('PUT', `${url}b.ics`, { body: event('b') }))).toBe('507 d:quota-not-exceeded');
      expect((await tested.dav('GET', `${url}b.ics`)).status).toBe(404);
      const larger = event('a', [`DESCRIPTION:${'x'.repeat(50)}`]);
      expect(refusal(await tested.dav('PUT', `${url}a.ics`, { body: larger }))).toBe('507 d:quota-not-exceeded');
      expect((await tested.dav('GET', `${url}a.ics`)).body).toBe(event('a'));
      const other = await newCalendar(tested.dav);
      const headers = { destination: `${other}c.ics` };
      expect(refusal(await tested.dav('COPY', `${url}a.ics`, { headers }))).toBe('507 d:quota-not-exceeded');
      expect((await put(tested.dav, `${url}a.ics`, event('a', ['SUMMARY:x']))).status).toBe(204);
    } finally {
      await setLimit('quota-bytes', 1_000_000_000);
    }
    expect((await put(tested.dav, `${url}b.ics`, event('b'))).status).toBe(201);
  });

  it('a full home can still be moved about in: MOVE needs no more room than there is', async () => {
    const [url, other] = [await newCalendar(tested.dav), await newCalendar(tested.dav)];
    await put(tested.dav, `${url}a.ics`, event('a'));
    await setLimit('quota-bytes', await bytes('used'));
    try {
      expect((await tested.dav('MOVE', `${url}a.ics`, { headers: { destination: `${other}a.ics` } })).status).toBe(201);
      expect((await tested.dav('DELETE', `${other}a.ics`)).status).toBe(204);
    } finally {
      await setLimit('quota-bytes', 1_000_000_000);
    }
  });

  it('below what is used already, available is 0 and never negative (3)', async () => {
    await put(tested.dav, `${await newCalendar(tested.dav)}a.ics`, event('a'));
    await setLimit('quota-bytes', 1);
    try {
      expect(await bytes('available')).toBe(0);
    } finally {
      await setLimit('quota-bytes', 1_000_000_000);
    }
  });
});

describe('limits of the tenant', () => {
  it('max-members: one more than a collection may have is 507; a change of one that is there is none', async () => {
    const url = await newCalendar(tested.dav);
    await setLimit('max-members', 2);
    try {
      await put(tested.dav, `${url}a.ics`, event('a'));
      await put(tested.dav, `${url}b.ics`, event('b'));
      expect((await tested.dav('PUT', `${url}c.ics`, { body: event('c') })).status).toBe(507);
      expect((await put(tested.dav, `${url}a.ics`, event('a', ['SUMMARY:x']))).status).toBe(204);
      expect((await tested.dav('MOVE', `${url}a.ics`, { headers: { destination: `${url}z.ics` } })).status).toBe(201);
      await tested.dav('DELETE', `${url}b.ics`);
      expect((await put(tested.dav, `${url}c.ics`, event('c'))).status).toBe(201);
    } finally {
      await setLimit('max-members', 100_000);
    }
  });

  it('max-collections: one more than a home may have is 507, by MKCALENDAR and MKCOL', async () => {
    const listing = await tested.dav('PROPFIND', home, { headers: { depth: '1' } });
    const count = (listing.body.match(/<d:response>/g)?.length ?? 0) - 1;
    await setLimit('max-collections', count);
    try {
      expect((await tested.dav('MKCALENDAR', `${home}more/`)).status).toBe(507);
      const type = '<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>';
      const body = `<d:mkcol xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:set><d:prop>${type}</d:prop></d:set></d:mkcol>`;
      expect((await tested.dav('MKCOL', `${home}more/`, { body })).status).toBe(507);
      expect((await tested.dav('PROPFIND', `${home}more/`, { headers: { depth: '0' } })).status).toBe(404);
    } finally {
      await setLimit('max-collections', 1000);
    }
  });

  it('max-resource-size is told and kept (RFC 4791 5.2.5)', async () => {
    const url = await newCalendar(tested.dav);
    await setLimit('max-resource-size', 300);
    try {
      expect(await property(tested.dav, url, 'c:max-resource-size')).toBe('300');
      expect((await put(tested.dav, `${url}a.ics`, event('a'))).status).toBe(201);
      const answer = await tested.dav('PUT', `${url}b.ics`, { body: event('b', [`DESCRIPTION:${'x'.repeat(300)}`]) });
      expect(refusal(answer)).toBe('403 c:max-resource-size');
    } finally {
      await setLimit('max-resource-size', 1_048_576);
    }
  });
});
