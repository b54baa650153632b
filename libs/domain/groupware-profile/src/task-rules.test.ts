import { describe, expect, test } from 'vitest';
import { alarm, only, shapeLines, task } from './testing/shape-lines.js';

const BERLIN = [
  ...['BEGIN:VTIMEZONE', 'TZID:Europe/Berlin', 'BEGIN:STANDARD', 'DTSTART:19701025T030000', 'TZOFFSETFROM:+0200'],
  ...['TZOFFSETTO:+0100', 'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10', 'END:STANDARD', 'BEGIN:DAYLIGHT'],
  ...['DTSTART:19700329T020000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200', 'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3'],
  ...['END:DAYLIGHT', 'END:VTIMEZONE'],
];

describe('T1: simple tasks', () => {
  test('lose participants and recurrence', () => {
    const shaped = shapeLines(
      task(
        'DTSTART:20260105T090000Z',
        'RRULE:FREQ=DAILY',
        'EXDATE:20260106T090000Z',
        'RDATE:20260108T080000Z',
        'ATTENDEE:mailto:b@x',
        'ORGANIZER:mailto:a@x',
      ),
      { rulesOff: only('T1') },
    );
    expect(shaped.lines).toEqual(task('DTSTART:20260105T090000Z'));
    expect(shaped.changes.map(({ said }) => said)).toEqual([
      'The participants were left out: tasks have none.',
      'The recurrence was left out: tasks do not repeat.',
    ]);
  });

  test('keep the master of a series, or else its first exception', () => {
    const master = task('SUMMARY:all', 'DTSTART:20260105T090000Z', 'RRULE:FREQ=DAILY');
    const exception = (day: string) =>
      task(`SUMMARY:${day}`, `RECURRENCE-ID:202601${day}T090000Z`, `DTSTART:202601${day}T100000Z`);
    expect(shapeLines([...exception('06'), ...master]).lines).toEqual(task('SUMMARY:all', 'DTSTART:20260105T090000Z'));
    expect(shapeLines([...exception('06'), ...exception('07')]).lines).toEqual(
      task('SUMMARY:06', 'DTSTART:20260106T100000Z'),
    );
  });

  test('simple already are left alone; standard keeps series (T6)', () => {
    expect(shapeLines(task('DTSTART:20260105T090000Z')).isSame).toBe(true);
    const series = task('DTSTART:20260105T090000Z', 'RRULE:FREQ=DAILY', 'ATTENDEE:mailto:b@x');
    expect(shapeLines(series, { profile: 'standard' }).isSame).toBe(true);
    expect(shapeLines(series, { rulesOff: ['T1'] }).isSame).toBe(true);
  });
});

describe('T3: properties of tasks', () => {
  const kept = [
    ...['DTSTAMP:20260101T000000Z', 'CREATED:20260101T000000Z', 'LAST-MODIFIED:20260101T000000Z', 'SEQUENCE:1'],
    ...['DTSTART:20260105T090000Z', 'DUE:20260106T090000Z', 'CATEGORIES:a', 'SUMMARY:s', 'PRIORITY:1', 'DESCRIPTION:d'],
    ...['STATUS:COMPLETED', 'PERCENT-COMPLETE:100', 'COMPLETED:20260105T100000Z', ...alarm('TRIGGER:-PT5M')],
  ];

  test('those of the list stay', () => {
    expect(shapeLines(task(...kept)).isSame).toBe(true);
  });

  test.each([
    'LOCATION:l',
    'GEO:1;2',
    'CLASS:PUBLIC',
    'RELATED-TO:p',
    'COLOR:red',
    'X-APPLE-SORT-ORDER:1',
    'ATTACH:https://x/',
    'X-MOZ-GENERATION:1',
  ])('%s goes', (line) => {
    const shaped = shapeLines(task(line, ...kept));
    expect(shaped.lines).toEqual(task(...kept));
    expect(shaped.changes).toMatchObject([{ row: 'T3', component: 'VTODO' }]);
  });

  test('V4: a private task stays private', () => {
    expect(shapeLines(task('CLASS:PRIVATE', ...kept)).isSame).toBe(true);
  });

  test.each([
    ['DTSTART:20260105T090000Z', 'DURATION:PT1H', 'DUE:20260105T100000Z'],
    ['DTSTART;VALUE=DATE:20260105', 'DURATION:P2D', 'DUE;VALUE=DATE:20260107'],
    ['DTSTART:20260105T090000', 'DURATION:P1D', 'DUE:20260106T090000'],
  ])('%s and %s give %s', (start, duration, due) => {
    expect(shapeLines(task(start, duration)).lines).toEqual(task(start, due));
  });
});

describe('T4: dates in UTC', () => {
  test('turns start and due date, and leaves out the time zone that nothing names any more', () => {
    const shaped = shapeLines([
      ...BERLIN,
      ...task('DTSTART;TZID=Europe/Berlin:20260705T090000', 'DUE;VALUE=DATE-TIME;TZID=Europe/Berlin:20260706T090000'),
    ]);
    expect(shaped.lines).toEqual(task('DTSTART:20260705T070000Z', 'DUE;VALUE=DATE-TIME:20260706T070000Z'));
    expect(shaped.changes).toMatchObject([{ row: 'T4', said: 'The dates of the task were turned to UTC.' }]);
  });

  test.each([
    ['days', 'DUE;VALUE=DATE:20260705'],
    ['floating times', 'DUE:20260705T090000'],
    ['UTC', 'DUE:20260705T090000Z'],
  ])('%s stay', (_, line) => {
    expect(shapeLines(task(line)).isSame).toBe(true);
  });

  test('series keep their zone where T1 is off, and standard turns nothing', () => {
    const start = 'DTSTART;TZID=Europe/Berlin:20260705T090000';
    expect(shapeLines(task(start, 'RRULE:FREQ=DAILY'), { rulesOff: ['T1'] }).isSame).toBe(true);
    expect(shapeLines(task(start), { profile: 'standard' }).isSame).toBe(true);
  });
});

describe('T5: status and progress agree', () => {
  const AT = 'COMPLETED:20260105T100000Z';
  const DONE = ['STATUS:COMPLETED', 'PERCENT-COMPLETE:100', AT];

  test.each([
    [
      'STATUS alone',
      ['LAST-MODIFIED:20260105T100000Z', 'STATUS:COMPLETED'],
      ['LAST-MODIFIED:20260105T100000Z', ...DONE],
    ],
    ['no time at all', ['STATUS:COMPLETED'], ['STATUS:COMPLETED', 'PERCENT-COMPLETE:100']],
    ['STATUS beside a lower progress', ['STATUS:COMPLETED', 'PERCENT-COMPLETE:50', AT], DONE],
    ['COMPLETED alone', [AT], [AT, 'STATUS:COMPLETED', 'PERCENT-COMPLETE:100']],
    [
      '100 % alone',
      ['DTSTAMP:20260105T100000Z', 'PERCENT-COMPLETE:100'],
      ['DTSTAMP:20260105T100000Z', 'PERCENT-COMPLETE:100', 'STATUS:COMPLETED', AT],
    ],
    [
      'done, then NEEDS-ACTION',
      ['STATUS:NEEDS-ACTION', 'PERCENT-COMPLETE:100', AT],
      ['STATUS:NEEDS-ACTION', 'PERCENT-COMPLETE:0'],
    ],
    ['done, then IN-PROCESS', ['STATUS:IN-PROCESS', 'PERCENT-COMPLETE:100', AT], ['STATUS:IN-PROCESS']],
  ])('%s', (_, sent, stored) => {
    expect(shapeLines(task(...sent)).lines).toEqual(task(...stored));
  });

  test.each([
    ['done', DONE],
    ['begun', ['STATUS:IN-PROCESS', 'PERCENT-COMPLETE:50']],
    ['half done', ['PERCENT-COMPLETE:50']],
    ['cancelled', ['STATUS:CANCELLED', 'PERCENT-COMPLETE:100']],
    ['a reset: nothing at all', []],
  ])('%s is left alone', (_, lines) => {
    expect(shapeLines(task(...lines)).isSame).toBe(true);
  });

  test('a start after the due date is dropped', () => {
    const shaped = shapeLines(task('DTSTART:20260107T090000Z', 'DUE;VALUE=DATE:20260105'));
    expect(shaped.lines).toEqual(task('DUE;VALUE=DATE:20260105'));
    expect(shapeLines(task('DTSTART:20260105T090000Z', 'DUE;VALUE=DATE:20260105')).isSame).toBe(true);
  });

  test('P3: standard alters nothing', () => {
    expect(shapeLines(task('STATUS:COMPLETED'), { profile: 'standard' }).isSame).toBe(true);
  });
});
