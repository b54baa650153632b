import { describe, expect, it } from 'vitest';
import { edit, event, read } from '../testing/edited.js';
import type { CalendarItem } from '../calendar-item.js';
import { peopleOf } from './people.js';

const times = ['DTSTART:20260105T090000Z', 'DURATION:PT1H'];
const organizer = { address: 'ada@example.org', name: 'Ada; the first' };
const invite = (text: string, ...attendees: readonly { address: string; name: string | null }[]) =>
  edit(text, { people: { attendees, organizer } }).text;
const peopleIn = (text: string) => peopleOf((read(text).series.master as CalendarItem).component);

describe('participants', () => {
  it('are told with what is known of them', () => {
    const lines = [
      'ORGANIZER;CN="Boss, The":MAILTO:Boss@example.org',
      'ATTENDEE;PARTSTAT=accepted;ROLE=CHAIR;CN=Bob:mailto:bob@example.org',
      'ATTENDEE;EMAIL=cleo@example.org:urn:uuid:1',
      'ATTENDEE:urn:uuid:2',
    ];
    expect(peopleIn(event(...times, ...lines))).toEqual({
      organizer: { address: 'boss@example.org', name: 'Boss, The' },
      attendees: [
        { address: 'bob@example.org', name: 'Bob', status: 'ACCEPTED', role: 'CHAIR' },
        { address: 'cleo@example.org', name: null, status: 'NEEDS-ACTION', role: 'REQ-PARTICIPANT' },
        { address: 'urn:uuid:2', name: null, status: 'NEEDS-ACTION', role: 'REQ-PARTICIPANT' },
      ],
    });
    expect(peopleIn(event(...times))).toEqual({ organizer: null, attendees: [] });
  });

  it('are added by the organizer, who is put where there is none', () => {
    const text = invite(
      event(...times),
      { address: 'bob+x@example.org', name: 'Bob "B"' },
      { address: 'c%d@e.org', name: null },
    );
    expect(text).toContain('ORGANIZER;CN="Ada; the first":mailto:ada@example.org');
    expect(text).toContain("ATTENDEE;CN=Bob ^'B^';PARTSTAT=NEEDS-ACTION:mailto:bob+x@example.org");
    expect(peopleIn(text).attendees.map(({ address, name }) => [address, name])).toEqual([
      ['bob+x@example.org', 'Bob "B"'],
      ['c%d@e.org', null],
    ]);
  });

  it('stay as they are, come and go; each is there once', () => {
    const lines = ['ORGANIZER:mailto:boss@example.org', 'ATTENDEE;PARTSTAT=ACCEPTED;X-OWN=1:MAILTO:Bob@example.org'];
    const text = invite(
      event(...times, ...lines, 'ATTENDEE:mailto:gone@example.org'),
      { address: 'bob@example.org', name: 'Other' },
      { address: 'NEW@example.org', name: null },
      { address: 'new@example.org', name: null },
    );
    expect(text.match(/ATTENDEE.*/g)).toHaveLength(2);
    for (const line of lines) expect(text).toContain(line);
    expect(text).not.toContain('gone@');
  });

  it('who has no mail address is kept, and may be added, by another URI', () => {
    const lines = ['ORGANIZER:mailto:boss@example.org', 'ATTENDEE;PARTSTAT=ACCEPTED:urn:uuid:1'];
    const people = ['urn:uuid:1', 'urn:uuid:2'].map((address) => ({ address, name: null }));
    expect(invite(event(...times, ...lines), ...people).match(/ATTENDEE.*/g)).toEqual([
      'ATTENDEE;PARTSTAT=ACCEPTED:urn:uuid:1',
      'ATTENDEE;PARTSTAT=NEEDS-ACTION:urn:uuid:2',
    ]);
  });

  it('when nobody is left, the organizer who was put for them goes; another stays', () => {
    expect(invite(invite(event(...times), { address: 'bob@example.org', name: null }))).not.toMatch(
      /ORGANIZER|ATTENDEE/,
    );
    expect(invite(event(...times, 'ORGANIZER:mailto:boss@example.org'))).toContain('ORGANIZER:mailto:boss@');
  });
});
