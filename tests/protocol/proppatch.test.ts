import { beforeAll, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { davClient } from '../support/dav-client.js';
import { childNames, deepText, property, propfind, proppatch, refusal, remove, responses, set } from './dav-xml.js';
import { calendarWith, newCalendar, type TestedService, testedService } from './tested-service.js';

let tested: TestedService;
let calendar: string;
let member: string;
beforeAll(async () => {
  tested = await testedService();
  calendar = await calendarWith(tested.dav, { 'a.ics': event('a') });
  member = `${calendar}a.ics`;
});

const resources = (): readonly string[] => ['/calendars/user01/', calendar, member];

it('a name, colour, order, description and transparency can be set and removed (RFC 4918 9.2, N2)', async () => {
  const url = await newCalendar(tested.dav);
  const values: Readonly<Record<string, string>> = {
    'd:displayname': 'Büro & <mehr>',
    'a:calendar-color': '#FF2968FF',
    'a:calendar-order': '7',
    'c:calendar-description': 'Text ☃',
  };
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const elements = Object.entries(values).map(([name, value]) => `<${name}>${escaped(value)}</${name}>`);
  const [answer] = responses(await proppatch(tested.dav, url, set(...elements)));
  expect([answer?.href, Object.keys(answer?.found ?? {}), answer?.failed]).toEqual([url, Object.keys(values), {}]);
  for (const [name, value] of Object.entries(values)) expect(await property(tested.dav, url, name)).toBe(value);
  await proppatch(tested.dav, url, remove(...Object.keys(values)));
  const { failed } = await propfind(tested.dav, url, ...Object.keys(values));
  expect(failed).toEqual(Object.fromEntries(Object.keys(values).map((name) => [name, 404])));
});

it('schedule-calendar-transp takes opaque and transparent and nothing else (RFC 6638 9.1)', async () => {
  const url = await newCalendar(tested.dav);
  const transp = async () =>
    childNames((await propfind(tested.dav, url, 'c:schedule-calendar-transp')).found['c:schedule-calendar-transp']);
  expect(await transp()).toEqual(['c:opaque']);
  await proppatch(tested.dav, url, set('<c:schedule-calendar-transp><c:transparent/></c:schedule-calendar-transp>'));
  expect(await transp()).toEqual(['c:transparent']);
  const [answer] = responses(
    await proppatch(tested.dav, url, set('<c:schedule-calendar-transp>x</c:schedule-calendar-transp>')),
  );
  expect(answer?.failed).toEqual({ 'c:schedule-calendar-transp': 409 });
  expect(await transp()).toEqual(['c:transparent']);
});

describe('all or nothing (RFC 4918 9.2)', () => {
  it('one that cannot be set: the others are 424, and nothing has changed', async () => {
    const url = await newCalendar(tested.dav, '<d:displayname>Before</d:displayname>');
    const update = set('<d:displayname>After</d:displayname>', '<d:getetag>"x"</d:getetag>', '<x:new>1</x:new>');
    const [answer] = responses(await proppatch(tested.dav, url, update));
    expect(answer?.failed).toEqual({ 'd:getetag': 403, 'd:displayname': 424, 'x:new': 424 });
    expect(answer?.errors).toEqual(['d:cannot-modify-protected-property']);
    expect(await property(tested.dav, url, 'd:displayname')).toBe('Before');
    expect((await propfind(tested.dav, url, 'x:new')).failed).toEqual({ 'x:new': 404 });
  });

  it('a fault in a remove undoes the sets before it', async () => {
    const [answer] = responses(
      await proppatch(tested.dav, calendar, set('<x:kept>1</x:kept>') + remove('d:resourcetype')),
    );
    expect(answer?.failed).toEqual({ 'x:kept': 424, 'd:resourcetype': 403 });
    expect((await propfind(tested.dav, calendar, 'x:kept')).failed).toEqual({ 'x:kept': 404 });
  });

  it('set and remove of one property count in document order', async () => {
    await proppatch(
      tested.dav,
      calendar,
      set('<x:one>1</x:one>') + remove('x:one') + remove('x:two') + set('<x:two>2</x:two>'),
    );
    const { found, failed } = await propfind(tested.dav, calendar, 'x:one', 'x:two');
    expect([failed, deepText(found['x:two'])]).toEqual([{ 'x:one': 404 }, '2']);
    await proppatch(tested.dav, calendar, set('<x:three>a</x:three>', '<x:three>b</x:three>'));
    expect(await property(tested.dav, calendar, 'x:three')).toBe('b');
  });

  it('removing what is not there is no error (RFC 4918 14.23)', async () => {
    const [answer] = responses(await proppatch(tested.dav, calendar, remove('x:never', 'a:calendar-color')));
    expect([Object.keys(answer?.found ?? {}), answer?.failed]).toEqual([['x:never', 'a:calendar-color'], {}]);
  });
});

describe('protected properties (RFC 4918 15, RFC 4791 5.2.3, RFC 3744 5)', () => {
  it.each([
    ...[
      'd:resourcetype',
      'd:getetag',
      'd:getcontentlength',
      'd:getlastmodified',
      'd:creationdate',
      'd:sync-token',
      'd:owner',
      'd:acl',
    ],
    ...[
      'd:current-user-principal',
      'd:current-user-privilege-set',
      'd:supported-report-set',
      'd:quota-available-bytes',
      'cs:getctag',
    ],
    ...[
      'c:supported-calendar-component-set',
      'c:supported-calendar-data',
      'c:max-resource-size',
      'c:supported-collation-set',
    ],
  ])('%s of a collection: 403 cannot-modify-protected-property', async (name) => {
    const [answer] = responses(await proppatch(tested.dav, calendar, set(`<${name}>x</${name}>`)));
    expect([answer?.failed, answer?.errors]).toEqual([{ [name]: 403 }, ['d:cannot-modify-protected-property']]);
  });

  it.each(['d:getetag', 'd:getcontentlength', 'c:calendar-data'])('%s of a member', async (name) => {
    const [answer] = responses(await proppatch(tested.dav, member, set(`<${name}>x</${name}>`)));
    expect(answer?.failed).toEqual({ [name]: 403 });
  });

  it.each(['d:displayname', 'c:calendar-home-set', 'd:group-membership', 'x:dead'])(
    '%s of a principal',
    async (name) => {
      const [answer] = responses(await proppatch(tested.dav, '/principals/users/user01/', set(`<${name}>x</${name}>`)));
      expect(answer?.failed).toEqual({ [name]: 403 });
    },
  );
});

describe('dead properties (RFC 4918 4)', () => {
  const rich =
    '<x:dead xml:lang="de" at="1" xmlns:y="urn:y" y:at="2"> <y:a>one<b xmlns=""/>two</y:a><![CDATA[<&>]]>&#9731; <y:a/></x:dead>';

  it('are kept with structure, attributes, xml:lang, white space and namespaces, on homes, collections and members', async () => {
    for (const url of resources()) {
      expect(responses(await proppatch(tested.dav, url, set(rich)))[0]?.failed).toEqual({});
      const { found } = await propfind(tested.dav, url, 'x:dead');
      expect(found['x:dead']).toEqual({
        name: '{urn:example:x}dead',
        namespace: 'urn:example:x',
        local: 'dead',
        attributes: { '{http://www.w3.org/XML/1998/namespace}lang': 'de', at: '1', '{urn:y}at': '2' },
        children: [
          ' ',
          {
            ...{ name: '{urn:y}a', namespace: 'urn:y', local: 'a', attributes: {} },
            children: ['one', { name: '{}b', namespace: '', local: 'b', attributes: {}, children: [] }, 'two'],
          },
          '<&>☃ ',
          { name: '{urn:y}a', namespace: 'urn:y', local: 'a', attributes: {}, children: [] },
        ],
      });
    }
  });

  it('an xml:lang in scope is kept with the value (RFC 4918 4.3)', async () => {
    const update = '<d:set><d:prop xml:lang="fr"><x:told>oui</x:told></d:prop></d:set>';
    await proppatch(tested.dav, calendar, update);
    const { found } = await propfind(tested.dav, calendar, 'x:told');
    expect(found['x:told']?.attributes).toEqual({ '{http://www.w3.org/XML/1998/namespace}lang': 'fr' });
  });

  it('may be in DAV: or another known namespace, or in none', async () => {
    const update = set('<d:unheard-of>1</d:unheard-of>', '<c:unheard-of>2</c:unheard-of>', '<plain>3</plain>');
    for (const url of resources()) {
      expect(responses(await proppatch(tested.dav, url, update))[0]?.failed).toEqual({});
      const { found } = await propfind(tested.dav, url, 'd:unheard-of', 'c:unheard-of', 'plain');
      expect([found['d:unheard-of'], found['c:unheard-of'], found['{}plain']].map(deepText)).toEqual(['1', '2', '3']);
    }
  });

  it('stay when the member is written again (RFC 4918 9.7.1)', async () => {
    const url = await calendarWith(tested.dav, { 'a.ics': event('a') });
    await proppatch(tested.dav, `${url}a.ics`, set('<x:dead>kept</x:dead>'));
    await tested.dav('PUT', `${url}a.ics`, { body: event('a', ['SUMMARY:Later']) });
    expect(await property(tested.dav, `${url}a.ics`, 'x:dead')).toBe('kept');
  });

  it('survive a restart', async () => {
    const own = await testedService();
    const url = await newCalendar(own.dav, '<x:dead x:a="1">kept</x:dead>');
    await proppatch(own.dav, '/calendars/user01/', set('<x:dead>home</x:dead>'));
    await own.service.end();
    const again = davClient((await own.service.restart()).url);
    expect(await property(again, url, 'x:dead')).toBe('kept');
    expect(await property(again, '/calendars/user01/', 'x:dead')).toBe('home');
  });
});

it("a member's ETag and content stay what they are (RFC 4918 8.6)", async () => {
  const before = await tested.dav('GET', member);
  await proppatch(tested.dav, member, set('<x:note>new</x:note>'));
  const after = await tested.dav('GET', member);
  expect([after.headers.etag, after.body]).toEqual([before.headers.etag, before.body]);
});

describe('values that cannot be', () => {
  it.each([
    ['no iCalendar', 'Europe/Berlin'],
    ['no VTIMEZONE', 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n'],
    ['an event', event('x')],
  ])('calendar-timezone with %s is refused with valid-calendar-data (RFC 4791 5.2.2)', async (_what, text) => {
    const answer = await proppatch(tested.dav, calendar, set(`<c:calendar-timezone>${text}</c:calendar-timezone>`));
    const [first] = responses(answer);
    expect([first?.failed, first?.errors]).toEqual([{ 'c:calendar-timezone': 403 }, ['c:valid-calendar-data']]);
  });

  it('a calendar-order that is no number: 409', async () => {
    const [first] = responses(await proppatch(tested.dav, calendar, set('<a:calendar-order>last</a:calendar-order>')));
    expect(first?.failed).toEqual({ 'a:calendar-order': 409 });
  });

  it.each([
    ['an empty body', ''],
    ['another root', '<d:propfind xmlns:d="DAV:"><d:allprop/></d:propfind>'],
    ['no set or remove', '<d:propertyupdate xmlns:d="DAV:"/>'],
    ['a set without prop', '<d:propertyupdate xmlns:d="DAV:"><d:set/></d:propertyupdate>'],
  ])('%s: 400', async (_what, body) => {
    expect((await tested.dav('PROPPATCH', calendar, { body })).status).toBe(400);
  });

  it('a resource that is not there: 404', async () => {
    expect(refusal(await proppatch(tested.dav, `${calendar}none.ics`, set('<x:a/>')))).toBe('404');
  });
});
