import { describe, expect, it } from 'vitest';
import { isCalendarFault } from '../calendar-fault.js';
import { edit, event, now, read, startsOfYear } from '../testing/edited.js';
import { editObject, type EditScope } from './edit-object.js';
import { removeInstances } from './remove-instances.js';

const zone = 'Europe/Berlin';
const on = (day: string, hour = '09') => ({
  start: { local: `2026-${day}T${hour}:00:00`, zone },
  end: { local: `2026-${day}T${hour}:30:00`, zone },
});
/** A series of half an hour each from a day of 2026 on. */
const series = (rule: string, first: string, ...more: readonly string[]): string => {
  const time = (hour: string) => `;TZID=${zone}:2026${first.replace('-', '')}T${hour}00`;
  return event(`DTSTART${time('0900')}`, `DTEND${time('0930')}`, `RRULE:${rule}`, ...more);
};
const key = (day: string) => `2026${day.replace('-', '')}T${day < '03-29' || day > '10-25' ? '08' : '07'}0000Z`;
const days = (text: string | null): readonly string[] => startsOfYear(text).map((start) => start.slice(5, 10));
/** The last one: zones have rules, too. */
const ruleIn = (text: string | null) => text?.match(/(?<=RRULE:)[^\r]*/g)?.at(-1);

/** What is told of a series whose occurrence of one day is moved to another one. */
function moved(text: string, from: string, to: string, scope: EditScope = 'all') {
  const { text: first, later } = edit(text, on(to), { at: key(from), scope });
  return { text: first, later, rule: ruleIn(later ?? first), days: days(later ?? first) };
}

function reasonOf(text: string, from: string, to: string, scope: EditScope = 'all'): string | null {
  const target = { object: read(text), recurrenceId: key(from), scope, now, newUid: 'later' };
  const edited = editObject(target, on(to));
  return isCalendarFault(edited) ? edited.reason : null;
}

function without(text: string, day: string): string {
  const left = removeInstances({ object: read(text), recurrenceId: key(day), scope: 'this', now, newUid: '' });
  return isCalendarFault(left) ? left.reason : (left.text ?? '');
}

describe('a series on one weekday of the month that is moved by days', () => {
  const tuesdays = series('FREQ=MONTHLY;BYDAY=2TU;UNTIL=20260731T215959Z', '03-10');
  const changed = edit(without(tuesdays, '05-12'), on('06-11', '15'), { at: key('06-09'), scope: 'this' }).text;

  it('goes where the occurrence that was moved lies: what was deleted and changed stays so, and none is added', () => {
    expect(days(changed)).toEqual(['03-10', '04-14', '06-11', '07-14']);
    const all = moved(changed, '04-14', '04-15');
    expect(all.rule).toBe('FREQ=MONTHLY;BYDAY=3WE;UNTIL=20260715T070000Z');
    expect(all.text).toContain(`EXDATE;TZID=${zone}:20260520T090000`);
    expect(all.text).toContain(`RECURRENCE-ID;TZID=${zone}:20260617T090000`);
    expect(all.text).toContain(`DTSTART;TZID=${zone}:20260318T090000`);
    expect(all.text).toContain(`DTEND;TZID=${zone}:20260318T093000`);
    expect(all.days).toEqual(['03-18', '04-15', '06-11', '07-15']);
    expect(moved(changed, '03-10', '03-11').days).toEqual(['03-11', '04-08', '06-11', '07-08']);
  });

  it('also from one occurrence on', () => {
    const { text, rule, days: later } = moved(changed, '04-14', '04-15', 'future');
    expect(days(text)).toEqual(['03-10']);
    expect(rule).toBe('FREQ=MONTHLY;BYDAY=3WE;UNTIL=20260715T070000Z');
    expect(later).toEqual(['04-15', '06-11', '07-15']);
  });

  it('also by an occurrence that was moved before: as far as it is moved now', () => {
    const { text, rule } = moved(edit(changed, {}, {}).text, '06-09', '06-12');
    expect(rule).toContain('BYDAY=2WE');
    expect(days(text)).toEqual(['03-11', '04-08', '06-12', '07-08']);
  });

  it.each([
    ['the last one stays the last', 'FREQ=MONTHLY;BYDAY=-1FR', ['03-27', '04-24'], '04-27', 'BYDAY=-1MO', '03-30'],
    ['but not in an earlier week', 'FREQ=MONTHLY;BYDAY=-1FR', ['03-27', '04-24'], '04-22', 'BYDAY=4WE', '03-25'],
    ['the last but one', 'FREQ=MONTHLY;BYDAY=-2FR', ['03-20', '04-17'], '04-18', 'BYDAY=-2SA', '03-21'],
    ['a fifth is the last one', 'FREQ=MONTHLY;BYDAY=4TU', ['03-24', '04-28'], '04-30', 'BYDAY=-1TH', '03-26'],
    [
      'also where that is the first day as before',
      'FREQ=MONTHLY;BYDAY=4TU',
      ['02-24', '03-24'],
      '03-31',
      'BYDAY=-1TU',
      '02-24',
    ],
    ['over the end of a month', 'FREQ=MONTHLY;BYDAY=-1TH', ['03-26', '04-30'], '05-01', 'BYDAY=1FR', '04-03'],
    ['over its beginning', 'FREQ=MONTHLY;INTERVAL=2;BYDAY=1WE', ['03-04', '05-06'], '04-30', 'BYDAY=-1TH', '02-26'],
    [
      'said by its place',
      'FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2',
      ['03-10', '04-14'],
      '04-15',
      'BYDAY=WE;BYSETPOS=3',
      '03-18',
    ],
    [
      'the last one by its place',
      'FREQ=MONTHLY;BYSETPOS=-1;BYDAY=FR',
      ['03-27', '04-24'],
      '04-25',
      'BYSETPOS=-1;BYDAY=SA',
      '03-28',
    ],
    [
      'in some months',
      'FREQ=MONTHLY;BYMONTH=3,6;BYDAY=2TU',
      ['03-10', '06-09'],
      '06-10',
      'BYMONTH=3,6;BYDAY=2WE',
      '03-11',
    ],
  ])('%s', (_what, rule, [first = '', second = ''], to, becomes, begins) => {
    const after = moved(series(`${rule};COUNT=2`, first), second, to);
    expect(after.rule).toContain(becomes);
    expect(after.days).toEqual([begins, to]);
  });
});

describe('a series on one day of the month that is moved by days', () => {
  it.each([
    ['that it names', 'FREQ=MONTHLY;BYMONTHDAY=14', ['03-14', '04-14'], '04-16', 'BYMONTHDAY=16', '03-16'],
    ['that DTSTART alone names', 'FREQ=MONTHLY', ['03-30', '04-30'], '05-01', 'FREQ=MONTHLY;COUNT', '04-01'],
    ['the last one', 'FREQ=MONTHLY;BYMONTHDAY=-1', ['03-31', '04-30'], '04-29', 'BYMONTHDAY=-2', '03-30'],
    [
      'the last one, to an earlier week',
      'FREQ=MONTHLY;BYMONTHDAY=-1',
      ['03-31', '04-30'],
      '04-10',
      'BYMONTHDAY=10',
      '03-10',
    ],
    [
      'the last one, over the end of the month',
      'FREQ=MONTHLY;BYMONTHDAY=-1',
      ['03-31', '04-30'],
      '05-01',
      'BYMONTHDAY=1',
      '04-01',
    ],
    ['before the first of a month', 'FREQ=MONTHLY;BYMONTHDAY=2', ['03-02', '04-02'], '03-30', 'BYMONTHDAY=30', '03-30'],
  ])('%s', (_what, rule, [first = '', second = ''], to, becomes, begins) => {
    const after = moved(series(`${rule};COUNT=2`, first), second, to);
    expect(after.rule).toContain(becomes);
    expect(after.days[0]).toBe(begins);
    expect(after.days).toContain(to);
  });

  it('has none in a month without such a day, and what was deleted in the others stays so', () => {
    const each = without(series('FREQ=MONTHLY;UNTIL=20260528T070000Z', '01-28'), '04-28');
    expect(moved(each, '03-28', '03-30').days).toEqual(['01-30', '03-30', '05-30']);
  });

  describe('so many times', () => {
    const ends = series('FREQ=MONTHLY;COUNT=7', '01-31');
    const changed = edit(without(ends, '05-31'), on('10-30', '15'), { at: key('10-31'), scope: 'this' }).text;

    it('reaches as far as before, with the months that had no such day: what was changed and deleted stays so', () => {
      const { text, rule, days: after } = moved(changed, '03-31', '03-15');
      expect(rule).toBe('FREQ=MONTHLY;COUNT=12');
      const months = ['01', '02', '03', '04', '06', '07', '08', '09', '11', '12'].map((month) => `${month}-15`);
      expect(after).toEqual([...months, '10-30'].toSorted());
      expect(text).toContain(`RECURRENCE-ID;TZID=${zone}:20261015T090000`);
      expect(text).toContain(`EXDATE;TZID=${zone}:20260515T090000`);
    });

    it('reaches no farther where some months have no such day', () => {
      const each = series('FREQ=MONTHLY;COUNT=7', '01-15');
      expect(moved(each, '03-15', '03-31')).toMatchObject({
        rule: 'FREQ=MONTHLY;COUNT=4',
        days: ['01-31', '03-31', '05-31', '07-31'],
      });
      expect(moved(series('FREQ=MONTHLY;COUNT=3', '02-28'), '03-28', '03-30').days).toEqual(['03-30', '04-30']);
    });

    it('also from one occurrence on, and every few months', () => {
      const { text, later, days: after } = moved(changed, '07-31', '07-15', 'future');
      expect(days(text)).toEqual(['01-31', '03-31']);
      expect(after).toEqual(['07-15', '08-15', '09-15', '10-30', '11-15', '12-15']);
      expect(ruleIn(later)).toBe('FREQ=MONTHLY;COUNT=6');
      const second = series('FREQ=MONTHLY;INTERVAL=2;COUNT=4', '01-31');
      expect(moved(second, '05-31', '05-30').days).toEqual(['01-30', '03-30', '05-30', '07-30']);
      const third = series('FREQ=MONTHLY;INTERVAL=3;COUNT=3', '01-31');
      expect(days(third)).toEqual(['01-31', '07-31', '10-31']);
      expect(moved(third, '07-31', '07-30').days).toEqual(['01-30', '04-30', '07-30', '10-30']);
    });

    it('as days', () => {
      const change = { start: { local: '2026-03-15', zone: null }, end: { local: '2026-03-16', zone: null } };
      const { text } = edit(changed, change, { at: key('03-31') });
      expect([ruleIn(text), days(text).length]).toEqual(['FREQ=MONTHLY;COUNT=12', 11]);
    });
  });

  it('leaves where it is what was changed in a month without such a day', () => {
    const each = series('FREQ=MONTHLY;COUNT=4', '01-15');
    const titled = ['02-15', '03-15'].reduce(
      (text, day) => edit(text, { title: 'Own' }, { at: key(day), scope: 'this' }).text,
      each,
    );
    expect(moved(titled, '01-15', '01-31').days).toEqual(['01-31', '02-15', '03-31']);
  });

  it('takes added ones along, each as far', () => {
    const added = series('FREQ=MONTHLY;BYDAY=2TU;COUNT=2', '03-10', `RDATE;TZID=${zone}:20260320T090000`);
    expect(moved(added, '04-14', '04-15').days).toEqual(['03-18', '03-21', '04-15']);
  });
});

describe('a series of every year that is moved by days', () => {
  it.each([
    ['by its day', 'FREQ=YEARLY', '12-31', '2027-01-01', 'FREQ=YEARLY;COUNT=2', '01-01'],
    ['by its weekday', 'FREQ=YEARLY;BYMONTH=3;BYDAY=2TU', '03-10', '2026-03-12', 'BYMONTH=3;BYDAY=2TH', '03-11'],
    [
      'by its place',
      'FREQ=YEARLY;BYMONTH=3;BYDAY=TU;BYSETPOS=2',
      '03-10',
      '2026-03-12',
      'BYDAY=TH;BYSETPOS=2',
      '03-11',
    ],
    [
      'over the end of a year',
      'FREQ=YEARLY;BYMONTH=12;BYDAY=-1TH',
      '12-31',
      '2027-01-01',
      'BYMONTH=1;BYDAY=1FR',
      '01-07',
    ],
  ])('%s', (_what, rule, first, to, becomes, nextYear) => {
    const times = {
      start: { local: `${to}T09:00:00`, zone },
      end: { local: `${to}T09:30:00`, zone },
    };
    const { text } = edit(series(`${rule};COUNT=2`, first), times, { at: key(first) });
    expect(ruleIn(text)).toContain(becomes);
    const [year, ...rest] = to.split('-');
    expect(days(text)).toEqual(year === '2026' ? [rest.join('-')] : []);
    expect(startsOfYear(text, Number(year))).toEqual([`${to}T09:00:00`]);
    expect(startsOfYear(text, Number(year) + 1)).toEqual([`${Number(year) + 1}-${nextYear}T09:00:00`]);
  });
});

describe('a series whose days cannot be moved together', () => {
  it.each([
    ['several days of a month', 'FREQ=MONTHLY;BYMONTHDAY=1,15', '03-15', '04-15', '04-16'],
    ['several weekdays of a month', 'FREQ=MONTHLY;BYDAY=1TU,3TU', '03-17', '04-21', '04-22'],
    ['one of several weekdays', 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', '03-31', '04-30', '05-01'],
    ['weekdays on some days', 'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', '03-13', '11-13', '11-14'],
    ['days of the year', 'FREQ=YEARLY;BYYEARDAY=69,104', '03-10', '04-14', '04-15'],
    ['weeks of the year', 'FREQ=YEARLY;BYWEEKNO=11,16;BYDAY=TU', '03-10', '04-14', '04-15'],
    ['weekdays of the year', 'FREQ=YEARLY;BYDAY=10TU,15TU', '03-10', '04-14', '04-15'],
    ['days of some months', 'FREQ=WEEKLY;BYMONTH=3,4', '03-10', '04-14', '04-15'],
    ['into other months than it names', 'FREQ=MONTHLY;BYMONTH=3,4;BYMONTHDAY=-1', '03-31', '04-30', '05-01'],
    ['two rules', 'FREQ=MONTHLY;BYDAY=2TU\r\nRRULE:FREQ=DAILY', '03-10', '04-14', '04-15'],
  ])('%s: says so, and what to do', (_what, rule, first, from, to) => {
    const text = series(rule, first);
    for (const scope of ['all', 'future'] as const) {
      expect(reasonOf(text, from, to, scope)).toMatch(/^Move single occurrences, or change how it is repeated/);
    }
    expect(reasonOf(text, from, to, 'this')).toBeNull();
  });

  it('begins beside its rule: from another occurrence on it is moved', () => {
    const text = series('FREQ=MONTHLY;BYDAY=2TU;COUNT=3', '03-11');
    expect(reasonOf(text, '04-14', '04-15')).toContain('cannot be moved together');
    expect(moved(text, '04-14', '04-15', 'future').days).toEqual(['04-15', '05-20']);
  });

  it('goes to another time of the day', () => {
    const text = without(series('FREQ=MONTHLY;BYMONTHDAY=1,15;COUNT=4', '03-15'), '04-01');
    const times = startsOfYear(edit(text, on('04-15', '11'), { at: key('04-15') }).text);
    expect(times).toEqual(['2026-03-15T11:00:00', '2026-04-15T11:00:00', '2026-05-01T11:00:00']);
  });

  it('takes another rule that is sent along', () => {
    const text = series('FREQ=MONTHLY;BYMONTHDAY=1,15;COUNT=4', '03-15');
    const change = { ...on('04-16'), rule: 'FREQ=MONTHLY;COUNT=2' };
    expect(days(edit(text, change, { at: key('04-15') }).text)).toEqual(['03-16', '04-16']);
  });
});

describe('a rule that is sent along with other times', () => {
  const tuesdays = without(series('FREQ=MONTHLY;BYDAY=2TU', '03-10'), '05-12');

  it('has what was deleted and changed in the months in which it was', () => {
    const change = { ...on('04-15'), rule: 'FREQ=MONTHLY;BYDAY=3WE;COUNT=4' };
    expect(days(edit(tuesdays, change, { at: key('04-14') }).text)).toEqual(['03-18', '04-15', '06-17']);
    const { later } = edit(tuesdays, change, { at: key('04-14'), scope: 'future' });
    expect(days(later)).toEqual(['04-15', '06-17', '07-15']);
  });

  it('is kept as it was sent', () => {
    const { rule } = moved(
      edit(tuesdays, { ...on('04-15'), rule: 'FREQ=WEEKLY' }, { at: key('04-14') }).text,
      '03-11',
      '03-11',
    );
    expect(rule).toBe('FREQ=WEEKLY');
    const none = edit(tuesdays, { ...on('04-15'), rule: null }, { at: key('04-14') }).text;
    expect(days(none)).toEqual(['03-11']);
  });
});

describe('a rule of weekdays that is moved by days', () => {
  it.each([
    ['of days', 'FREQ=DAILY;INTERVAL=2;BYDAY=TU,WE;COUNT=3', ['03-10', '03-18', '03-24'], ['03-11', '03-19', '03-25']],
    ['by their place', 'FREQ=WEEKLY;BYDAY=SA,SU;BYSETPOS=2;COUNT=2', ['03-15', '03-22'], ['03-16', '03-23']],
    [
      'beside the first one',
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;COUNT=3',
      ['03-15', '03-23', '04-06'],
      ['03-16', '03-24', '04-07'],
    ],
  ])('%s goes as far', (_what, rule, before, after) => {
    const [first = '', second = ''] = before;
    const text = series(rule, first);
    expect(days(text)).toEqual(before);
    expect(moved(text, second, after[1] ?? '').days).toEqual(after);
  });
});
