import { describe, expect, it } from 'vitest';
import { apple, caldav, calendarServer, dav, type PropertyName, xmlLang } from '../names.js';
import { parseXml } from '../parse-xml.js';
import { textOf } from '../xml-element.js';
import { parseMkcalendar } from './mkcalendar.js';
import { parseMkcol } from './mkcol.js';
import { parsePropfind } from './propfind.js';
import type { PropertyInstruction } from './property-instructions.js';
import { parsePropertyupdate } from './propertyupdate.js';

const refused = (status: number) => expect.objectContaining({ name: 'DavError', status });

/** Instructions as lines, e.g. `set {DAV:}displayname=Work`. */
function lines(instructions: readonly PropertyInstruction[] | null): readonly string[] | undefined {
  return instructions?.map((one) =>
    one.kind === 'set' ? `set ${one.name}=${textOf(one.element).trim()}` : `remove ${one.name}`,
  );
}

describe('parsePropfind', () => {
  it('takes no body for all properties', () => {
    expect(parsePropfind(null)).toEqual({ kind: 'allprop', include: [] });
  });

  it.each([
    ['<propfind xmlns="DAV:"><allprop/></propfind>', { kind: 'allprop', include: [] }],
    [
      '<propfind xmlns="DAV:"><allprop/><include><acl/><owner/></include></propfind>',
      { kind: 'allprop', include: [dav('acl'), dav('owner')] },
    ],
    ['<propfind xmlns="DAV:"><propname/></propfind>', { kind: 'propname' }],
    ['<propfind xmlns="DAV:"><prop/></propfind>', { kind: 'prop', names: [] }],
    [
      '<propfind xmlns="DAV:"> <x:extension xmlns:x="urn:x"/> <prop> <owner/> <owner/> <y xmlns=""/> </prop></propfind>',
      { kind: 'prop', names: [dav('owner'), '{}y'] },
    ],
  ])('%s', (xml, request) => expect(parsePropfind(parseXml(xml))).toEqual(request));

  it.each([
    '<propfind/>',
    '<prop xmlns="DAV:"/>',
    '<propfind xmlns="DAV:"/>',
    '<propfind xmlns="DAV:"><x:prop xmlns:x="urn:x"/></propfind>',
    '<propfind xmlns="DAV:"><prop/><allprop/></propfind>',
    '<propfind xmlns="DAV:"><allprop/><propname/></propfind>',
  ])('refuses %s', (xml) => expect(() => parsePropfind(parseXml(xml))).toThrow(refused(400)));

  it('reads the probe of Thunderbird', () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?>
<D:propfind xmlns:D='DAV:' xmlns:CS='http://calendarserver.org/ns/' xmlns:C='urn:ietf:params:xml:ns:caldav'><D:prop>
  <D:resourcetype/><D:owner/><D:current-user-principal/><D:current-user-privilege-set/><D:supported-report-set/>
  <C:supported-calendar-component-set/><CS:getctag/></D:prop></D:propfind>`;
    const names: readonly PropertyName[] = [
      ...['resourcetype', 'owner', 'current-user-principal', 'current-user-privilege-set'].map(dav),
      dav('supported-report-set'),
      caldav('supported-calendar-component-set'),
      calendarServer('getctag'),
    ];
    expect(parsePropfind(parseXml(xml))).toEqual({ kind: 'prop', names });
  });

  it('reads the home listing of macOS, a namespace declared on every element', () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?><A:propfind xmlns:A="DAV:"><A:prop><A:add-member/>
<C:allowed-sharing-modes xmlns:C="http://calendarserver.org/ns/"/><D:calendar-color xmlns:D="http://apple.com/ns/ical/"/>
<B:calendar-timezone xmlns:B="urn:ietf:params:xml:ns:caldav"/><A:sync-token/></A:prop></A:propfind>`;
    expect(parsePropfind(parseXml(xml))).toEqual({
      kind: 'prop',
      names: [
        dav('add-member'),
        calendarServer('allowed-sharing-modes'),
        apple('calendar-color'),
        caldav('calendar-timezone'),
        dav('sync-token'),
      ],
    });
  });

  it('reads the discovery of DAVx5 and vdirsyncer', () => {
    const davx5 = `<?xml version='1.0' encoding='UTF-8' ?><propfind xmlns="DAV:" xmlns:CAL="urn:ietf:params:xml:ns:caldav" xmlns:n1="https://bitfire.at/webdav-push"><prop><resourcetype /><displayname /><CAL:calendar-home-set /><n1:transports /></prop></propfind>`;
    const names = [dav('resourcetype'), dav('displayname'), caldav('calendar-home-set')];
    expect(parsePropfind(parseXml(davx5))).toEqual({
      kind: 'prop',
      names: [...names, '{https://bitfire.at/webdav-push}transports'],
    });
    const vdirsyncer = `<?xml version="1.0" encoding="utf-8" ?>
      <propfind xmlns="DAV:"><prop><current-user-principal/></prop></propfind>`;
    expect(parsePropfind(parseXml(vdirsyncer))).toEqual({ kind: 'prop', names: [dav('current-user-principal')] });
  });
});

describe('parsePropertyupdate', () => {
  it('keeps the order of the document', () => {
    const xml = `<propertyupdate xmlns="DAV:"><set><prop><displayname>A</displayname><x xmlns="urn:x">1</x></prop></set>
      <remove><prop><displayname/></prop></remove><set><prop><displayname>B</displayname></prop></set></propertyupdate>`;
    expect(lines(parsePropertyupdate(parseXml(xml)))).toEqual([
      'set {DAV:}displayname=A',
      'set {urn:x}x=1',
      'remove {DAV:}displayname',
      'set {DAV:}displayname=B',
    ]);
  });

  it('gives a value the language that is declared around it, the nearest one', () => {
    const xml = `<propertyupdate xmlns="DAV:" xml:lang="en"><set xml:lang="de"><prop><a/><b xml:lang="fr"/></prop></set>
      <set><prop xml:lang="es"><a/></prop></set><set><prop><a/></prop></set></propertyupdate>`;
    const langs = parsePropertyupdate(parseXml(xml)).map(
      (one) => one.kind === 'set' && one.element.attributes[xmlLang],
    );
    expect(langs).toEqual(['de', 'fr', 'es', 'en']);
  });

  it('reads what macOS sends when a calendar is dragged and recoloured', () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?><A:propertyupdate xmlns:A="DAV:"><A:set><A:prop>
<D:calendar-color xmlns:D="http://apple.com/ns/ical/" symbolic-color="custom">#FD8208FF</D:calendar-color>
<D:calendar-order xmlns:D="http://apple.com/ns/ical/">2</D:calendar-order></A:prop></A:set></A:propertyupdate>`;
    const instructions = parsePropertyupdate(parseXml(xml));
    expect(lines(instructions)).toEqual([
      `set ${apple('calendar-color')}=#FD8208FF`,
      `set ${apple('calendar-order')}=2`,
    ]);
    expect(instructions[0]).toMatchObject({ element: { attributes: { 'symbolic-color': 'custom' } } });
  });

  it.each([
    '<set xmlns="DAV:"/>',
    '<propertyupdate xmlns="DAV:"/>',
    '<propertyupdate xmlns="DAV:"><set/></propertyupdate>',
    '<propertyupdate xmlns="DAV:"><remove><displayname/></remove></propertyupdate>',
  ])('refuses %s', (xml) => expect(() => parsePropertyupdate(parseXml(xml))).toThrow(refused(400)));
});

describe('parseMkcalendar', () => {
  it('reads what macOS sends', () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?><B:mkcalendar xmlns:B="urn:ietf:params:xml:ns:caldav">
<A:set xmlns:A="DAV:"><A:prop><D:calendar-order xmlns:D="http://apple.com/ns/ical/">9</D:calendar-order>
<B:supported-calendar-component-set><B:comp name="VEVENT"/></B:supported-calendar-component-set>
<D:calendar-color xmlns:D="http://apple.com/ns/ical/" symbolic-color="blue">#0E61B9FF</D:calendar-color>
<B:calendar-timezone>BEGIN:VCALENDAR&#13;
END:VCALENDAR&#13;
</B:calendar-timezone><A:displayname>Work &amp; travel</A:displayname>
<B:schedule-calendar-transp><B:opaque/></B:schedule-calendar-transp></A:prop></A:set></B:mkcalendar>`;
    const instructions = parseMkcalendar(parseXml(xml));
    expect(instructions.map(({ name }) => name)).toEqual([
      apple('calendar-order'),
      caldav('supported-calendar-component-set'),
      apple('calendar-color'),
      caldav('calendar-timezone'),
      dav('displayname'),
      caldav('schedule-calendar-transp'),
    ]);
    expect(instructions[3]).toMatchObject({ element: { children: ['BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n'] } });
  });

  it('sets nothing without a body or without DAV:set', () => {
    expect(parseMkcalendar(null)).toEqual([]);
    expect(parseMkcalendar(parseXml('<mkcalendar xmlns="urn:ietf:params:xml:ns:caldav"/>'))).toEqual([]);
  });

  it('refuses another root', () => {
    expect(() => parseMkcalendar(parseXml('<mkcol xmlns="DAV:"/>'))).toThrow(refused(400));
  });
});

describe('parseMkcol', () => {
  it('is null for a plain MKCOL', () => expect(parseMkcol(null)).toBeNull());

  it('reads an extended one as Evolution sends it', () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?><mkcol xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop>
<resourcetype><collection/><C:calendar/></resourcetype><displayname>Tasks</displayname>
<C:supported-calendar-component-set><C:comp name="VTODO"/></C:supported-calendar-component-set></prop></set></mkcol>`;
    expect(lines(parseMkcol(parseXml(xml)))).toEqual([
      'set {DAV:}resourcetype=',
      'set {DAV:}displayname=Tasks',
      `set ${caldav('supported-calendar-component-set')}=`,
    ]);
  });

  it('answers 415 to a body that it does not understand', () => {
    expect(() => parseMkcol(parseXml('<what/>'))).toThrow(refused(415));
  });
});
