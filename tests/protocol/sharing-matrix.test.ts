import { type ShareRight, shareRights } from '@almanac/contracts';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { type Dav, davClient } from '../support/dav-client.js';
import { props, report, set, xml } from './dav-xml.js';
import { newCalendar, put } from './tested-service.js';
import { inHomeOf, share, type Sharing, sharesUrl, sharingService } from './sharing.js';

type Column = 'owner' | ShareRight | 'none';

/** Who acts, and on which folder, in what URL. */
interface Case {
  readonly dav: Dav;
  readonly folder: string;
  readonly canonical: string;
  /** The actor's own calendar. */
  readonly home: string;
  /** Put by the owner; anew for each request. */
  readonly theirs: string;
  /** Put by the actor, while it was allowed. */
  readonly own: string;
  readonly fresh: string;
}

const ics = { 'content-type': 'text/calendar' };
const filter = '<c:filter><c:comp-filter name="VCALENDAR"/></c:filter>';
const range = '<c:time-range start="20261101T000000Z" end="20261201T000000Z"/>';
const alarm = ['BEGIN:VALARM', 'ACTION:DISPLAY', 'DESCRIPTION:x', 'TRIGGER:-PT5M', 'END:VALARM'];
const uidOf = (name: string): string => name.replace('.ics', '');

const requests: Readonly<Record<string, (of: Case) => ReturnType<Dav>>> = {
  'PROPFIND folder': ({ dav, folder }) =>
    dav('PROPFIND', folder, { headers: { depth: '1' }, body: xml('d:propfind', props('d:getetag')) }),
  'OPTIONS folder': ({ dav, folder }) => dav('OPTIONS', folder),
  'GET folder': ({ dav, folder }) => dav('GET', folder),
  'GET theirs': ({ dav, folder, theirs }) => dav('GET', folder + theirs),
  'HEAD theirs': ({ dav, folder, theirs }) => dav('HEAD', folder + theirs),
  'PROPFIND theirs': ({ dav, folder, theirs }) =>
    dav('PROPFIND', folder + theirs, { headers: { depth: '0' }, body: xml('d:propfind', props('d:getetag')) }),
  'calendar-query': ({ dav, folder }) => report(dav, folder, xml('c:calendar-query', props('d:getetag') + filter)),
  'free-busy-query': ({ dav, folder }) => report(dav, folder, xml('c:free-busy-query', range)),
  'sync-collection': ({ dav, folder }) =>
    report(dav, folder, xml('d:sync-collection', '<d:sync-token/><d:sync-level>1</d:sync-level><d:prop/>')),
  'PUT reminder on theirs': ({ dav, folder, theirs }) =>
    dav('PUT', folder + theirs, { headers: ics, body: event(uidOf(theirs), alarm) }),
  'PROPPATCH folder': ({ dav, folder }) =>
    dav('PROPPATCH', folder, { body: xml('d:propertyupdate', set('<a:calendar-color>#fff</a:calendar-color>')) }),
  'PUT new': ({ dav, folder, fresh }) => dav('PUT', folder + fresh, { headers: ics, body: event(uidOf(fresh)) }),
  'PUT over theirs': ({ dav, folder, theirs }) =>
    dav('PUT', folder + theirs, { headers: ics, body: event(uidOf(theirs), ['SUMMARY:changed']) }),
  'PUT over own': ({ dav, folder, own }) =>
    dav('PUT', folder + own, { headers: ics, body: event(uidOf(own), ['SUMMARY:changed']) }),
  'PROPPATCH theirs': ({ dav, folder, theirs }) =>
    dav('PROPPATCH', folder + theirs, { body: xml('d:propertyupdate', set('<x:a>1</x:a>')) }),
  'COPY theirs out': ({ dav, folder, theirs, home, fresh }) =>
    dav('COPY', folder + theirs, { headers: { destination: `${home}${fresh}` } }),
  'COPY into folder': async ({ dav, folder, home, fresh }) => {
    await put(dav, `${home}c-${fresh}`, event(`c-${uidOf(fresh)}`));
    return dav('COPY', `${home}c-${fresh}`, { headers: { destination: `${folder}c-${fresh}` } });
  },
  'MOVE own out': ({ dav, folder, own, home, fresh }) =>
    dav('MOVE', folder + own, { headers: { destination: `${home}m-${fresh}` } }),
  'MOVE theirs out': ({ dav, folder, theirs, home, fresh }) =>
    dav('MOVE', folder + theirs, { headers: { destination: `${home}m-${fresh}` } }),
  'DELETE own': ({ dav, folder, own }) => dav('DELETE', folder + own),
  'DELETE theirs': ({ dav, folder, theirs }) => dav('DELETE', folder + theirs),
  'ACL folder': ({ dav, folder }) => dav('ACL', folder, { body: xml('d:acl') }),
  'MKCALENDAR inside': ({ dav, folder }) => dav('MKCALENDAR', `${folder}inside/`),
  'API folder': ({ dav, canonical }) => dav('GET', sharesUrl(canonical).replace(/\/shares$/, '')),
  'API shares': ({ dav, canonical }) => dav('GET', sharesUrl(canonical)),
  'API share': ({ dav, canonical }) =>
    dav('PUT', sharesUrl(canonical, 'nobody'), {
      headers: { 'content-type': 'application/json' },
      body: '{"right":"see-busy"}',
    }),
  'API unshare': ({ dav, canonical }) => dav('DELETE', sharesUrl(canonical, 'nobody')),
  'DELETE folder': ({ dav, folder }) => dav('DELETE', folder),
};

/** What each right is answered; the one table of row S4. */
const table = `
                        owner administer delete edit-all edit-own add read see-busy none
PROPFIND folder         207   207        207    207      207      207 207  207      404
OPTIONS folder          200   200        200    200      200      200 200  200      200
GET folder              200   200        200    200      200      200 200  200      404
GET theirs              200   200        200    200      200      200 200  200      404
HEAD theirs             200   200        200    200      200      200 200  200      404
PROPFIND theirs         207   207        207    207      207      207 207  207      404
calendar-query          207   207        207    207      207      207 207  207      404
free-busy-query         200   200        200    200      200      200 200  200      404
sync-collection         207   207        207    207      207      207 207  207      404
PUT reminder on theirs  204   204        204    204      204      204 204  403      409
PROPPATCH folder        207   207        207    207      207      207 207  207      404
PUT new                 201   201        201    201      201      201 403  403      409
PUT over theirs         204   204        204    204      403      403 403  403      409
PUT over own            204   204        204    204      204      403 403  403      409
PROPPATCH theirs        207   207        207    207      403      403 403  403      404
COPY theirs out         201   201        201    201      201      201 201  201      404
COPY into folder        201   201        201    201      201      201 403  403      409
MOVE own out            201   201        201    201      201      403 403  403      404
MOVE theirs out         201   201        201    403      403      403 403  403      404
DELETE own              204   204        204    204      204      403 403  403      404
DELETE theirs           204   204        204    403      403      403 403  403      404
ACL folder              403   403        403    403      403      403 403  403      404
MKCALENDAR inside       403   403        403    403      403      403 403  403      409
API folder              200   200        200    200      200      200 200  200      404
API shares              200   200        403    403      403      403 403  403      404
API share               200   200        403    403      403      403 403  403      404
API unshare             204   204        403    403      403      403 403  403      404
DELETE folder           204   403        403    403      403      403 403  403      404
`;

const [header = '', ...lines] = table.split('\n').filter((line) => line !== '');
const columns = header.trim().split(/\s+/) as Column[];
const rows = lines.map((line) => {
  const [, action = '', cells = ''] = /^(.+?)\s{2,}(\d.*)$/.exec(line) ?? [];
  return { action, cells: cells.split(/\s+/).map(Number) };
});

let sharing: Sharing;
beforeAll(async () => {
  sharing = await sharingService();
});

let made = 0;
/** Each has a folder of its own. */
const atOnce = 4;

/** A folder of ada with one member of each kind, shared anew for each request: what one does, no other sees. */
async function caseFor(actor: 'ada' | 'bob' | 'cleo' | 'dan', column: Column, url: 'own' | 'canonical'): Promise<Case> {
  const { as, calendars } = sharing;
  made += 1;
  const [theirs, own, fresh] = [`t${made}.ics`, `o${made}.ics`, `f${made}.ics`];
  const canonical = await newCalendar(as.ada, '', '/calendars/ada/');
  await put(as.ada, canonical + theirs, event(uidOf(theirs)));
  const whom = actor === 'cleo' ? 'crew' : actor;
  if (actor !== 'ada') await share(as.ada, canonical, whom, 'add');
  await put(as[actor], canonical + own, event(uidOf(own)));
  if (column === 'none') await share(as.ada, canonical, whom, null);
  else if (column !== 'owner') await share(as.ada, canonical, whom, column);
  const folder = url === 'own' ? inHomeOf(actor, canonical) : canonical;
  return { dav: as[actor], folder, canonical, home: calendars[actor] ?? '', theirs, own, fresh };
}

describe('S1, S4: what a right allows, through every method, REPORT and link', () => {
  it('has a column for each right and a row for each request', () => {
    expect(columns.slice(1, -1)).toEqual([...shareRights].reverse());
    expect(rows.map(({ action }) => action)).toEqual(Object.keys(requests));
    expect(rows.every(({ cells }) => cells.length === columns.length)).toBe(true);
  });

  const sharees = [
    ['bob', 'own'],
    ['bob', 'canonical'],
    ['cleo', 'own'],
  ] as const;

  /** Over many processes each cell is asked by one of them, in turn: the rights are the same code. */
  const actorsFor = (column: Column, index: number) => {
    if (column === 'owner') return [['ada', 'canonical']] as const;
    return sharees.filter((_sharee, turn) => inject('stack') === undefined || turn === index % sharees.length);
  };

  it.each(columns)('%s', { timeout: 120_000 }, async (column) => {
    const at = columns.indexOf(column);
    const differences: string[] = [];
    const check = async (
      action: string,
      expected: number | undefined,
      [actor, url]: (typeof sharees)[number] | readonly ['ada', 'canonical'],
    ) => {
      const of = await caseFor(actor, column, url);
      // Taking a share back that is not there is another matter.
      if (action === 'API unshare' && column !== 'none') await share(sharing.as.ada, of.canonical, 'nobody', 'read');
      const { status, body } = (await requests[action]?.(of)) ?? { status: 0, body: '' };
      if (status !== expected) differences.push(`${action} by ${actor} (${url}): ${status}, not ${expected}`);
      if (column === 'none' && body.includes('SUMMARY')) differences.push(`${action} shows something to ${actor}`);
      if (column === 'see-busy' && body.includes('Event t')) differences.push(`${action} shows a text to ${actor}`);
    };
    await Promise.all(
      Array.from({ length: atOnce }, async (_, first) => {
        for (const [index, { action, cells }] of rows.entries()) {
          if (index % atOnce !== first) continue;
          for (const actor of actorsFor(column, index)) await check(action, cells[at], actor);
        }
      }),
    );
    expect(differences).toEqual([]);
  });

  it('nothing at all to another tenant, and nothing to a stranger in the same', async () => {
    const of = await caseFor('bob', 'administer', 'canonical');
    const headers = { depth: '0', host: 'dav.sharing-rival.example' };
    for (const user of ['ada', 'bob']) {
      const rival = davClient(sharing.tested.service.url, user);
      for (const path of [of.canonical, of.canonical + of.theirs, inHomeOf('bob', of.canonical)]) {
        expect((await rival('PROPFIND', path, { headers })).status).toBe(404);
      }
    }
    const { dan } = sharing.as;
    for (const path of [of.canonical, of.canonical + of.theirs, inHomeOf('dan', of.canonical)]) {
      expect((await dan('PROPFIND', path, { headers: { depth: '0' } })).status).toBe(404);
    }
    expect((await dan('PROPFIND', '/calendars/dan/', { headers: { depth: '1' } })).body).not.toContain('ada~');
  });
});
