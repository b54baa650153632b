import { beforeAll, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { type Dav, davClient } from '../support/dav-client.js';
import {
  byText,
  childNames,
  deepText,
  descendants,
  hrefsIn,
  propfind,
  props,
  refusal,
  report,
  responses,
  short,
  xml,
} from './dav-xml.js';
import { calendarWith, type TestedService, testedService } from './tested-service.js';

const seed = `
tenants:
  - id: example
    hosts: [localhost, 127.0.0.1]
    domains: [principals.example]
    profile: standard
    users:
      - {id: user01, login: user01, password: user01, name: User 01, addresses: [user01@example.org, u1@example.org]}
      - {id: user02, login: user02, password: user02, name: Zoë Ärmel, addresses: [user02@example.org]}
    groups:
      - {id: team, name: Team, members: [user01, user02]}
      - {id: other, name: Other, members: [user02]}
    resources:
      - {id: room1, name: Room 1, kind: room, addresses: [room1@example.org]}
      - {id: beamer, name: Beamer, kind: resource, addresses: [beamer@example.org]}
  - id: spies
    hosts: [spies.example]
    domains: [spies.example]
    profile: standard
    users:
      - {id: spy, login: spy, password: spy, name: User Spy, addresses: [spy@spies.example]}
`;

let tested: TestedService;
let dav: Dav;
let calendar: string;
beforeAll(async () => {
  tested = await testedService({ seed });
  ({ dav } = tested);
  calendar = await calendarWith(dav, { 'a.ics': event('a') });
});

const own = '/principals/users/user01/';
const hrefs = async (path: string, name: string) => hrefsIn((await propfind(dav, path, name)).found[name]);

describe('properties of principals (RFC 3744 4, RFC 4791 6.2, RFC 6638 2.4)', () => {
  it.each([
    ['d:principal-URL', own, [own]],
    ['c:calendar-home-set', own, ['/calendars/user01/']],
    ['c:calendar-user-address-set', own, ['mailto:user01@example.org', 'mailto:u1@example.org', own]],
    ['d:alternate-URI-set', own, ['mailto:user01@example.org', 'mailto:u1@example.org']],
    ['d:group-membership', own, ['/principals/groups/team/']],
    ['d:group-member-set', own, []],
    ['d:group-member-set', '/principals/groups/team/', ['/principals/users/user01/', '/principals/users/user02/']],
    ['d:principal-URL', '/principals/groups/team/', ['/principals/groups/team/']],
    [
      'c:calendar-user-address-set',
      '/principals/resources/room1/',
      ['mailto:room1@example.org', '/principals/resources/room1/'],
    ],
    ['d:current-user-principal', '/principals/users/user02/', [own]],
    ['d:principal-collection-set', own, ['/principals/']],
    ['d:principal-collection-set', '/calendars/user01/', ['/principals/']],
    ['d:owner', '/calendars/user01/', [own]],
  ])('%s of %s', async (name, path, values) => {
    expect(await hrefs(path, name)).toEqual(values);
  });

  it.each([
    [own, 'User 01', 'INDIVIDUAL'],
    ['/principals/users/user02/', 'Zoë Ärmel', 'INDIVIDUAL'],
    ['/principals/groups/team/', 'Team', 'GROUP'],
    ['/principals/resources/room1/', 'Room 1', 'ROOM'],
    ['/principals/resources/beamer/', 'Beamer', 'RESOURCE'],
  ])('displayname and calendar-user-type of %s', async (path, name, type) => {
    const { found } = await propfind(dav, path, 'd:displayname', 'c:calendar-user-type', 'd:resourcetype');
    expect([deepText(found['d:displayname']), deepText(found['c:calendar-user-type'])]).toEqual([name, type]);
    expect(childNames(found['d:resourcetype'])).toContain('d:principal');
  });

  it('the rights on principals, homes, calendars and members (RFC 3744 5.3–5.8)', async () => {
    const privileges = async (path: string) =>
      descendants(
        (await propfind(dav, path, 'd:current-user-privilege-set')).found['d:current-user-privilege-set'] as never,
        'd:privilege',
      ).flatMap(childNames);
    expect(await privileges(own)).toContain('d:read');
    expect(await privileges(own)).not.toContain('d:write');
    for (const path of ['/calendars/user01/', calendar, `${calendar}a.ics`]) {
      expect(await privileges(path)).toEqual(
        expect.arrayContaining([
          'd:read',
          'd:write',
          'd:bind',
          'd:unbind',
          'd:write-content',
          'd:write-properties',
          'c:read-free-busy',
        ]),
      );
      const { found, failed } = await propfind(
        dav,
        path,
        'd:acl',
        'd:supported-privilege-set',
        'd:acl-restrictions',
        'd:inherited-acl-set',
      );
      expect(failed).toEqual({});
      expect(hrefsIn(found['d:acl'])).toEqual([own]);
      expect(descendants(found['d:acl'] as never, 'd:protected')).toHaveLength(1);
      const described = descendants(found['d:supported-privilege-set'] as never, 'd:privilege').flatMap(childNames);
      expect(described).toEqual(expect.arrayContaining(['d:all', ...(await privileges(path))]));
    }
  });

  it('ACL is refused, and changes nothing (RFC 3744 8.1)', async () => {
    const body = xml(
      'd:acl',
      '<d:ace><d:principal><d:all/></d:principal><d:grant><d:privilege><d:read/></d:privilege></d:grant></d:ace>',
    );
    for (const path of [own, '/calendars/user01/', calendar])
      expect((await dav('ACL', path, { body })).status).toBe(403);
    expect((await tested.stranger('PROPFIND', calendar, { headers: { depth: '0' } })).status).toBe(404);
  });
});

const search = (inside: string, attributes = '', path = '/principals/') =>
  report(dav, path, xml(`d:principal-property-search${attributes}`, inside + props('d:displayname')), { depth: '0' });
const clause = (name: string, match: string, attributes = '') =>
  `<d:property-search><d:prop><${name}/></d:prop><d:match${attributes}>${match}</d:match></d:property-search>`;
const found = async (...given: Parameters<typeof search>) =>
  responses(await search(...given)).map(({ href }) => href.split('/').at(-2));

describe('principal-property-search (RFC 3744 9.4)', () => {
  it.each([
    ['a part of the name, in any case', clause('d:displayname', 'USER'), '', ['user01']],
    ['beyond ASCII, too', clause('d:displayname', 'ÄRM'), '', ['user02']],
    ['an address', clause('c:calendar-user-address-set', 'u1@example'), '', ['user01']],
    ['a mail address', clause('cs:email-address-set', 'room1@'), '', ['room1']],
    ['all clauses must hold', clause('d:displayname', 'user') + clause('cs:email-address-set', 'user02'), '', []],
    [
      'test="anyof"',
      clause('d:displayname', 'user') + clause('cs:email-address-set', 'user02'),
      ' test="anyof"',
      ['user01', 'user02'],
    ],
    ['match-type="equals"', clause('d:displayname', 'team', ' match-type="equals"'), '', ['team']],
    ['match-type="equals" of a part', clause('d:displayname', 'tea', ' match-type="equals"'), '', []],
    ['match-type="starts-with"', clause('d:displayname', 'room', ' match-type="starts-with"'), '', ['room1']],
    ['match-type="starts-with" of the end', clause('d:displayname', '1', ' match-type="starts-with"'), '', []],
    ['match-type="ends-with"', clause('d:displayname', '01', ' match-type="ends-with"'), '', ['user01']],
    ['a kind', clause('c:calendar-user-type', 'ROOM', ' match-type="equals"'), '', ['room1']],
    ['nobody', clause('d:displayname', 'nobody'), '', []],
    ['a property that cannot be searched', clause('d:getetag', 'x'), '', []],
    [
      'an empty text is in every name',
      clause('d:displayname', ''),
      '',
      ['beamer', 'other', 'room1', 'team', 'user01', 'user02'],
    ],
    ['no clause at all, as python-caldav sends it', '', '', ['beamer', 'other', 'room1', 'team', 'user01', 'user02']],
  ])('%s', async (_what, inside, attributes, names) => {
    expect((await found(inside, attributes)).sort(byText)).toEqual(names);
  });

  it('gives the properties that are asked for', async () => {
    const [only] = responses(await search(clause('d:displayname', 'Room 1')));
    expect([only?.href, deepText(only?.found['d:displayname'])]).toEqual(['/principals/resources/room1/', 'Room 1']);
  });

  it('is there on other resources, with apply-to-principal-collection-set', async () => {
    expect(
      await found(`${clause('d:displayname', 'team')}<d:apply-to-principal-collection-set/>`, '', '/calendars/user01/'),
    ).toEqual(['team']);
  });

  it('a limit cuts the answer with 507', async () => {
    const told = responses(
      await search(`${clause('cs:email-address-set', 'example.org')}<d:limit><d:nresults>2</d:nresults></d:limit>`),
    );
    expect(told.map(({ status }) => status)).toEqual([null, null, 507]);
  });

  it.each([
    ['no match', '<d:property-search><d:prop><d:displayname/></d:prop></d:property-search>'],
    ['no property', '<d:property-search><d:prop/><d:match>x</d:match></d:property-search>'],
    ['a match-type that is none', clause('d:displayname', 'x', ' match-type="like"')],
  ])('%s: 400', async (_what, inside) => {
    expect((await search(inside)).status).toBe(400);
  });

  it('principals of other tenants are not found and not there (O3)', async () => {
    expect(await found(clause('d:displayname', 'user'))).toEqual(['user01']);
    expect(await found(clause('cs:email-address-set', 'spies'))).toEqual([]);
    expect((await dav('PROPFIND', '/principals/users/spy/', { headers: { depth: '0' } })).status).toBe(404);
    const spy = davClient(tested.service.url, 'spy@spies.example', 'spy');
    const options = { headers: { depth: '0', host: 'spies.example' } };
    expect((await spy('PROPFIND', '/principals/users/user01/', options)).status).toBe(404);
    expect((await spy('PROPFIND', '/principals/users/spy/', options)).status).toBe(207);
  });

  it("Apple's search for attendees finds by all words typed so far", async () => {
    const body = xml(
      'cs:calendarserver-principal-search context="attendee"',
      `<cs:search-token>user</cs:search-token><cs:search-token>u1@</cs:search-token>${props('d:displayname')}`,
    );
    const told = responses(await report(dav, '/principals/', body, { depth: '0' }));
    expect(told.map(({ href }) => href)).toEqual([own]);
  });
});

it('principal-search-property-set tells what can be searched (RFC 3744 9.5)', async () => {
  const answer = await report(dav, '/principals/', xml('d:principal-search-property-set'), { depth: '0' });
  expect([answer.status, short(answer.xml().name)]).toEqual([200, 'd:principal-search-property-set']);
  const told = descendants(answer.xml(), 'd:principal-search-property').map((each) => [
    descendants(each, 'd:prop').flatMap(childNames)[0],
    deepText(descendants(each, 'd:description')[0]),
  ]);
  expect(told.map(([name]) => name)).toEqual(
    expect.arrayContaining(['d:displayname', 'c:calendar-user-address-set', 'cs:email-address-set']),
  );
  expect(told.every(([, words]) => words !== undefined && words !== '')).toBe(true);
});

describe('principal-match (RFC 3744 9.3)', () => {
  const match = async (path: string, inside: string) =>
    responses(await report(dav, path, xml('d:principal-match', inside + props('d:displayname')), { depth: '0' })).map(
      ({ href }) => href,
    );

  it('self is the own principal, where it is below', async () => {
    expect(await match('/principals/', '<d:self/>')).toContain(own);
    expect(await match('/principals/users/', '<d:self/>')).toEqual([own]);
    expect(await match('/principals/groups/', '<d:self/>')).not.toContain(own);
  });

  it('self is also the groups that one is a member of', async () => {
    expect(await match('/principals/groups/', '<d:self/>')).toEqual(['/principals/groups/team/']);
  });

  it('a property that names the user: the own calendars', async () => {
    expect(await match('/calendars/user01/', '<d:principal-property><d:owner/></d:principal-property>')).toEqual(
      expect.arrayContaining([calendar, tested.calendar, tested.tasks]),
    );
  });

  it('neither or both: 400', async () => {
    for (const inside of ['', '<d:self/><d:principal-property><d:owner/></d:principal-property>']) {
      expect((await report(dav, '/principals/', xml('d:principal-match', inside), { depth: '0' })).status).toBe(400);
    }
  });
});

it('acl-principal-prop-set tells of the principals that the access control list names (RFC 3744 9.2)', async () => {
  const answer = await report(dav, calendar, xml('d:acl-principal-prop-set', props('d:displayname')), { depth: '0' });
  expect(responses(answer).map(({ href, found: told }) => [href, deepText(told['d:displayname'])])).toEqual([
    [own, 'User 01'],
  ]);
});

it('a report that is not known: 403 supported-report (RFC 3253 3.6)', async () => {
  for (const name of ['d:version-tree', 'x:report', 'd:propfind']) {
    expect(refusal(await report(dav, calendar, xml(name)))).toBe('403 d:supported-report');
  }
  expect((await dav('REPORT', calendar)).status).toBe(400);
});
