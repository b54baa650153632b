/** The operations of facts.md 9, as requests on a collection with `members` members, e0.ics to e<n>.ics. */

const namespaces = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:cs="http://calendarserver.org/ns/"';
const stamp = (/** @type {number} */ time) => new Date(time).toISOString().replaceAll(/[-:]|\.\d+/g, '');

/** One in ten recurs weekly; the others are spread over a year. */
export function event(/** @type {number} */ index) {
  const start = Date.UTC(2026, 0, 1 + (index % 360), 8 + (index % 10));
  const rule = index % 10 === 0 ? ['RRULE:FREQ=WEEKLY'] : [];
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Almanac//Bench//EN',
    'BEGIN:VEVENT',
    `UID:bench-${index}`,
    'DTSTAMP:20260101T000000Z',
    `DTSTART:${stamp(start)}`,
    `DTEND:${stamp(start + 3_600_000)}`,
    `SUMMARY:Event ${index}`,
    ...rule,
    `DESCRIPTION:${'What there is to say about it. '.repeat(20)}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

const etags = `<d:propfind ${namespaces}><d:prop><d:getetag/></d:prop></d:propfind>`;
const poll = `<d:propfind ${namespaces}><d:prop><cs:getctag/><d:sync-token/></d:prop></d:propfind>`;
const month = 'start="20261101T000000Z" end="20261201T000000Z"';
const query = (/** @type {string} */ properties) =>
  `<c:calendar-query ${namespaces}><d:prop>${properties}</d:prop><c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"><c:time-range ${month}/></c:comp-filter></c:comp-filter></c:filter></c:calendar-query>`;
export const sync = (/** @type {string} */ token) =>
  `<d:sync-collection ${namespaces}><d:sync-token>${token}</d:sync-token><d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop></d:sync-collection>`;
const freeBusy = `<c:free-busy-query ${namespaces}><c:time-range ${month}/></c:free-busy-query>`;

/**
 * @param {{ folder: string, members: number, token: string }} target `token` is of the state before the run
 * @returns {Parameters<typeof import('./load.mjs').measure>[0][]}
 */
export function operations({ folder, members, token }) {
  const one = { depth: '1' };
  const path = (/** @type {number} */ index) => `${folder}e${index % members}.ics`;
  const put = (/** @type {number} */ index) => ({
    method: 'PUT',
    path: path(index),
    body: event(index % members),
    headers: { 'content-type': 'text/calendar' },
  });
  const report = (/** @type {string} */ body) => ({ method: 'REPORT', path: folder, body, headers: one });
  const hrefs = Array.from({ length: 50 }, (_, index) => `<d:href>${path(index * 7)}</d:href>`).join('');
  const multiget = `<c:calendar-multiget ${namespaces}><d:prop><d:getetag/><c:calendar-data/></d:prop>${hrefs}</c:calendar-multiget>`;
  const listings = Math.max(10, Math.round(100_000 / members));
  return [
    { name: 'GET ×1', clients: 1, operations: 3000, request: (index) => ({ method: 'GET', path: path(index * 7) }) },
    { name: 'GET ×8', clients: 8, operations: 10_000, request: (index) => ({ method: 'GET', path: path(index * 7) }) },
    {
      name: 'PROPFIND 1 etags',
      clients: 1,
      operations: listings,
      request: () => ({ method: 'PROPFIND', path: folder, body: etags, headers: one }),
    },
    {
      name: 'month query + data',
      clients: 1,
      operations: listings,
      request: () => report(query('<d:getetag/><c:calendar-data/>')),
    },
    { name: 'month query, etags', clients: 1, operations: listings * 2, request: () => report(query('<d:getetag/>')) },
    { name: 'multiget 50', clients: 1, operations: 300, request: () => report(multiget) },
    { name: 'sync initial', clients: 1, operations: listings, request: () => report(sync('')) },
    { name: 'sync, no change', clients: 1, operations: 3000, request: () => report(sync(token)) },
    { name: 'free-busy month', clients: 1, operations: listings * 2, request: () => report(freeBusy) },
    {
      name: 'idle poll ×16',
      clients: 16,
      operations: 8000,
      request: () => ({ method: 'PROPFIND', path: folder, body: poll, headers: { depth: '0' } }),
    },
    { name: 'update ×8', clients: 8, operations: 2000, request: put },
    { name: 'PUT ×1', clients: 1, operations: 300, request: put },
    { name: 'DELETE', clients: 1, operations: 300, request: (index) => ({ method: 'DELETE', path: path(index) }) },
  ];
}
