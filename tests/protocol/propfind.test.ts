import { beforeAll, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import type { DavAnswer } from '../support/dav-client.js';
import { childNames, deepText, list, propfind, props, refusal, responses, xml } from './dav-xml.js';
import { calendarWith, newCalendar, type TestedService, testedService } from './tested-service.js';

let tested: TestedService;
let calendar: string;
beforeAll(async () => {
  tested = await testedService();
  calendar = await calendarWith(
    tested.dav,
    { 'a.ics': event('a'), 'b.ics': event('b') },
    '<d:displayname>Work</d:displayname><x:dead>1</x:dead>',
  );
});

const ask = (path: string, body?: string, headers: Record<string, string> = { depth: '0' }): Promise<DavAnswer> =>
  tested.dav('PROPFIND', path, body === undefined ? { headers } : { headers, body });

describe('Depth (RFC 4918 9.1, 10.2)', () => {
  it('0 is the resource alone, 1 its members too', async () => {
    const body = xml('d:propfind', props('d:getetag'));
    expect(responses(await ask(calendar, body)).map(({ href }) => href)).toEqual([calendar]);
    const listed = (await list(tested.dav, calendar, 'd:getetag')).map(({ href }) => href);
    expect(listed).toEqual([calendar, `${calendar}a.ics`, `${calendar}b.ics`]);
  });

  it.each([['infinity'], ['Infinity'], [undefined]])(
    '%s on a collection is refused with propfind-finite-depth',
    async (depth) => {
      for (const path of ['/', '/calendars/user01/', calendar]) {
        const answer = await ask(path, undefined, depth === undefined ? {} : { depth });
        expect(refusal(answer)).toBe('403 d:propfind-finite-depth');
      }
    },
  );

  it('infinity on a member is the member', async () => {
    expect(responses(await ask(`${calendar}a.ics`, undefined, {})).map(({ href }) => href)).toEqual([
      `${calendar}a.ics`,
    ]);
    expect(responses(await ask(`${calendar}a.ics`, undefined, { depth: '1' }))).toHaveLength(1);
  });

  it.each(['2', '-1', 'all', '0, 1'])('%s is no Depth: 400', async (depth) => {
    expect((await ask(calendar, undefined, { depth })).status).toBe(400);
  });

  it('1 on the root, the homes and the principals lists what is the own', async () => {
    expect((await list(tested.dav, '/', 'd:resourcetype')).map(({ href }) => href)).toEqual([
      '/',
      '/calendars/',
      '/principals/',
    ]);
    expect((await list(tested.dav, '/calendars/', 'd:resourcetype')).map(({ href }) => href)).toEqual([
      '/calendars/',
      '/calendars/user01/',
    ]);
    const groups = (await list(tested.dav, '/principals/groups/', 'd:displayname')).map(({ href }) => href);
    expect(groups).toEqual(['/principals/groups/', '/principals/groups/team/']);
  });
});

describe('prop (RFC 4918 9.1)', () => {
  it('known properties are in a 200 propstat, unknown and absent ones in a 404 one', async () => {
    const { found, failed } = await propfind(
      tested.dav,
      calendar,
      'd:displayname',
      'x:none',
      'd:getcontentlength',
      'a:calendar-color',
    );
    expect(Object.keys(found)).toEqual(['d:displayname']);
    expect(failed).toEqual({ 'x:none': 404, 'd:getcontentlength': 404, 'a:calendar-color': 404 });
  });

  it('a property of no namespace and one with a strange name are told as not found, not as an error', async () => {
    const body = '<d:propfind xmlns:d="DAV:"><d:prop><plain/><y:z xmlns:y="a&amp;b&quot;&lt;"/></d:prop></d:propfind>';
    const [first] = responses(await ask(calendar, body));
    expect(first?.failed).toEqual({ '{}plain': 404, '{a&b"<}z': 404 });
  });

  it('the same property twice is told once', async () => {
    const answer = await ask(calendar, xml('d:propfind', props('d:displayname', 'd:displayname')));
    expect(answer.body.match(/<d:displayname>/g)).toHaveLength(1);
  });

  it('an empty prop tells of the resource without properties', async () => {
    const [only] = responses(await ask(calendar, xml('d:propfind', '<d:prop/>')));
    expect(only).toMatchObject({ href: calendar, found: {}, failed: {} });
  });
});

describe('allprop, include and propname (RFC 4918 9.1, 14.2, 14.8, 14.20)', () => {
  it.each([
    ['no body', undefined],
    ['an empty body', ''],
    ['allprop', xml('d:propfind', '<d:allprop/>')],
  ])('%s: the RFC 4918 properties and the dead ones, no costly ones (RFC 4791 5.2)', async (_what, body) => {
    const [first] = responses(await ask(calendar, body));
    expect(Object.keys(first?.found ?? {})).toEqual(
      expect.arrayContaining(['d:resourcetype', 'd:displayname', 'x:dead']),
    );
    for (const costly of [
      'c:supported-calendar-data',
      'c:calendar-timezone',
      'd:acl',
      'd:sync-token',
      'd:current-user-principal',
    ]) {
      expect(first?.found).not.toHaveProperty(costly);
    }
    const [member] = responses(await ask(`${calendar}a.ics`, body));
    expect(Object.keys(member?.found ?? {})).toEqual(
      expect.arrayContaining([
        'd:getetag',
        'd:getcontenttype',
        'd:getcontentlength',
        'd:getlastmodified',
        'd:creationdate',
        'd:resourcetype',
      ]),
    );
    expect(member?.failed).toEqual({});
  });

  it('include adds what is named', async () => {
    const body = xml('d:propfind', `<d:allprop/><d:include><d:sync-token/><x:none/></d:include>`);
    const [first] = responses(await ask(calendar, body));
    expect(first?.found).toHaveProperty('d:sync-token');
    expect(first?.found).toHaveProperty('d:displayname');
    expect(first?.failed).toEqual({ 'x:none': 404 });
  });

  it('propname gives names without values, of dead properties too, and only of those that are there', async () => {
    const [first] = responses(await ask(calendar, xml('d:propfind', '<d:propname/>')));
    expect(Object.keys(first?.found ?? {})).toEqual(
      expect.arrayContaining(['d:displayname', 'd:sync-token', 'd:acl', 'x:dead']),
    );
    expect(Object.values(first?.found ?? {}).every(({ children }) => children.length === 0)).toBe(true);
    expect(first?.found).not.toHaveProperty('d:getcontentlength');
    expect(first?.found).not.toHaveProperty('a:calendar-color');
  });

  it('propname with Depth: 1 names the properties of members', async () => {
    const answer = await ask(calendar, xml('d:propfind', '<d:propname/>'), { depth: '1' });
    const [, member] = responses(answer);
    expect(Object.keys(member?.found ?? {})).toContain('d:getetag');
    expect(deepText(member?.found['d:getetag'])).toBe('');
  });
});

describe('bodies that are none (RFC 4918 9.1, 8.2)', () => {
  it.each([
    ['another root', xml('d:propertyupdate', props('d:x'))],
    ['no choice', xml('d:propfind', '')],
    ['two choices', xml('d:propfind', '<d:allprop/><d:propname/>')],
    ['malformed XML', '<d:propfind xmlns:d="DAV:"><d:prop>'],
    ['an undeclared prefix', '<d:propfind><d:allprop/></d:propfind>'],
  ])('%s: 400', async (_what, body) => {
    expect((await ask(calendar, body)).status).toBe(400);
  });

  it('elements and attributes that are not known are passed over (RFC 4918 17)', async () => {
    const body = xml('d:propfind x:more="1"', `<x:extra><d:prop/></x:extra>${props('d:displayname')}<x:y/>`);
    expect(deepText(responses(await ask(calendar, body))[0]?.found['d:displayname'])).toBe('Work');
  });

  it('a resource that is not there: 404', async () => {
    for (const path of [
      `${calendar}none.ics`,
      '/calendars/user01/none/',
      '/nothing/',
      '/principals/users/none/',
      '/principals/none/',
    ]) {
      expect((await ask(path)).status).toBe(404);
    }
  });
});

describe('Prefer: return=minimal and Brief: t (RFC 8144 2.1, RFC 7240 4.2)', () => {
  it.each([{ prefer: 'return=minimal' }, { prefer: 'handling=lenient, return=minimal' }, { brief: 't' }])(
    '%o leaves out what was not found',
    async (preference) => {
      const body = xml('d:propfind', props('d:displayname', 'x:none'));
      const headers = { depth: '1', ...preference } as unknown as Record<string, string>;
      const answers = responses(await ask(calendar, body, headers));
      expect(answers.map(({ failed }) => failed)).toEqual([{}, {}, {}]);
      expect(answers[0]?.found).toHaveProperty('d:displayname');
    },
  );

  it('a response without anything found is still a valid one: an empty 200 propstat (RFC 8144 2.1)', async () => {
    const body = xml('d:propfind', props('x:none'));
    const answer = await ask(calendar, body, { depth: '0', prefer: 'return=minimal' });
    expect(answer.body).toMatch(/<d:propstat><d:prop><\/d:prop><d:status>HTTP\/1.1 200 OK/);
  });
});

describe('one canonical spelling of every href (RFC 3986 6.2.2, RFC 4918 8.3)', () => {
  it('a member is the same resource under every percent-encoding, and always told as the same', async () => {
    const url = await calendarWith(tested.dav, { 'a%20b@c%C3%A4.ics': event('u') });
    const spellings = ['a%20b@c%C3%A4.ics', 'a%20b%40c%c3%a4.ics', '%61%20b%40%63%C3%A4%2eics'];
    for (const spelling of spellings) {
      expect((await propfind(tested.dav, url + spelling, 'd:getetag')).href).toBe(`${url}a%20b@c%C3%A4.ics`);
    }
  });

  it('collections are told with a slash at the end, however they are asked for (RFC 4918 5.2)', async () => {
    expect((await propfind(tested.dav, calendar.slice(0, -1), 'd:displayname')).href).toBe(calendar);
    expect((await propfind(tested.dav, '/calendars/user%301', 'd:displayname')).href).toBe('/calendars/user01/');
    expect((await propfind(tested.dav, '/principals/users/user01', 'd:displayname')).href).toBe(
      '/principals/users/user01/',
    );
  });

  it('resourcetype tells collections, calendars and principals apart (RFC 4918 15.9, RFC 4791 4.2, RFC 3744 4)', async () => {
    const types = async (path: string) =>
      childNames((await propfind(tested.dav, path, 'd:resourcetype')).found['d:resourcetype']);
    expect(await types('/calendars/user01/')).toEqual(['d:collection']);
    expect(await types(await newCalendar(tested.dav))).toEqual(['d:collection', 'c:calendar']);
    expect(await types('/principals/users/user01/')).toContain('d:principal');
    expect(await types(`${calendar}a.ics`)).toEqual([]);
  });
});
