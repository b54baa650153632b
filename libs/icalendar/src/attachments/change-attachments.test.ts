import { describe, expect, it } from 'vitest';
import { isCalendarFault } from '../calendar-fault.js';
import { readCalendarObject } from '../calendar-object.js';
import type { ManagedAttachment } from './attach-line.js';
import { isAttachmentFault } from './attachment-fault.js';
import { addAttachment, type ReadObject, removeAttachment, replaceAttachment } from './change-attachments.js';
import { sentAttachments, withServerAttachments } from './server-attachments.js';
import { withoutManagedIds } from './without-managed-ids.js';

function read(text: string): ReadObject {
  const object = readCalendarObject(text);
  if (isCalendarFault(object)) throw new Error(object.reason);
  return { object, text };
}

const attachment: ManagedAttachment = {
  managedId: 'id-1',
  mediaType: 'text/plain',
  size: 12,
  filename: 'an agenda.txt',
  url: 'https://dav.example.org/attachments/ada/id-1/an%20agenda.txt',
};
const line =
  'ATTACH;MANAGED-ID=id-1;FMTTYPE=text/plain;SIZE=12;FILENAME="an agenda.txt":https://dav.example.org/attachments/ada/id-1/an%20agenda.txt';

const calendar = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const zone = [
  ...['BEGIN:VTIMEZONE', 'TZID:Europe/Berlin', 'BEGIN:STANDARD', 'DTSTART:19701025T030000'],
  ...['TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100', 'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU', 'END:STANDARD'],
  ...['BEGIN:DAYLIGHT', 'DTSTART:19700329T020000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200'],
  ...['RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU', 'END:DAYLIGHT', 'END:VTIMEZONE'],
];
const master = (...more: string[]) => [
  ...['BEGIN:VEVENT', 'UID:u', 'DTSTAMP:20260101T000000Z', 'DTSTART;TZID=Europe/Berlin:20261020T100000'],
  ...['DTEND;TZID=Europe/Berlin:20261020T110000', 'RRULE:FREQ=DAILY;COUNT=10', 'SUMMARY:daily', ...more, 'END:VEVENT'],
];
const override = (...more: string[]) => [
  ...['BEGIN:VEVENT', 'UID:u', 'DTSTAMP:20260101T000000Z', 'RECURRENCE-ID;TZID=Europe/Berlin:20261021T100000'],
  ...['DTSTART;TZID=Europe/Berlin:20261021T120000', 'DTEND;TZID=Europe/Berlin:20261021T130000', ...more, 'END:VEVENT'],
];

const unfolded = (text: unknown): string =>
  typeof text === 'string' ? text.replaceAll(/\r?\n[ \t]/g, '') : JSON.stringify(text);
const count = (text: unknown, part: string): number => unfolded(text).split(part).length - 1;
const code = (changed: unknown) => (isAttachmentFault(changed) ? changed.code : changed);

describe('A2: add (RFC 8607 3.4)', () => {
  it('adds one property to a single event, and changes no other octet', () => {
    const text = calendar(
      ...['BEGIN:VEVENT', 'UID:u', 'DTSTAMP:20260101T000000Z', 'DTSTART:20261020T100000Z', 'x-odd:  y '],
      ...['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT5M', 'END:VALARM', 'END:VEVENT'],
    );
    const added = addAttachment(read(text), null, attachment);
    expect(unfolded(added)).toBe(text.replace('x-odd:  y \r\n', `x-odd:  y \r\n${line}\r\n`));
  });

  it('keeps the line breaks of the text', () => {
    const text = calendar(...master())
      .replaceAll('\r\n', '\n')
      .replace('DTSTART;', 'DTSTART;');
    expect(addAttachment(read(text), null, attachment)).not.toContain('\r');
  });

  it('without rid adds it to the master and to all overrides', () => {
    const added = addAttachment(read(calendar(...zone, ...master(), ...override())), null, attachment);
    expect(count(added, line)).toBe(2);
  });

  it('rid=M is the master alone; a RECURRENCE-ID is that override alone', () => {
    const object = read(calendar(...zone, ...master(), ...override()));
    const toMaster = unfolded(addAttachment(object, 'M', attachment));
    expect(toMaster.indexOf(line)).toBeLessThan(toMaster.indexOf('RECURRENCE-ID'));
    const toOverride = unfolded(addAttachment(object, '20261021T100000', attachment));
    expect([count(toOverride, line), toOverride.indexOf(line) > toOverride.indexOf('RECURRENCE-ID')]).toEqual([
      1,
      true,
    ]);
    expect(count(addAttachment(object, 'm,20261021T100000', attachment), line)).toBe(2);
  });

  it('makes an override of an instance that has none, with what the series has', () => {
    const kept = 'ATTACH;MANAGED-ID=id-0:https://dav.example.org/attachments/ada/id-0/x';
    const added = addAttachment(read(calendar(...zone, ...master(kept))), '20261026T100000', attachment);
    const made = unfolded(added).split('BEGIN:VEVENT')[2];
    expect(made?.split('\r\n').slice(1, -3)).toEqual([
      'UID:u',
      'DTSTAMP:20260101T000000Z',
      'DTSTART;TZID=Europe/Berlin:20261026T100000',
      'RECURRENCE-ID;TZID=Europe/Berlin:20261026T100000',
      'DTEND;TZID=Europe/Berlin:20261026T110000',
      'SUMMARY:daily',
      kept,
      line,
    ]);
    expect(read(added as string).object.series.overrides).toHaveLength(1);
  });

  it('takes an instance by its time in UTC, too, and days and floating times as they are', () => {
    expect(count(addAttachment(read(calendar(...zone, ...master())), '20261026T090000Z', attachment), line)).toBe(1);
    const days = calendar(
      ...['BEGIN:VEVENT', 'UID:u', 'DTSTAMP:20260101T000000Z', 'DTSTART;VALUE=DATE:20261020', 'RRULE:FREQ=DAILY'],
      'END:VEVENT',
    );
    const added = unfolded(addAttachment(read(days), '20261225', attachment));
    expect(added).toContain('DTSTART;VALUE=DATE:20261225\r\nRECURRENCE-ID;VALUE=DATE:20261225\r\n');
    const todo = calendar(
      ...['BEGIN:VTODO', 'UID:u', 'DTSTAMP:20260101T000000Z', 'DUE:20261020T100000', 'RRULE:FREQ=WEEKLY', 'END:VTODO'],
    );
    const task = unfolded(addAttachment(read(todo), '20261027T100000', attachment));
    expect(task).toContain('DUE:20261027T100000\r\nRECURRENCE-ID:20261027T100000\r\n');
  });

  it.each(['', '20261026T100001', '20270101T100000', 'N', '20261026', 'M,M', '20261026T100000,20261026T090000Z'])(
    'refuses rid=%s (valid-rid)',
    (rid) => {
      expect(code(addAttachment(read(calendar(...zone, ...master())), rid, attachment))).toBe('valid-rid');
    },
  );

  it('refuses M where there is no master', () => {
    expect(code(addAttachment(read(calendar(...zone, ...override())), 'M', attachment))).toBe('valid-rid');
  });

  it('quotes what must be quoted, and keeps quotation marks', () => {
    const odd = { ...attachment, filename: 'a "b"; c.txt' };
    const added = addAttachment(read(calendar(...master())), null, odd) as string;
    expect(unfolded(added)).toContain(`FILENAME="a ^'b^'; c.txt"`);
    const [sent] = sentAttachments(read(added).object, () => undefined);
    expect(sent?.managedId).toBe('id-1');
    expect(withServerAttachments(added, sent === undefined ? [] : [sent], new Map([['id-1', odd]]))).toBe(added);
  });
});

describe('A2: update and remove (RFC 8607 3.5, 3.6)', () => {
  const old = 'ATTACH;X-MINE=1;MANAGED-ID=id-0;SIZE=1:https://dav.example.org/attachments/ada/id-0/x';
  const both = () => read(calendar(...zone, ...master(old), ...override(old)));

  it('update replaces it wherever it is, and keeps parameters that are not the server’s', () => {
    const updated = replaceAttachment(both(), 'id-0', attachment);
    expect([count(updated, 'id-0'), count(updated, 'MANAGED-ID=id-1'), count(updated, 'X-MINE=1')]).toEqual([0, 2, 2]);
    expect(code(replaceAttachment(both(), 'id-9', attachment))).toBe('valid-managed-id');
  });

  it('remove takes it away everywhere, or where rid says', () => {
    expect(removeAttachment(both(), null, 'id-0')).toBe(calendar(...zone, ...master(), ...override()));
    expect(removeAttachment(both(), 'M', 'id-0')).toBe(calendar(...zone, ...master(), ...override(old)));
    expect(removeAttachment(both(), '20261021T100000', 'id-0')).toBe(calendar(...zone, ...master(old), ...override()));
  });

  it('remove makes an override without it', () => {
    const removed = removeAttachment(read(calendar(...zone, ...master(old, 'X-A:1'))), '20261026T100000', 'id-0');
    const made = unfolded(removed).split('BEGIN:VEVENT')[2];
    expect(made).toContain('X-A:1');
    expect(made).not.toContain('ATTACH');
    expect(count(removed, 'id-0:') + count(removed, 'MANAGED-ID=id-0')).toBe(1);
  });

  it('refuses what is not there, as a whole or in one of the instances named', () => {
    expect(code(removeAttachment(both(), null, 'id-9'))).toBe('valid-managed-id');
    const master1 = read(calendar(...zone, ...master(old), ...override()));
    expect(code(removeAttachment(master1, 'M,20261021T100000', 'id-0'))).toBe('valid-managed-id');
    expect(code(removeAttachment(master1, '20261021T100000', 'id-0'))).toBe('valid-managed-id');
    expect(code(removeAttachment(read(calendar(...zone, ...master())), '20261026T100000', 'id-0'))).toBe(
      'valid-managed-id',
    );
  });
});

describe('A5: what a PUT says of managed attachments (RFC 8607 3.7)', () => {
  const idIn = (url: string) => /^https:\/\/dav\.example\.org\/attachments\/[^/]+\/([^/]+)\//.exec(url)?.[1];
  const known = new Map([['id-1', attachment]]);
  const put = (attach: string) => {
    const { object, text } = read(calendar(...zone, ...master(attach)));
    return { text, result: withServerAttachments(text, sentAttachments(object, idIn), known) };
  };

  it('what is right stays as it is, octet for octet, in whatever order and spelling', () => {
    const reordered =
      'attach;FILENAME="an agenda.txt";size=12;MANAGED-ID=id-1;FMTTYPE=TEXT/plain:https://dav.example.org/attachments/ada/id-1/an%20agenda.txt';
    const { text, result } = put(reordered);
    expect(result).toBe(text);
  });

  it.each([
    ['another size', line.replace('SIZE=12', 'SIZE=13')],
    ['another host', line.replace('dav.example.org/', 'evil.example/')],
    ['no file name', line.replace(';FILENAME="an agenda.txt"', '')],
    ['no parameters at all', `ATTACH:${attachment.url}`],
  ])("the server's own word wins: %s", (_what, attach) => {
    expect(unfolded(put(attach).result)).toBe(unfolded(calendar(...zone, ...master(line))));
  });

  it('other links and unknown ids are left to who asks', () => {
    for (const other of ['ATTACH:https://example.org/x', 'ATTACH;MANAGED-ID=nobody:https://example.org/x']) {
      const { text, result } = put(other);
      expect(result).toBe(text);
    }
    const { object } = read(calendar(...zone, ...master('ATTACH;MANAGED-ID=nobody:https://example.org/x')));
    expect(sentAttachments(object, idIn)).toMatchObject([{ managedId: 'nobody', named: true }]);
    expect(object.facts.managedIds).toEqual(['nobody']);
  });
});

it('RFC 8607 3.12.7: what comes from elsewhere keeps its links, without ids that mean nothing here', () => {
  const own = 'ATTACH;MANAGED-ID=own:https://dav.example.org/attachments/ada/own/x';
  const foreign = 'ATTACH;SIZE=1;MANAGED-ID="for:eign";FILENAME=x:https://elsewhere.example/x';
  const { object, text } = read(calendar(...zone, ...master(own, foreign)));
  expect(withoutManagedIds(text, object, (id) => id === 'own')).toBe(
    calendar(...zone, ...master(own, 'ATTACH;SIZE=1;FILENAME=x:https://elsewhere.example/x')),
  );
});
