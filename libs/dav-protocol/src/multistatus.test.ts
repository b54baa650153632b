import { describe, expect, it } from 'vitest';
import { DavError } from './dav-error.js';
import * as answer from './multistatus.js';
import { calendarServer, caldav, dav, localNameOf, namespaceOf } from './names.js';
import { parseXml } from './parse-xml.js';
import { property, propertyTag, propertyWriter } from './property-tag.js';
import { statusLine } from './status-line.js';
import { writeError } from './write-error.js';

describe('property', () => {
  it.each([
    [dav('getetag'), '"1"', '<d:getetag>"1"</d:getetag>'],
    [caldav('calendar-data'), '', '<c:calendar-data/>'],
    [calendarServer('getctag'), 'x', '<cs:getctag>x</cs:getctag>'],
    ['{urn:a&b}x', 'y', '<x xmlns="urn:a&amp;b">y</x>'],
    ['{}x', '', '<x xmlns=""/>'],
    ['{urn:odd}name}x', '', '<x xmlns="urn:odd}name"/>'],
    ['{http://www.w3.org/XML/1998/namespace}x', '', '<xml:x/>'],
  ] as const)('%s', (name, inner, xml) => {
    expect(property(name, inner)).toBe(xml);
    expect(propertyWriter(name)(inner)).toBe(xml);
  });

  it('gives the tags for building by hand', () => {
    expect(propertyTag(dav('prop'))).toEqual({ open: '<d:prop>', close: '</d:prop>', empty: '<d:prop/>' });
  });

  it('takes names apart', () => {
    expect([namespaceOf('{a}b}c'), localNameOf('{a}b}c')]).toEqual(['a}b', 'c']);
  });
});

describe('a multistatus', () => {
  it('is one well-formed document', () => {
    const xml =
      answer.multistatusOpen +
      answer.propertyResponse('/a&b/', property(dav('getetag'), '"1"'), [dav('owner'), '{urn:x}y']) +
      answer.statusResponse('/gone.ics', 404) +
      answer.syncToken('http://almanac.example/1') +
      answer.multistatusClose;
    const root = parseXml(xml);
    expect(root.name).toBe('{DAV:}multistatus');
    expect(root.children).toHaveLength(3);
  });

  it('reports what was found and what is missing', () => {
    expect(answer.propertyResponse('/a&b', '<d:getetag>"1"</d:getetag>', [dav('owner')])).toBe(
      '<d:response><d:href>/a&amp;b</d:href>' +
        '<d:propstat><d:prop><d:getetag>"1"</d:getetag></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>' +
        '<d:propstat><d:prop><d:owner/></d:prop><d:status>HTTP/1.1 404 Not Found</d:status></d:propstat></d:response>',
    );
  });

  it('leaves out an empty propstat, but never all of them', () => {
    expect(answer.propertyResponse('/', '<d:a/>', [])).not.toContain('404');
    expect(answer.propertyResponse('/', '', [dav('a')])).not.toContain('200');
    expect(answer.propertyResponse('/', '', [])).toBe(
      '<d:response><d:href>/</d:href><d:propstat><d:prop></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>',
    );
  });

  it('says why a resource failed as a whole', () => {
    const error = { precondition: dav('number-of-matches-within-limits'), detail: 'Cut at <10>' };
    expect(answer.statusResponse('/c/', 507, error)).toBe(
      '<d:response><d:href>/c/</d:href><d:status>HTTP/1.1 507 Insufficient Storage</d:status>' +
        '<d:error><d:number-of-matches-within-limits/></d:error>' +
        '<d:responsedescription>Cut at &lt;10&gt;</d:responsedescription></d:response>',
    );
  });

  it('groups properties by status', () => {
    const groups = [
      { status: 403, properties: '<d:getetag/>', error: dav('cannot-modify-protected-property') },
      { status: 424, properties: '<d:displayname/>' },
    ];
    expect(answer.propstatResponse('/c/', groups)).toBe(
      '<d:response><d:href>/c/</d:href>' +
        '<d:propstat><d:prop><d:getetag/></d:prop><d:status>HTTP/1.1 403 Forbidden</d:status>' +
        '<d:error><d:cannot-modify-protected-property/></d:error></d:propstat>' +
        '<d:propstat><d:prop><d:displayname/></d:prop><d:status>HTTP/1.1 424 Failed Dependency</d:status></d:propstat>' +
        '</d:response>',
    );
  });
});

describe('statusLine', () => {
  it.each([
    [207, 'HTTP/1.1 207 Multi-Status'],
    [599, 'HTTP/1.1 599 Unknown'],
  ])('%i', (status, line) => expect(statusLine(status)).toBe(line));
});

describe('writeError', () => {
  it('names the precondition with what is in its way, and tells people', () => {
    const parts = { precondition: caldav('no-uid-conflict'), body: answer.href('/c/a&b.ics'), detail: 'Taken & kept' };
    const xml = writeError(new DavError(403, parts));
    expect(xml).toContain('<c:no-uid-conflict><d:href>/c/a&amp;b.ics</d:href></c:no-uid-conflict>');
    expect(xml).toContain('<m:message>Taken &amp; kept</m:message></d:error>');
    expect(parseXml(xml).name).toBe('{DAV:}error');
  });

  it('is well-formed with nothing to say', () => {
    expect(parseXml(writeError(new DavError(500))).children).toEqual([]);
  });

  it('has the words in the exception, too', () => {
    expect(new DavError(404).message).toBe('HTTP/1.1 404 Not Found');
    expect(new DavError(403, { precondition: dav('valid-sync-token') }).message).toBe('{DAV:}valid-sync-token');
    expect(new DavError(403, { detail: 'No.' })).toMatchObject({ message: 'No.', detail: 'No.', status: 403 });
  });
});
