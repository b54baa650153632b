import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { xml } from './dav-xml.js';
import { demandAlive, newCalendar, put, sendRaw, type TestedService, testedService } from './tested-service.js';

let tested: TestedService;
let url: string;
beforeAll(async () => {
  tested = await testedService();
  url = await newCalendar(tested.dav);
  await put(tested.dav, `${url}a.ics`, event('a'));
});

afterAll(() => demandAlive(tested));

/** Statuses of 500 and above that tell of the request, not of a fault. */
const deliberate = new Set([502, 507]);

describe('random input never makes a 5xx (fast-check)', () => {
  const methods = [
    'PROPFIND',
    'PROPPATCH',
    'REPORT',
    'MKCALENDAR',
    'MKCOL',
    'PUT',
    'GET',
    'DELETE',
    'COPY',
    'MOVE',
    'OPTIONS',
    'ACL',
  ];
  const target = () =>
    fc.constantFrom(
      '/',
      '/calendars/user01/',
      url,
      `${url}fuzz.ics`,
      '/principals/users/user01/',
      '/calendars/user01/fuzz/',
    );
  const names = [
    'd:propfind',
    'd:prop',
    'd:propertyupdate',
    'd:set',
    'd:remove',
    'd:allprop',
    'd:sync-collection',
    'd:sync-token',
    'd:expand-property',
    'd:property',
    'd:href',
    'c:calendar-query',
    'c:filter',
    'c:comp-filter',
    'c:prop-filter',
    'c:time-range',
    'c:calendar-data',
    'c:expand',
    'c:mkcalendar',
    'd:mkcol',
    'd:resourcetype',
    'd:limit',
    'd:nresults',
    'c:calendar-timezone',
    'a:calendar-color',
    'd:principal-property-search',
    'd:property-search',
    'd:match',
    'x:a',
  ];
  const attribute = fc.tuple(
    fc.constantFrom('name', 'start', 'end', 'collation', 'namespace', 'test', 'xml:lang'),
    fc.constantFrom('VCALENDAR', 'VEVENT', '20260101T000000Z', 'x', '', 'DAV:', '\u2603', 'i;octet'),
  );
  const { tree } = fc.letrec<{ tree: string }>((tie) => ({
    tree: fc
      .tuple(
        fc.constantFrom(...names),
        fc.uniqueArray(attribute, { maxLength: 2, selector: ([name]) => name }),
        fc.array(fc.oneof({ maxDepth: 5 }, fc.constantFrom('', 'text', '1'), tie('tree')), { maxLength: 3 }),
      )
      .map(
        ([name, attributes, children]) =>
          `<${name}${attributes.map(([key, value]) => ` ${key}="${value}"`).join('')}>${children.join('')}</${name}>`,
      ),
  }));
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((octets) => Buffer.from(octets)),
    fc.string({ unit: 'binary', maxLength: 200 }).map((text) => Buffer.from(text)),
    tree.map((text) =>
      Buffer.from(xml(text.slice(1, text.indexOf('>')), text.slice(text.indexOf('>') + 1, text.lastIndexOf('<')))),
    ),
    fc.constant(Buffer.from(event('fuzz'))),
  );
  const headers = fc.record(
    {
      depth: fc.constantFrom('0', '1', 'infinity', 'x'),
      destination: fc.constantFrom('/', '/calendars/user01/x/y.ics', 'x', 'http://localhost/%zz', 'http://[/'),
      'if-match': fc.constantFrom('*', '"x"', '', 'W/'),
      'if-none-match': fc.constantFrom('*', '"x"', '"'),
      if: fc.constantFrom('()', '(<a>)', '(Not ["x"])', '<http://[> (["x"])', '<x> (<y>)', '<//> (["x"])'),
      overwrite: fc.constantFrom('T', 'F', 'x'),
      prefer: fc.constantFrom('return=minimal', 'return=representation', '='),
      'content-type': fc.constantFrom('text/xml', 'text/calendar', 'application/json', '', '/'),
    },
    { requiredKeys: [] },
  );

  it('any method, path, headers and body', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...methods),
        fc.constant(null).chain(target),
        headers,
        body,
        async (method, path, given, octets) => {
          if (method === 'DELETE' && path === url) return;
          const answer = await tested.dav(method, path, { headers: given as Record<string, string>, body: octets });
          expect(answer.status < 500 || deliberate.has(answer.status)).toBe(true);
        },
      ),
      { numRuns: 1500 },
    );
  });

  // Empty lines alone are no request yet (RFC 9112 2.2): the server would wait for one.
  const anyOctets = fc
    .uint8Array({ minLength: 1, maxLength: 400 })
    .filter((octets) => octets.some((octet) => octet !== 10 && octet !== 13));

  it('any octets on a connection', async () => {
    await fc.assert(
      fc.asyncProperty(anyOctets, async (octets) => {
        const raw = await sendRaw(tested.service.url, Buffer.concat([octets, Buffer.from('\r\n\r\n')]));
        expect(raw).toMatch(/^(HTTP\/1.1 4\d\d |$)/);
      }),
      { numRuns: 100 },
    );
  });
});
