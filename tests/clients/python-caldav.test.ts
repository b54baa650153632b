import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { startService } from '../support/running-service.js';
import { provisioned } from '../support/provisioned.js';

interface Outcome {
  readonly result?: unknown;
  readonly error?: string;
}

const { path: python, missing, note } = provisioned('python');
const script = join(import.meta.dirname, 'python/run_behaviours.py');
let outcomes: Readonly<Record<string, Outcome>> = {};

/** What the script saw of a behaviour. */
function seen(name: string): unknown {
  const outcome = outcomes[name];
  if (outcome === undefined) throw new Error(`the script knows no ${name}`);
  if (outcome.error !== undefined) throw new Error(outcome.error);
  return outcome.result;
}

describe.skipIf(missing)(`python-caldav${note}`, () => {
  beforeAll(async () => {
    const { url } = await startService();
    const { stdout } = await promisify(execFile)(python, ['-B', script, `${url}/`]);
    outcomes = JSON.parse(stdout) as Record<string, Outcome>;
  });

  it('finds the principal, its home, name and addresses from the server root [C4]', () => {
    expect(seen('principal')).toEqual({
      url: '/principals/users/user01/',
      home: '/calendars/user01/',
      name: 'User 01',
      addresses: ['mailto:user01@example.org', 'mailto:u1@example.org', '/principals/users/user01/'],
    });
  });

  it('sees that the server does CalDAV [C4]', () => {
    expect(seen('support')).toMatchObject({ caldav: true, dav: expect.stringContaining('calendar-access') });
  });

  it('is refused with a wrong password [C4]', () => {
    expect(seen('wrong_password')).toBe('AuthorizationError');
  });

  it('lists the default calendar and tasks folder with their components [C4]', () => {
    expect(seen('calendars')).toEqual([
      ['Calendar', ['VEVENT']],
      ['Tasks', ['VTODO']],
    ]);
  });

  it('makes a calendar with name and components, at the URL that it chose [C4, N1, N2]', () => {
    expect(seen('make_calendar')).toEqual({
      path: '/calendars/user01/football/',
      name: 'Fußball & Co',
      components: ['VEVENT', 'VTODO'],
      by_name: '/calendars/user01/football/',
    });
  });

  it('makes no second calendar at the same URL [C4, N1]', () => {
    expect(seen('make_calendar_twice')).not.toBeNull();
  });

  it('sets name, description, colour and order of a calendar [C4]', () => {
    expect(seen('set_properties')).toEqual({
      displayname: 'Renamed',
      'calendar-description': 'What it is for',
      'calendar-color': '#aabbccff',
      'calendar-order': '7',
    });
  });

  it('deletes a calendar [C4]', () => {
    expect(seen('delete_calendar')).toEqual({ listed: false, read: 'NotFoundError' });
  });

  it('searches principals by a part of the name [C4]', () => {
    expect(seen('principal_search')).toEqual({ status: 207, names: ['user01', 'user02'] });
  });

  it('saves an event and reads it back [C4]', () => {
    expect(seen('save_event')).toEqual({
      path: true,
      etag: true,
      summary: 'Größe, Maß; Ziel',
      start: ['2026-11-24T09:00:00+00:00'],
      listed: ['one'],
    });
  });

  it('changes an event [C4]', () => {
    expect(seen('change_event')).toEqual(['After']);
  });

  it('does not overwrite what another device has changed meanwhile [C4]', () => {
    expect(seen('stale_change')).toEqual({ refused: 'ETagMismatchError', kept: ['Mine'] });
  });

  it('learns that a UID is in use in the calendar [C4]', () => {
    expect(seen('same_uid_elsewhere_in_calendar')).toContain('no-uid-conflict');
  });

  it('finds an object by exactly its UID [C4]', () => {
    expect(seen('object_by_uid')).toEqual({ found: ['One'], unknown: 'NotFoundError' });
  });

  it('saves, changes and deletes events whose UIDs need escaping in URLs [C4]', () => {
    const uids = ['größe & <part>', '100% @home #1', 'a/b', 'q?x=1', 'tag:example.org,2026:a', 'a;b'];
    expect(seen('unusual_uids')).toEqual(uids.map((uid) => [uid, 'Changed', 0]));
  });

  it('deletes an event [C4]', () => {
    expect(seen('delete_event')).toEqual({ listed: [], read: 'NotFoundError' });
  });

  it('tells pending tasks from completed ones, and finds tasks in a time range [C4]', () => {
    expect(seen('tasks')).toEqual({
      pending: ['pending', 'undated'],
      all: ['done', 'pending', 'undated'],
      status: 'COMPLETED',
      completed: true,
      due_that_day: ['done', 'pending', 'undated'],
    });
  });

  it('takes a completed task back [C4]', () => {
    expect(seen('uncomplete_task')).toEqual({ pending: ['one'], left: false });
  });

  it('has the server expand a series with a moved and a skipped occurrence [C4]', () => {
    expect(seen('recurring_with_exceptions')).toEqual({
      objects: 1,
      starts: ['2026-10-19T07:00:00+00:00', '2026-10-27T14:00:00+00:00', '2026-11-09T08:00:00+00:00'],
      summaries: ['Weekly', 'Weekly', 'Weekly, moved'],
      rules: 0,
      skipped_day: [],
      moved_day: ['series'],
      left_day: [],
    });
  });

  it('changes one occurrence of a series [C4]', () => {
    expect(seen('change_one_recurrence')).toEqual(['The last one', 'Weekly', 'Weekly, moved']);
  });

  it('searches by time range, open at either end as well [C4]', () => {
    expect(seen('time_range')).toEqual({
      one_week: ['weekly'],
      first_week: ['lunch', 'weekly'],
      between: [],
      open_end: ['dinner', 'weekly'],
      open_start: ['weekly'],
    });
  });

  it('searches by time range with occurrences in place of rules [C4]', () => {
    expect(seen('time_range_expanded')).toEqual({
      starts: ['2026-01-07T12:00:00+00:00', '2026-01-12T09:00:00+00:00', '2026-01-19T09:00:00+00:00'],
      rules: 0,
    });
  });

  it('searches by summary, with and without case [C4]', () => {
    expect(seen('by_summary')).toEqual({
      exact: ['weekly'],
      other_case: ['weekly'],
      other_case_in_octets: [],
      part: ['weekly'],
      umlaut: ['lunch'],
      none: [],
    });
  });

  it('searches by category [C4]', () => {
    expect(seen('by_category')).toEqual({ one: ['lunch'], several: ['dinner', 'lunch'] });
  });

  it('searches by absence of a property and by several conditions [C4]', () => {
    expect(seen('property_filters')).toEqual({ undefined: ['weekly'], and: ['lunch'], and_time: ['dinner'] });
  });

  it('asks for free and busy times [C4]', () => {
    expect(seen('free_busy')).toEqual([
      '2026-01-05T09:00:00+00:00/2026-01-05T10:00:00+00:00',
      '2026-01-07T12:00:00+00:00/2026-01-07T13:00:00+00:00',
      '2026-01-12T09:00:00+00:00/2026-01-12T10:00:00+00:00',
    ]);
  });

  it('gets several objects at once [C4]', () => {
    expect(seen('multiget')).toHaveLength(2);
  });

  it('gets all objects and a token on the first sync [C4]', () => {
    expect(seen('first_sync')).toMatchObject({ uids: ['one', 'two'], token: expect.stringMatching(/[:/]/) });
  });

  it('learns of additions, changes and deletions by sync token [C4]', () => {
    expect(seen('incremental_sync')).toEqual({
      live: ['By another', 'added'],
      deleted: ['deleted.ics'],
      afterwards: 0,
    });
  });

  it('keeps a synchronised collection equal to the calendar [C4]', () => {
    expect(seen('synchronised_collection')).toEqual({
      updated: ['By another', 'added'],
      deleted: ['deleted.ics'],
      all: ['By another', 'added', 'kept'],
      again: [0, 0],
    });
  });

  it('starts anew with a sync token that the server does not know [C4]', () => {
    expect(seen('unknown_sync_token')).toEqual({ strict: 'AuthorizationError', with_fallback: ['one'] });
  });
});
