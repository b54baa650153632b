import { expect, test } from 'vitest';
import { clientForms } from './client-forms.js';

const lettersOf = (agent: string | undefined): string =>
  clientForms(agent)
    .map(({ letter }) => letter)
    .join('');

test.each([
  ...['Mac OS X/10.9 (13A603) CalendarAgent/174', 'Mac+OS+X/10.11 (15A283) CalendarAgent/361'],
  ...['Mac OS X/10.12 (16A323) CalendarAgent/386', 'macOS/13.6.1 (22G313) dataaccessd/1.0'],
  'macOS/15.1 (24B83) dataaccessd/1.0',
])('macOS: %s (A3, R7, V4)', (agent) => expect(lettersOf(agent)).toBe('map'));

test.each(['iOS/5.1 (9B179) dataaccessd/1.0', 'iOS/17.1 (21B74) dataaccessd/1.0'])('iOS: %s (R7, V4)', (agent) =>
  expect(lettersOf(agent)).toBe('ap'),
);

test.each([
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:128.0) Gecko/20100101 Thunderbird/128.4.0',
  'eMClient/9.2.2157.0',
  undefined,
])('nobody else: %s', (agent) => expect(lettersOf(agent)).toBe(''));

test('V4: what is private reaches an Apple program by X-CALENDARSERVER-ACCESS, and comes back by CLASS', () => {
  const text = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'UID:u', 'DTSTART:20260105T090000Z', 'CLASS:PRIVATE'],
    ...['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT5M', 'END:VALARM', 'END:VEVENT', 'END:VCALENDAR', ''],
  ].join('\r\n');
  const forms = clientForms('iOS/17.1 (21B74) dataaccessd/1.0');
  const shown = forms.reduce((given, { show }) => show(given), text);
  expect(shown).toContain('X-CALENDARSERVER-ACCESS:PRIVATE');
  expect(forms.reduce((sent, { read }) => read?.(sent, text) ?? sent, shown)).toBe(text);
});
