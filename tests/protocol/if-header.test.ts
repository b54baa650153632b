import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { byText, property, proppatch, set } from './dav-xml.js';
import { newCalendar, put, type TestedService, testedService } from './tested-service.js';

let tested: TestedService;
beforeAll(async () => {
  tested = await testedService();
});

let folder: string;
let values: Readonly<Record<string, string>>;
beforeEach(async () => {
  folder = await newCalendar(tested.dav);
  const one = await put(tested.dav, `${folder}a.ics`, event('a'));
  const other = await put(tested.dav, `${folder}b.ics`, event('b'));
  const token = (await property(tested.dav, folder, 'd:sync-token')) ?? '';
  values = {
    ETAG: one.headers.etag ?? '',
    OTHER: other.headers.etag ?? '',
    TOKEN: token,
    FOLDER: folder,
    HOST: tested.service.url,
  };
});

/** Upper case words stand for the values above. */
const spell = (header: string) =>
  Object.entries(values).reduce((text, [word, value]) => text.replaceAll(word, value), header);
const conditionalPut = (header: string, name = 'a.ics') =>
  tested.dav('PUT', `${folder}${name}`, {
    headers: { if: spell(header) },
    body: event(name.slice(0, -4), ['SUMMARY:New']),
  });

describe('If on a PUT (RFC 4918 10.4)', () => {
  it.each([
    ['an untagged list with the ETag', '([ETAG])', 204],
    ['an untagged list with another one', '([OTHER])', 412],
    ['a weak spelling of the ETag', '([W/ETAG])', 204],
    ['lists are alternatives (10.4.3)', '(["x"]) ([ETAG])', 204],
    ['what is in a list must all hold', '([ETAG] ["x"])', 412],
    ['Not', '(Not [OTHER])', 204],
    ['Not of what holds', '(Not [ETAG])', 412],
    ['Not in lower case', '(not [OTHER])', 204],
    ['ETag and Not together', '([ETAG] Not [OTHER])', 204],
    ['an unknown state token', '(<urn:x:lock>)', 412],
    ['Not an unknown state token: always true (10.4.8)', '(Not <DAV:no-lock>)', 204],
    ['the usual safe form of clients', '(<DAV:no-lock>) (Not <DAV:no-lock>)', 204],
    ['a list tagged with the path', '<FOLDERa.ics> ([ETAG])', 204],
    ['a list tagged with the absolute URL', '<HOSTFOLDERa.ics> ([ETAG])', 204],
    ['a tag in another spelling', '<FOLDER%61.ics> ([ETAG])', 204],
    ['the condition of another resource that holds', '<FOLDERb.ics> ([OTHER])', 204],
    ['the condition of another resource that does not', '<FOLDERb.ics> ([ETAG])', 412],
    ['several lists under one tag', '<FOLDERb.ics> (["x"]) ([OTHER])', 204],
    ['several tags: one is enough', '<FOLDERa.ics> (["x"]) <FOLDERb.ics> ([OTHER])', 204],
    ['a resource that is not there has no ETag', '<FOLDERnone.ics> ([ETAG])', 412],
    ['Not of one that is not there', '<FOLDERnone.ics> (Not ["x"])', 204],
    ['the sync token of the collection as state token (RFC 6578 5)', '<FOLDER> (<TOKEN>)', 204],
    ['another sync token', '<FOLDER> (<TOKEN9>)', 412],
    ['the sync token of the collection is none of the member', '(<TOKEN>)', 412],
  ])('%s', async (_what, header, status) => {
    expect((await conditionalPut(header)).status).toBe(status);
    const { body } = await tested.dav('GET', `${folder}a.ics`);
    expect(body.includes('SUMMARY:New')).toBe(status === 204);
  });

  it.each([
    '',
    '()',
    '(',
    'x',
    '([ETAG]',
    '<a>',
    '(Not)',
    '([ETAG]) <FOLDERa.ics> ([ETAG])',
    '(Not Not [ETAG])',
    '[ETAG]',
  ])('%s does not follow the grammar: 400 (10.4.2)', async (header) => {
    expect((await conditionalPut(header)).status).toBe(400);
  });

  it('a sync token that is no longer current: 412', async () => {
    await put(tested.dav, `${folder}b.ics`, event('b', ['SUMMARY:Later']));
    expect((await conditionalPut('<FOLDER> (<TOKEN>)')).status).toBe(412);
  });

  it('on a URL where nothing is, a list that holds creates', async () => {
    expect((await conditionalPut('(["x"])', 'new.ics')).status).toBe(412);
    expect((await conditionalPut('(Not ["x"])', 'new.ics')).status).toBe(201);
  });

  it("another user's resource is as one that is not there", async () => {
    expect((await conditionalPut('</calendars/user02/> (Not ["x"])')).status).toBe(204);
  });
});

describe('If on other methods', () => {
  it.each(['GET', 'HEAD', 'DELETE', 'PROPPATCH', 'COPY', 'MOVE'])(
    '%s is not done when it does not hold: 412',
    async (method) => {
      const headers = { if: '(["x"])', destination: `${folder}c.ics` };
      const body =
        method === 'PROPPATCH'
          ? { body: '<d:propertyupdate xmlns:d="DAV:"><d:set><d:prop><x/></d:prop></d:set></d:propertyupdate>' }
          : {};
      expect((await tested.dav(method, `${folder}a.ics`, { headers, ...body })).status).toBe(412);
      expect((await tested.dav('GET', `${folder}a.ics`)).body).toBe(event('a'));
    },
  );

  it('MKCALENDAR and MKCOL', async () => {
    for (const method of ['MKCALENDAR', 'MKCOL']) {
      const answer = await tested.dav(method, '/calendars/user01/if/', { headers: { if: '(<urn:x:y>)' } });
      expect(answer.status).toBeGreaterThanOrEqual(400);
    }
    expect((await tested.dav('GET', '/calendars/user01/if/')).status).toBe(404);
    expect(
      (await tested.dav('MKCALENDAR', '/calendars/user01/if/', { headers: { if: '(Not <urn:x:y>)' } })).status,
    ).toBe(201);
  });

  it('PROPPATCH of a collection with its sync token', async () => {
    const before = values['TOKEN'];
    expect((await proppatch(tested.dav, folder, set('<x:a>1</x:a>'), { if: `(<${before}>)` })).status).toBe(207);
    await put(tested.dav, `${folder}c.ics`, event('c'));
    expect((await proppatch(tested.dav, folder, set('<x:a>2</x:a>'), { if: `(<${before}>)` })).status).toBe(412);
    expect(await property(tested.dav, folder, 'x:a')).toBe('1');
  });
});

it('many PUTs at once with the same If: one of them is carried out', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => conditionalPut('([ETAG])')));
  expect(answers.map(({ status }) => status).sort(byText)).toEqual([204, ...Array.from({ length: 9 }, () => 412)]);
});
