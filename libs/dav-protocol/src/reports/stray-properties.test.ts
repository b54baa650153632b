import { expect, it } from 'vitest';
import { parseXml } from '../parse-xml.js';
import { parseReport } from './parse-report.js';

const search = (rest: string) =>
  parseReport(
    parseXml(
      `<d:principal-property-search xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:property-search><d:prop><d:displayname/></d:prop><d:match>a</d:match></d:property-search>${rest}</d:principal-property-search>`,
    ),
  );

it.each([
  ['beside an empty DAV:prop, as python-caldav sends them', '<d:prop/><c:calendar-home-set/><d:displayname/>', 2],
  ['inside DAV:prop, where they belong', '<d:prop><d:displayname/></d:prop><c:calendar-home-set/>', 1],
  ['nowhere', '<d:prop/>', 0],
])('a search asks for the properties that stand %s', (_where, rest, count) => {
  expect(search(rest)).toMatchObject({ properties: { kind: 'prop', names: { length: count } } });
});
