import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMkcalendar } from '../bodies/mkcalendar.js';
import { parseMkcol } from '../bodies/mkcol.js';
import { parsePropfind } from '../bodies/propfind.js';
import { parsePropertyupdate } from '../bodies/propertyupdate.js';
import { DavError } from '../dav-error.js';
import type { PropertyName } from '../names.js';
import { parseXml } from '../parse-xml.js';
import type { XmlElement } from '../xml-element.js';
import { parseReport } from './parse-report.js';

const valid = [
  `<?xml version="1.0" encoding="UTF-8"?><c:calendar-query xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns="DAV:"><prop><getetag/>
<c:calendar-data content-type="text/calendar" version="2.0"><c:comp name="VCALENDAR"><c:allprop/><c:comp name="VEVENT"/></c:comp>
<c:expand start="20260101T000000Z" end="20260201T000000Z"/></c:calendar-data></prop><c:filter><c:comp-filter name="VCALENDAR">
<c:comp-filter name="VEVENT"><c:time-range start="20260101T000000Z"/><c:prop-filter name="UID"><c:text-match collation="i;octet">a&amp;b</c:text-match>
</c:prop-filter></c:comp-filter></c:comp-filter></c:filter><limit><nresults>5</nresults></limit></c:calendar-query>`,
  `<sync-collection xmlns="DAV:"><sync-token>urn:x</sync-token><sync-level>1</sync-level><prop><getetag/></prop></sync-collection>`,
  `<propertyupdate xmlns="DAV:"><set xml:lang="de"><prop><displayname><![CDATA[A]]></displayname></prop></set></propertyupdate>`,
  `<expand-property xmlns="DAV:"><property name="a" namespace="urn:b"><property name="c"/></property></expand-property>`,
  `<principal-property-search xmlns="DAV:"><property-search><prop><a/></prop><match>x</match></property-search></principal-property-search>`,
];

/** Valid input with a piece cut out, repeated or replaced. */
const mutated = fc
  .record({
    xml: fc.constantFrom(...valid),
    at: fc.nat(900),
    length: fc.nat(40),
    put: fc.oneof(
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.constantFrom('', '<', '>', '/>', '&', '"', '<!DOCTYPE x>', ' xmlns=""', '<?p?>', '<!--', ']]>', '&#0;', 'c:'),
    ),
    again: fc.boolean(),
  })
  .map(({ xml, at, length, put, again }) => {
    const from = at % xml.length;
    return xml.slice(0, from) + put + xml.slice(again ? Math.max(0, from - length) : from + length);
  });

/** Trees made of the words that the parsers look for, in any order. */
const locals = [...new Set(valid.join(' ').match(/(?<=[<:])[a-z][a-z-]+/g))];
const namespace = fc.constantFrom('DAV:', 'urn:ietf:params:xml:ns:caldav', 'http://calendarserver.org/ns/');
const { element } = fc.letrec<{ element: XmlElement }>((tie) => ({
  element: fc
    .record({
      namespace,
      local: fc.constantFrom(
        ...locals,
        'calendar-multiget',
        'free-busy-query',
        'principal-match',
        'href',
        'is-not-defined',
      ),
      attributes: fc.dictionary(
        fc.constantFrom('name', 'start', 'end', 'collation', 'namespace', 'test'),
        fc.constantFrom('', 'VCALENDAR', 'VEVENT', '20260101T000000Z', 'i;octet', 'anyof', '\u0000'),
      ),
      children: fc.array(fc.oneof({ depthSize: 'small' }, fc.constantFrom(' ', '1', 'infinite'), tie('element')), {
        maxLength: 5,
      }),
    })
    .map((parts) => ({ ...parts, name: `{${parts.namespace}}${parts.local}` as PropertyName })),
}));

function refusesOnly(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(DavError);
    expect((error as DavError).detail).toMatch(/\w/);
  }
}

const parsers = [parseReport, parsePropfind, parsePropertyupdate, parseMkcalendar, parseMkcol];

describe('every parser of a body throws nothing but DavError', () => {
  it('for any string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => refusesOnly(() => parseXml(text))),
      { numRuns: 300 },
    );
  });

  it('for valid input with a change', () => {
    fc.assert(
      fc.property(mutated, (xml) => {
        for (const parse of parsers) refusesOnly(() => parse(parseXml(xml)));
      }),
      { numRuns: 1000 },
    );
  });

  it('for any tree of known words', () => {
    fc.assert(
      fc.property(element, (tree) => {
        for (const parse of parsers) refusesOnly(() => parse(tree));
      }),
      { numRuns: 1000 },
    );
  });
});
