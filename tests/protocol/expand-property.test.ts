import { beforeAll, describe, expect, it } from 'vitest';
import { davClient } from '../support/dav-client.js';
import { childNames, children, deepText, descendants, hrefsIn, report, responses, xml } from './dav-xml.js';
import { type TestedService, testedService } from './tested-service.js';

let tested: TestedService;
beforeAll(async () => {
  tested = await testedService();
});

const property = (name: string, namespace: string, inside = '') =>
  `<d:property name="${name}" namespace="${namespace}">${inside}</d:property>`;
const expanded = async (path: string, inside: string) =>
  responses(await report(tested.dav, path, xml('d:expand-property', inside), { depth: '0' }))[0];
const caldav = 'urn:ietf:params:xml:ns:caldav';

describe('expand-property (RFC 3253 3.8)', () => {
  it('where a property holds an href, the properties of what it names stand in a DAV:response', async () => {
    const told = await expanded(
      '/',
      property(
        'current-user-principal',
        'DAV:',
        property('displayname', 'DAV:') + property('calendar-home-set', caldav),
      ),
    );
    const inner = told?.found['d:current-user-principal'];
    expect(childNames(inner)).toEqual(['d:response']);
    expect(hrefsIn(inner)).toEqual(['/principals/users/user01/', '/calendars/user01/']);
    expect(descendants(inner as never, 'd:displayname').map(deepText)).toEqual(['User 01']);
  });

  it('the namespace is DAV: where none is given', async () => {
    const told = await expanded(
      '/calendars/user01/',
      '<d:property name="owner"><d:property name="displayname"/></d:property>',
    );
    expect(descendants(told?.found['d:owner'] as never, 'd:displayname').map(deepText)).toEqual(['User 01']);
  });

  it('nests: groups of the principal, and their members', async () => {
    const told = await expanded(
      '/principals/users/user01/',
      property(
        'group-membership',
        'DAV:',
        property('displayname', 'DAV:') + property('group-member-set', 'DAV:', property('displayname', 'DAV:')),
      ),
    );
    expect(descendants(told?.found['d:group-membership'] as never, 'd:displayname').map(deepText)).toEqual([
      'Team',
      'User 01',
    ]);
  });

  it('a property without inner ones is as with PROPFIND, and what is not there is 404', async () => {
    const told = await expanded(
      '/calendars/user01/',
      property('owner', 'DAV:') +
        property('none', 'urn:example:x') +
        property('displayname', 'DAV:', property('x', 'DAV:')),
    );
    expect([hrefsIn(told?.found['d:owner']), told?.failed]).toEqual([['/principals/users/user01/'], { 'x:none': 404 }]);
  });

  it('inside an expansion, what is not there is a 404 propstat of the inner response', async () => {
    const told = await expanded('/', property('current-user-principal', 'DAV:', property('none', 'urn:example:x')));
    const [response] = children(told?.found['d:current-user-principal'] as never, 'd:response');
    expect(descendants(response as never, 'd:status').map(deepText)).toEqual(['HTTP/1.1 404 Not Found']);
  });

  it('a property that leads back to itself ends', async () => {
    const inside = Array.from({ length: 12 }).reduce<string>(
      (inner) => property('principal-URL', 'DAV:', inner),
      property('displayname', 'DAV:'),
    );
    expect(
      (await report(tested.dav, '/principals/users/user01/', xml('d:expand-property', inside), { depth: '0' })).status,
    ).toBe(207);
  });

  it('another home that a property names is not looked into (S4)', async () => {
    const told = await expanded(
      '/principals/users/user02/',
      property('calendar-home-set', caldav, property('quota-used-bytes', 'DAV:') + property('owner', 'DAV:')),
    );
    const [response] = children(told?.found['c:calendar-home-set'] as never, 'd:response');
    expect(children(response as never, 'd:status').map(deepText)).toEqual(['HTTP/1.1 404 Not Found']);
    expect(descendants(told?.found['c:calendar-home-set'] as never, 'd:quota-used-bytes')).toEqual([]);
  });

  it.each([
    ['no name', '<d:property/>'],
    ['a name that no element can have', '<d:property name="a b"/>'],
    ['markup in a name', '<d:property name="a&gt;&lt;b"/>'],
    ['a reserved namespace', '<d:property name="a" namespace="http://www.w3.org/2000/xmlns/"/>'],
  ])('%s: 400', async (_what, inside) => {
    expect((await report(tested.dav, '/', xml('d:expand-property', inside), { depth: '0' })).status).toBe(400);
  });

  it('is there on every kind of resource, and so says supported-report-set (RFC 3253 3.1.5)', async () => {
    const dav = davClient(tested.service.url);
    for (const path of [
      '/',
      '/calendars/',
      '/calendars/user01/',
      tested.calendar,
      '/principals/',
      '/principals/users/user01/',
    ]) {
      const body = '<d:propfind xmlns:d="DAV:"><d:prop><d:supported-report-set/></d:prop></d:propfind>';
      const [told] = responses(await dav('PROPFIND', path, { headers: { depth: '0' }, body }));
      expect(descendants(told?.found['d:supported-report-set'] as never, 'd:expand-property')).toHaveLength(1);
      expect((await expanded(path, property('current-user-principal', 'DAV:')))?.found).toHaveProperty(
        'd:current-user-principal',
      );
    }
  });
});
