import { beforeAll, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { addTo, attachLines, managedIdOf, unfolded } from './attachment-client.js';
import { newCalendar, put, type TestedService, testedService } from './tested-service.js';

let tested: TestedService;
let calendar: string;
beforeAll(async () => {
  tested = await testedService();
  calendar = await newCalendar(tested.dav);
});

const macos = { 'user-agent': 'macOS/13.6.1 (22G313) dataaccessd/1.0' };
const emClient = { 'user-agent': 'eMClient/9.2.2038' };
const get = async (url: string, headers = {}): Promise<string> =>
  unfolded((await tested.dav('GET', url, { headers })).body);

const times = ['DTSTART:20261124T100000Z', 'DTEND:20261124T110000Z'];
const second = 'RECURRENCE-ID:20261125T100000Z';

/** A series whose second instance is another one; `own` goes into that. */
const series = (uid: string, ofSeries: readonly string[], own: readonly string[]): string =>
  event(uid, [
    ...times,
    'RRULE:FREQ=DAILY;COUNT=3',
    ...ofSeries,
    ...['END:VEVENT', 'BEGIN:VEVENT', `UID:${uid}`, 'DTSTAMP:20260101T000000Z', second],
    ...['DTSTART:20261125T120000Z', 'DTEND:20261125T130000Z', 'SUMMARY:Moved', ...own],
  ]);

/** The ATTACH lines of master and exception. */
const parts = (text: string): readonly (readonly string[])[] =>
  text
    .split('BEGIN:VEVENT')
    .slice(1)
    .map((part) => attachLines(part));

let made = 0;
async function attachedSeries(content: string): Promise<{ url: string; line: string }> {
  const url = `${calendar}s${++made}.ics`;
  await put(tested.dav, url, event(url, [...times, 'RRULE:FREQ=DAILY;COUNT=3']));
  await addTo(tested.dav, url, content);
  return { url, line: attachLines(await get(url))[0] ?? '' };
}

describe('A4: eM Client repeats the attachments of the series on an exception', () => {
  it('they are skipped there, and the exception keeps what is its own', async () => {
    const { url, line } = await attachedSeries('of the series');
    const own = 'ATTACH:https://example.org/own.pdf';
    const body = series(url, [line], [line, own]);
    const answer = await tested.dav('PUT', url, { headers: emClient, body });
    expect([answer.status, answer.headers.etag]).toEqual([204, undefined]);
    expect(parts(await get(url))).toEqual([[line], [own]]);
  });

  it('what was put on exceptions on purpose stays, whoever puts the object again (RFC 8607 3.4)', async () => {
    const url = `${calendar}s${++made}.ics`;
    await put(tested.dav, url, series(url, [], []));
    await addTo(tested.dav, url, 'for all instances');
    const [ofSeries, ofException] = parts(await get(url));
    expect([ofSeries, ofException]).toEqual([ofException, ofSeries]);
    await put(tested.dav, url, (await tested.dav('GET', url)).body.replace('SUMMARY:Moved', 'SUMMARY:Moved again'));
    expect(parts(await get(url))).toEqual([ofSeries, ofException]);
  });
});

describe('A3: macOS Calendar knows attachments of the series only', () => {
  it('is shown exceptions without, and takes none away; others see all of them (C7)', async () => {
    const { url, line } = await attachedSeries('of the series');
    await put(tested.dav, url, series(url, [line], []));
    const added = await tested.dav('POST', `${url}?action=attachment-add&rid=20261125T100000Z`, {
      headers: { 'content-type': 'text/plain', 'content-disposition': 'attachment;filename=own.txt' },
      body: 'of the exception',
    });
    const id = managedIdOf(added);
    const whole = parts(await get(url));
    expect(whole[1]?.some((each) => each.includes(id))).toBe(true);
    const shown = await get(url, macos);
    expect(parts(shown)).toEqual([[line], []]);
    const changed = shown.replace('SUMMARY:Moved', 'SUMMARY:Moved by macOS');
    expect((await tested.dav('PUT', url, { headers: macos, body: changed.replaceAll(/\r?\n/g, '\r\n') })).status).toBe(
      204,
    );
    expect(parts(await get(url))).toEqual(whole);
    expect(await get(url)).toContain('SUMMARY:Moved by macOS');
    expect((await tested.dav('GET', String(added.headers.location), { headers: macos })).body).toBe('of the exception');
  });
});
