import { inner } from '../../support/dav-client.js';
import { brief } from './account.js';
import type { Client } from './client.js';
import type { ETagBook } from './etag-book.js';
import type { Findings } from './findings.js';
import { type Answer, type Http, httpClient, isLost } from './http-client.js';
import { propertyOf } from './plans.js';

interface Member {
  readonly etag: string;
  readonly content: string;
}

/** What a collection holds. */
type Listing = ReadonlyMap<string, Member>;

const propfind = '<d:propfind xmlns:d="DAV:"><d:prop><d:getetag/></d:prop></d:propfind>';
const query = `<c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><d:getetag/><c:calendar-data/></d:prop><c:filter><c:comp-filter name="VCALENDAR"/></c:filter></c:calendar-query>`;
const multiget = (hrefs: readonly string[]): string =>
  `<c:calendar-multiget xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><d:getetag/><c:calendar-data/></d:prop>${hrefs.map((href) => `<d:href>${href}</d:href>`).join('')}</c:calendar-multiget>`;

export interface Quiet {
  readonly clients: readonly Client[];
  readonly findings: Findings;
  readonly etags: ETagBook;
  readonly frontends: readonly string[];
}

/** Everything that must hold when nothing is under way: of each user, at each replica of the frontend. */
export async function checkQuiet({ clients, findings, etags, frontends }: Quiet): Promise<void> {
  for (const [user, own] of Map.groupBy(clients, (client) => client.user)) {
    const [first] = own;
    if (first === undefined) continue;
    const readers = frontends.map((url) => httpClient(url, user));
    const all = new Map<string, Member>();
    for (const folder of [...first.places.calendars, first.places.tasks]) {
      const listing = await listed(readers[0] as Http, folder, findings);
      for (const [href, member] of listing) all.set(href, member);
      await checkCollection({ folder, listing, readers, findings });
      demandUniqueUids(folder, listing, findings);
      demandKnownTags(listing, etags, findings);
      for (const client of own) await checkMirror(client, folder, { listing, findings, http: readers[0] as Http });
    }
    demandOwners(all, own, findings);
    for (const client of own) await checkAccount(client, all, findings);
    for (const reader of readers) reader.close();
  }
}

async function listed(http: Http, folder: string, findings: Findings): Promise<Listing> {
  return membersOf(await asked(http, { method: 'REPORT', folder, body: query, findings }));
}

/** A listing, a query, a multiget and GETs show the same, whichever replica is asked. */
async function checkCollection(options: {
  readonly folder: string;
  readonly listing: Listing;
  readonly readers: readonly Http[];
  readonly findings: Findings;
}): Promise<void> {
  const { folder, listing, readers, findings } = options;
  const tags = new Map([...listing].map(([href, { etag }]) => [href, etag]));
  for (const [index, http] of readers.entries()) {
    const at = `replica ${index} of the frontend`;
    const found = await asked(http, { method: 'PROPFIND', folder, body: propfind, findings });
    const shown = new Map([...taggedIn(found.body)].filter(([href]) => href !== folder));
    demandSame(findings, `${at}: PROPFIND of ${folder}`, { is: shown, wanted: tags });
    const got = await asked(http, { method: 'REPORT', folder, body: multiget([...tags.keys()]), findings });
    demandSame(findings, `${at}: multiget of ${folder}`, {
      is: contentsOf(membersOf(got)),
      wanted: contentsOf(listing),
    });
    for (const [href, { etag, content }] of listing) {
      const answer = await http('GET', href);
      if (isLost(answer)) findings.violation('quiet', `${at}: GET ${href}: ${answer.lost}`);
      else if (answer.body !== content || answer.headers.etag !== etag) {
        findings.violation(
          'quiet',
          `${at}: GET ${href} shows ${brief(answer.body)} ${answer.headers.etag}, a query ${brief(content)} ${etag}`,
        );
      }
    }
  }
}

async function checkMirror(
  { mirrors, account }: Client,
  folder: string,
  { listing, findings, http }: { listing: Listing; findings: Findings; http: Http },
): Promise<void> {
  const mirror = mirrors.find((one) => one.folder === folder);
  if (mirror === undefined) return;
  try {
    await mirror.sync(async (method, path, sent) => {
      const answer = await http(method, path, sent);
      return isLost(answer) ? { status: 0, body: answer.lost } : answer;
    });
  } catch (error) {
    findings.violation('quiet', `${folder}: ${String(error)}`);
    return;
  }
  const wanted = new Map([...listing].map(([href, { etag }]) => [href, etag]));
  for (const words of differences({ is: mirror.etags, wanted })) {
    const [href = ''] = words.split(' ');
    findings.violation('mirror', `a mirror of ${folder}: ${words}`, account.historyOf([href]));
  }
}

function demandUniqueUids(folder: string, listing: Listing, findings: Findings): void {
  const uids = Map.groupBy(listing, ([, { content }]) => /UID:([^\r\n]*)/.exec(content)?.[1] ?? '');
  for (const [uid, holders] of uids) {
    if (holders.length === 1) continue;
    findings.violation('uid', `${folder}: ${uid} is that of ${holders.map(([href]) => href).join(' and ')}`);
  }
}

function demandKnownTags(listing: Listing, etags: ETagBook, findings: Findings): void {
  for (const [href, { etag, content }] of listing) {
    const other = etags.record(href, etag, content);
    if (other !== null) findings.violation('etag', `${href} ${etag} named ${other} and ${brief(content)}`);
  }
}

function demandOwners(all: Listing, clients: readonly Client[], findings: Findings): void {
  for (const href of all.keys()) {
    const owned = clients.some(({ places }) => nameOf(href).startsWith(places.prefix));
    if (!owned) findings.violation('quiet', `${href} was never sent`);
  }
}

/** What is there is what one order of all that was sent gives. */
async function checkAccount(client: Client, all: Listing, findings: Findings): Promise<void> {
  const { places, account, http, broken } = client;
  if (broken) return;
  const held = new Map(
    [...all].flatMap(([href, { content }]) =>
      nameOf(href).startsWith(places.prefix) ? [[href, content] as const] : [],
    ),
  );
  const name = places.prefix.replace(/-$/, '');
  for (const folder of places.calendars) {
    const body = `<d:propfind xmlns:d="DAV:"><d:prop><x:${name} xmlns:x="urn:chaos"/></d:prop></d:propfind>`;
    const answer = await asked(http, { method: 'PROPFIND', folder, body, findings, depth: '0' });
    const value = new RegExp(`:?${name}[^>]*>([^<]+)</`).exec(answer.body)?.[1];
    if (value !== undefined) held.set(propertyOf(folder, places.prefix), value);
  }
  if (account.isExactly(held)) return;
  const expected = account.believed();
  const hrefs = [...new Set([...expected.keys(), ...held.keys()])];
  const wrong = hrefs.filter((href) => expected.get(href)?.content !== held.get(href));
  const words = wrong.map((href) => `${href} is ${brief(held.get(href) ?? 'nothing')}`);
  const history = [...account.possibilities(wrong), ...account.historyOf(wrong, 80)];
  findings.violation('account', `no order of what ${places.prefix} sent explains: ${words.join(', ')}`, history);
}

async function asked(
  http: Http,
  {
    method,
    folder,
    body,
    findings,
    depth = '1',
  }: { method: string; folder: string; body: string; findings: Findings; depth?: string },
): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await http(method, folder, { headers: { depth }, body });
    if (!isLost(answer) && answer.status === 207) return answer;
    if (attempt < 5) continue;
    const words = isLost(answer) ? answer.lost : `${answer.status} ${answer.body}`;
    findings.violation('quiet', `${method} ${folder}: ${words}`);
    return { status: 0, headers: {}, body: '' };
  }
}

const nameOf = (href: string): string => href.slice(href.lastIndexOf('/') + 1);

const contentsOf = (listing: Listing): Map<string, string> =>
  new Map([...listing].map(([href, { content }]) => [href, content]));

function membersOf({ body }: Answer): Listing {
  const members = body.split('<d:response>').slice(1);
  return new Map(
    members.map((member) => [
      inner(member, 'd:href') ?? '',
      { etag: inner(member, 'd:getetag') ?? '', content: plain(inner(member, 'c:calendar-data') ?? '') },
    ]),
  );
}

const taggedIn = (body: string): Map<string, string> =>
  new Map(
    body
      .split('<d:response>')
      .slice(1)
      .map((response) => [inner(response, 'd:href') ?? '', inner(response, 'd:getetag') ?? '']),
  );

const plain = (data: string): string => data.replaceAll('&#13;', '\r');

function demandSame(
  findings: Findings,
  what: string,
  both: { readonly is: ReadonlyMap<string, string>; readonly wanted: ReadonlyMap<string, string> },
): void {
  for (const words of differences(both)) findings.violation('quiet', `${what}: ${words}`);
}

function differences({
  is,
  wanted,
}: {
  is: ReadonlyMap<string, string>;
  wanted: ReadonlyMap<string, string>;
}): string[] {
  const hrefs = [...new Set([...is.keys(), ...wanted.keys()])].filter((href) => is.get(href) !== wanted.get(href));
  const said = (value: string | undefined): string => (value === undefined ? 'absent' : brief(value));
  return hrefs.map((href) => `${href} is ${said(is.get(href))}, and should be ${said(wanted.get(href))}`);
}
