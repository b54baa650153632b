import { beforeAll, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { davClient, defaultFolders } from '../support/dav-client.js';
import { dataIn, deepText, props, refusal, report, responses, xml } from './dav-xml.js';
import { calendarWith, put, type TestedService, testedService } from './tested-service.js';

let tested: TestedService;
let url: string;
beforeAll(async () => {
  tested = await testedService();
  url = await calendarWith(tested.dav, { 'a.ics': event('a'), 'b%20c.ics': event('b'), '%40.ics': event('at') });
});

const multiget = async (hrefs: readonly string[], path = url, wanted = props('d:getetag', 'c:calendar-data')) =>
  responses(
    await report(
      tested.dav,
      path,
      xml('c:calendar-multiget', wanted + hrefs.map((href) => `<d:href>${href}</d:href>`).join('')),
    ),
  );

describe('calendar-multiget (RFC 4791 7.9)', () => {
  it('gives each member that is named, in the order of the request, with ETag and data', async () => {
    const told = await multiget([`${url}b%20c.ics`, `${url}a.ics`]);
    expect(told.map(({ href }) => href)).toEqual([`${url}b%20c.ics`, `${url}a.ics`]);
    expect(told.map(dataIn)).toEqual([event('b'), event('a')]);
    expect(deepText(told[1]?.found['d:getetag'])).toBe((await tested.dav('GET', `${url}a.ics`)).headers.etag);
  });

  it('answers 404 for each that is not there, in its place', async () => {
    const told = await multiget([`${url}none.ics`, `${url}a.ics`, `${url}gone.ics`]);
    expect(told.map(({ href, status }) => [href, status])).toEqual([
      [`${url}none.ics`, 404],
      [`${url}a.ics`, null],
      [`${url}gone.ics`, 404],
    ]);
  });

  it.each([
    ['another percent-encoding', () => `${url}%61.ics`],
    ['lower case escapes and needless ones', () => `${url}b%20%63.ics`],
    ['an absolute URL', () => `${tested.service.url}${url}a.ics`],
    ['white space around it', () => `\n  ${url}a.ics\n`],
    ['an escape that is not needed', () => `${url}%40.ics`],
    ['no escape where none is needed', () => `${url}@.ics`],
  ])('finds members under %s', async (_what, href) => {
    const told = await multiget([href()]);
    expect([told.length, told[0]?.status, told[0]?.failed]).toEqual([1, null, {}]);
  });

  it('the same member twice is told once', async () => {
    expect(await multiget([`${url}a.ics`, `${url}%61.ics`, `${url}a.ics`])).toHaveLength(1);
  });

  it('50 and 1000 hrefs at once', async () => {
    const members = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`m${index}.ics`, event(`m${index}`)]));
    const folder = await calendarWith(tested.dav, members);
    const wanted = Object.keys(members)
      .map((name) => folder + name)
      .reverse();
    const told = await multiget(wanted, folder);
    expect(told.map(({ href }) => href)).toEqual(wanted);
    expect(told.every((each) => dataIn(each).startsWith('BEGIN:VCALENDAR'))).toBe(true);
    expect(
      await multiget(
        Array.from({ length: 1000 }, (_, index) => `${folder}x${index}.ics`),
        folder,
      ),
    ).toHaveLength(1000);
  });

  it('members of other own calendars are given; of another user none, as if there were none (S4)', async () => {
    const other = await calendarWith(tested.dav, { 'o.ics': event('o') });
    const stranger = davClient(tested.service.url, 'user02');
    const { calendar: theirs } = await defaultFolders(stranger, 'user02');
    await put(stranger, `${theirs}secret.ics`, event('secret'));
    const told = await multiget([
      `${other}o.ics`,
      `${theirs}secret.ics`,
      '/calendars/nobody/x/y.ics',
      '/principals/users/user02/',
      url,
      '/',
      'nonsense',
      'http://%zz',
    ]);
    expect(told.map(({ status }) => status)).toEqual([null, 404, 404, 404, 404, 404, 404, 404]);
    expect(told[1]?.href).toBe(`${theirs}secret.ics`);
  });

  it('on a member: that member', async () => {
    expect((await multiget([`${url}a.ics`], `${url}a.ics`)).map(({ href }) => href)).toEqual([`${url}a.ics`]);
  });

  it('on a home: members of any calendar of it', async () => {
    expect((await multiget([`${url}a.ics`], '/calendars/user01/')).map(dataIn)).toEqual([event('a')]);
  });

  it('properties that a member does not have are 404, dead ones are given', async () => {
    await tested.dav('PROPPATCH', `${url}a.ics`, {
      body: xml('d:propertyupdate', '<d:set><d:prop><x:dead>1</x:dead></d:prop></d:set>'),
    });
    const [only] = await multiget([`${url}a.ics`], url, props('x:dead', 'x:none', 'd:displayname'));
    expect([deepText(only?.found['x:dead']), only?.failed]).toEqual(['1', { 'x:none': 404, 'd:displayname': 404 }]);
  });

  it('without hrefs: 400; where there is no calendar: supported-report', async () => {
    expect((await report(tested.dav, url, xml('c:calendar-multiget', props('d:getetag')))).status).toBe(400);
    const body = xml('c:calendar-multiget', `${props('d:getetag')}<d:href>/x</d:href>`);
    expect(refusal(await report(tested.dav, '/', body))).toBe('403 d:supported-report');
  });

  it('Prefer: return=minimal leaves out what was not found, but not the members that are gone (RFC 8144 2.1)', async () => {
    const body = xml(
      'c:calendar-multiget',
      `${props('d:getetag', 'x:none')}<d:href>${url}a.ics</d:href><d:href>${url}none.ics</d:href>`,
    );
    const told = responses(await report(tested.dav, url, body, { prefer: 'return=minimal' }));
    expect(told.map(({ failed, status }) => [failed, status])).toEqual([
      [{}, null],
      [{}, 404],
    ]);
  });
});
