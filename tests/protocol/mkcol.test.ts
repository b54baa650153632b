import { beforeAll, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { childNames, deepText, descendants, propfind, property, refusal, set, short, xml } from './dav-xml.js';
import { put, type TestedService, testedService } from './tested-service.js';

let tested: TestedService;
beforeAll(async () => {
  tested = await testedService();
});

const home = '/calendars/user01/';
const calendarType = '<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>';
const mkcol = (path: string, ...inside: string[]) =>
  tested.dav('MKCOL', path, { body: xml('d:mkcol', set(...inside)) });

describe('extended MKCOL (RFC 5689; N1, N2)', () => {
  it('makes a calendar with the properties of the request', async () => {
    const components =
      '<c:supported-calendar-component-set><c:comp name="VEVENT"/></c:supported-calendar-component-set>';
    const answer = await mkcol(
      `${home}extended/`,
      ...[
        calendarType,
        '<d:displayname>Name</d:displayname>',
        '<a:calendar-color>#123456</a:calendar-color>',
        components,
      ],
      ...[
        '<a:calendar-order>5</a:calendar-order>',
        '<c:calendar-description>Text</c:calendar-description>',
        '<x:dead>1</x:dead>',
      ],
    );
    expect(answer.status).toBe(201);
    const { found } = await propfind(
      tested.dav,
      `${home}extended/`,
      'd:resourcetype',
      'd:displayname',
      'a:calendar-color',
      'a:calendar-order',
      'c:calendar-description',
      'x:dead',
    );
    expect(childNames(found['d:resourcetype'])).toEqual(['d:collection', 'c:calendar']);
    expect(
      ['d:displayname', 'a:calendar-color', 'a:calendar-order', 'c:calendar-description', 'x:dead'].map((name) =>
        deepText(found[name]),
      ),
    ).toEqual(['Name', '#123456', '5', 'Text', '1']);
    await put(tested.dav, `${home}extended/a.ics`, event('a'));
  });

  it.each([
    ['a plain MKCOL without a body', undefined],
    ['a collection that is no calendar', '<d:resourcetype><d:collection/></d:resourcetype>'],
    ['an address book', '<d:resourcetype><d:collection/><x:addressbook/></d:resourcetype>'],
    ['no resource type', '<d:displayname>x</d:displayname>'],
  ])('%s: 403 valid-resourcetype (RFC 5689 3.3)', async (_what, inside) => {
    const answer =
      inside === undefined ? await tested.dav('MKCOL', `${home}plain/`) : await mkcol(`${home}plain/`, inside);
    expect(refusal(answer)).toBe('403 d:valid-resourcetype');
    expect((await tested.dav('PROPFIND', `${home}plain/`, { headers: { depth: '0' } })).status).toBe(404);
  });

  it('a resource type beside calendar that is not known is refused too (RFC 5689 3.3)', async () => {
    const answer = await mkcol(`${home}odd/`, '<d:resourcetype><d:collection/><c:calendar/><x:odd/></d:resourcetype>');
    expect(refusal(answer)).toBe('403 d:valid-resourcetype');
  });

  it('a property that cannot be set: 424 with mkcol-response, and nothing is made (RFC 5689 3, 5.2)', async () => {
    const answer = await mkcol(
      `${home}refused/`,
      calendarType,
      '<d:displayname>x</d:displayname>',
      '<d:getetag>x</d:getetag>',
    );
    expect(answer.status).toBe(424);
    expect(short(answer.xml().name)).toBe('d:mkcol-response');
    const statuses = descendants(answer.xml(), 'd:propstat').map((propstat) => [
      descendants(propstat, 'd:prop').flatMap(childNames),
      deepText(descendants(propstat, 'd:status')[0]),
    ]);
    expect(statuses).toEqual([
      [['d:getetag'], 'HTTP/1.1 403 Forbidden'],
      [['d:resourcetype', 'd:displayname'], 'HTTP/1.1 424 Failed Dependency'],
    ]);
    expect((await tested.dav('PROPFIND', `${home}refused/`, { headers: { depth: '0' } })).status).toBe(404);
  });
});

describe('where none can be made (RFC 4918 9.3.1)', () => {
  it('something is there already: 405 with Allow, and it stays what it is', async () => {
    await tested.dav('MKCALENDAR', `${home}stays/`, {
      body: xml('c:mkcalendar', set('<d:displayname>Stays</d:displayname>')),
    });
    const answer = await mkcol(`${home}stays/`, calendarType, '<d:displayname>Other</d:displayname>');
    expect([answer.status, answer.headers.allow]).toEqual([405, expect.stringContaining('PROPFIND')]);
    expect(await property(tested.dav, `${home}stays/`, 'd:displayname')).toBe('Stays');
  });

  it('the parent is missing: 409', async () => {
    expect((await mkcol(`${home}missing/inner/`, calendarType)).status).toBe(409);
  });

  it('inside a calendar or outside a home: 403 calendar-collection-location-ok (RFC 4791 5.3.1.1)', async () => {
    expect(refusal(await mkcol(`${tested.calendar}inner/`, calendarType))).toBe(
      '403 c:calendar-collection-location-ok',
    );
    expect(refusal(await mkcol('/elsewhere/', calendarType))).toBe('403 c:calendar-collection-location-ok');
  });

  it.each([
    ['text', 'text/plain', 'hello', 400],
    ['JSON', 'application/json', '{}', 415],
    ['XML of another root', 'text/xml', xml('d:propfind', '<d:allprop/>'), 415],
  ])('a body of %s is not understood (RFC 4918 9.3.1)', async (_what, type, body, status) => {
    expect((await tested.dav('MKCOL', `${home}body/`, { headers: { 'content-type': type }, body })).status).toBe(
      status,
    );
  });
});
