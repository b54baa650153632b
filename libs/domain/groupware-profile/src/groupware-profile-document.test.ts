import { expect, test } from 'vitest';
import { isVendors, keptOfAlarm, keptOfCalendar, keptOfEvent, keptOfTask } from './kept-properties.js';
import type { ProfileRule, RuleId } from './profile-rule.js';
import { profileRules } from './profile-rules.js';
import { alarm, event, only, shapeLines, task } from './testing/shape-lines.js';

const START = 'DTSTART:20260105T090000Z';
const ACK = 'X-MOZ-LASTACK:20260105T085000Z';
const NEVER = 'TRIGGER;VALUE=DATE-TIME:19760401T005545Z';
const FILE = 'ATTACH;MANAGED-ID=1;FILENAME=agenda.pdf:https://dav.example.org/a/1';

const examples: Readonly<Record<RuleId, readonly string[]>> = {
  V4: ['X-CALENDARSERVER-ACCESS:CONFIDENTIAL', ...event(START)],
  R7: event(START, ...alarm('ACTION:NONE', NEVER, 'X-APPLE-DEFAULT-ALARM:TRUE')),
  A4: [
    ...event(START, 'RRULE:FREQ=DAILY', FILE),
    ...event('RECURRENCE-ID:20260106T090000Z', 'DTSTART:20260106T100000Z', FILE),
  ],
  R5: event(START, ACK, 'X-MOZ-SNOOZE-TIME:20260105T085500Z', ...alarm('TRIGGER:-PT15M', 'UID:r', 'DESCRIPTION:Soon')),
  R4: event(START, 'RRULE:FREQ=DAILY', ACK, ...alarm('TRIGGER:-PT15M')),
  R3: event(START, ...alarm('ACTION:AUDIO', 'TRIGGER:-PT15M')),
  R1: event(START, 'DURATION:PT1H', ...alarm('TRIGGER;RELATED=END:-PT15M')),
  R2: event(START, ...alarm('TRIGGER:-P1D'), ...alarm('TRIGGER:-PT15M')),
  P1: event(START, 'URL:https://example.org/'),
  P2: event(`DTSTART;X-OTHER=1${START.slice('DTSTART'.length)}`, 'GEO:52.5;13.4', 'X-OTHER:1'),
  V2: event(START, 'CLASS:CONFIDENTIAL'),
  V3: event(START, 'CLASS:PRIVATE', 'ORGANIZER:mailto:ada@example.org', 'ATTENDEE:mailto:bo@example.org'),
  T1: task(START, 'RRULE:FREQ=DAILY', 'ATTENDEE:mailto:bo@example.org'),
  T3: task('SUMMARY:Call', START, 'DURATION:PT1H', 'LOCATION:Office'),
  T4: task('DUE;TZID=Europe/Berlin:20260105T100000'),
  T5: task('DTSTAMP:20260105T120000Z', 'STATUS:COMPLETED', 'PERCENT-COMPLETE:50'),
};

function section({ row, words, profiles }: ProfileRule): string {
  const [profile = 'groupware'] = profiles;
  const before = examples[row];
  const { lines: after, changes } = shapeLines(before, { profile, rulesOff: only(row) });
  const said = [...new Set(changes.map((change) => `> ${change.said}`))];
  const block = (lines: readonly string[]) => ['```ics', ...lines, '```'];
  return [
    `## ${row}: in ${profiles.length === 2 ? 'both profiles' : `\`${profile}\``}`,
    '',
    words,
    '',
    'Sent:',
    ...block(before),
    'Kept:',
    ...block(after),
    ...said.flatMap((line) => ['', line]),
    '',
  ].join('\n');
}

const listed = (names: ReadonlySet<string>) =>
  [...names]
    .filter((name) => !isVendors(name))
    .map((name) => `\`${name}\``)
    .join(', ');

const head = `# What the profiles alter

A tenant, and any of its users for trying it out, has one of two profiles. In \`groupware\` calendar data that is put is
altered by the rules below, in their order; in \`standard\` every octet comes back, except where a rule says that it holds
there as well. What was received is kept beside what is stored. Each rule can be switched off by its row.

This page is written by \`groupware-profile-document.test.ts\` from the rules themselves; \`npm test -- --project unit -u\`
renews it. The words below an example are those that the web interface shows.
`;

const lists = `## The lists of P2 and T3

- VCALENDAR: ${listed(keptOfCalendar)}
- VEVENT: ${listed(keptOfEvent)} (\`URL\` is for P1 to decide)
- VALARM: ${listed(keptOfAlarm)}
- VTODO: ${listed(keptOfTask)}, and \`CLASS\` where it is not \`PUBLIC\` (participants and recurrence are for T1 to decide)

In VCALENDAR, VEVENT and VALARM also what begins with \`X-MICROSOFT-CDO-\`, \`X-APPLE-\`, \`X-CALENDARSERVER-\` or \`X-MOZ-\`.
Of components in them VALARM stays, beside them VTIMEZONE; a VJOURNAL stays whole. Parameters stay with their property,
except those that begin with \`X-\` and are of none of these vendors; on \`ATTENDEE\`, \`ORGANIZER\`, \`ATTACH\` and on
properties that begin with \`X-\` all stay.

P2 departs from RFC 4791 5.3.3, which has servers keep what they do not know.
`;

test('the document shows each rule with what it does now', async () => {
  const text = [head, ...profileRules.map(section), lists].join('\n');
  await expect(text).toMatchFileSnapshot('../../../../docs/groupware-profile.md');
});

test('each example is altered by its rule', () => {
  for (const { row, profiles } of profileRules) {
    for (const profile of profiles) {
      const { changes } = shapeLines(examples[row], { profile, rulesOff: only(row) });
      expect(new Set(changes.map((change) => change.row))).toEqual(new Set([row]));
    }
  }
});
