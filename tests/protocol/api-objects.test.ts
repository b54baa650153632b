import { once } from 'node:events';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';
import { event } from '../support/calendar-data.js';
import { type Page, signedIn } from './page-client.js';
import { calendarWith, newCalendar, put, type TestedService, testedService } from './tested-service.js';

let tested: TestedService;
let page: Page;
beforeAll(async () => {
  tested = await testedService();
  page = await signedIn(tested.service.url);
});

const zone = 'Europe/Berlin';
const at = (local: string) => ({ local, zone: local.length > 10 ? zone : null });
const objects = (folder: string, name = '') =>
  folder.replace(/^\/calendars\//, '/api/v1/objects/').replace(/\/$/, name === '' ? '' : `/${name}`);
const folderOf = (url: string) => url.split('/').slice(2, 4).join('/');

interface Listed {
  readonly title: string;
  readonly start: string;
  readonly end: string;
  readonly recurrenceId: string | null;
  readonly name: string;
  readonly etag: string;
  readonly allDay: boolean;
}

async function eventsIn(folder: string, start = '2026-01-01', end = '2026-02-01'): Promise<readonly Listed[]> {
  const query = new URLSearchParams({ start, end, zone, folder: folderOf(folder) });
  const { status, json, text } = await page('GET', `/api/v1/events?${query}`);
  if (status !== 200) throw new Error(`${status} ${text}`);
  return (json.events as Listed[]).toSorted((a, b) => a.start.localeCompare(b.start));
}
const starts = async (folder: string) => (await eventsIn(folder)).map(({ start }) => start);

const weekly = event('weekly', ['SUMMARY:Weekly', 'X-KEPT:yes', 'RRULE:FREQ=WEEKLY;COUNT=4']).replace(
  /DTSTART[^\r]*/,
  `DTSTART;TZID=${zone}:20260105T090000`,
);

async function withWeekly(): Promise<string> {
  const text = weekly.replace(/DTEND[^\r]*/, `DTEND;TZID=${zone}:20260105T100000`);
  return calendarWith(tested.dav, { 'weekly.ics': text });
}

describe('O7: appointments as the page has them', () => {
  it('are the instances that CalDAV has, on the wall of a zone', async () => {
    const folder = await withWeekly();
    expect(await starts(folder)).toEqual(['05', '12', '19', '26'].map((day) => `2026-01-${day}T09:00:00`));
    const query = new URLSearchParams({
      start: '2026-01-05',
      end: '2026-01-06',
      zone: 'UTC',
      folder: folderOf(folder),
    });
    const { json } = await page('GET', `/api/v1/events?${query}`);
    expect(json.events).toMatchObject([
      { start: '2026-01-05T08:00:00', recurrenceId: '20260105T080000Z', editable: true },
    ]);
  });

  it('are no more than a page can show: a shorter time is asked for', async () => {
    const folder = await newCalendar(tested.dav);
    const often = (name: string) =>
      event(name, ['DTSTART:20260101T000000Z', 'DURATION:PT5M', 'RRULE:FREQ=MINUTELY;INTERVAL=15']);
    await put(tested.dav, `${folder}often.ics`, often('often'));
    const asked = async (end: string) => {
      const query = new URLSearchParams({ start: '2026-01-01', end, folder: folderOf(folder) });
      return page('GET', `/api/v1/events?${query}`);
    };
    expect((await asked('2026-02-01')).json.events).toHaveLength(31 * 96);
    const tooMany = await asked('2026-04-01');
    expect([tooMany.status, tooMany.json.detail]).toEqual([507, expect.stringContaining('shorter')]);
    for (let count = 0; count < 6; count += 1) await put(tested.dav, `${folder}${count}.ics`, often(`often-${count}`));
    expect((await asked('2026-02-01')).status).toBe(507);
    expect((await asked('2026-01-08')).status).toBe(200);
  });

  it('are made, and CalDAV has them with their zone', async () => {
    const folder = await newCalendar(tested.dav);
    const times = { start: at('2026-01-07T09:00:00'), end: at('2026-01-07T10:00:00') };
    const body = { component: 'VEVENT', title: 'Made', ...times, reminders: [15], isPrivate: true, location: 'Here' };
    const made = await page('POST', objects(folder), { body });
    expect(made.status).toBe(201);
    const { body: text } = await tested.dav('GET', made.json.href);
    for (const line of [
      'SUMMARY:Made',
      `DTSTART;TZID=${zone}:20260107T090000`,
      'BEGIN:VTIMEZONE',
      'TRIGGER:-PT15M',
      'CLASS:PRIVATE',
    ]) {
      expect(text).toContain(line);
    }
    expect((await page('GET', objects(folder, made.json.name))).json).toMatchObject({
      title: 'Made',
      ...times,
      reminders: [15],
    });
  });

  it('are made once, however often one of the same id is sent', async () => {
    const folder = await newCalendar(tested.dav);
    const start = { local: '2026-01-05', zone: null };
    const body = { component: 'VEVENT', start, id: '01234567-89ab-4cde-8f01-23456789abcd', title: 'Once' };
    const made = await page('POST', objects(folder), { body });
    expect([made.status, made.json.name]).toEqual([201, `${body.id}.ics`]);
    expect((await tested.dav('GET', made.json.href)).body).toContain(`UID:${body.id}`);
    expect((await page('POST', objects(folder), { body: { ...body, title: 'Twice' } })).status).toBe(412);
    expect((await tested.dav('GET', folder)).body.match(/SUMMARY.*/g)).toEqual(['SUMMARY:Once']);
  });

  it.each([
    ['no component', {}],
    ['an id that is a path', { component: 'VEVENT', id: '../../../another-folder' }],
    ['a day that does not exist', { component: 'VEVENT', start: { local: '2026-02-30', zone: null } }],
    ['a zone that does not exist', { component: 'VEVENT', start: { local: '2026-02-03T09:00:00', zone: 'No/Where' } }],
    ['a rule that is more than one', { component: 'VEVENT', rule: 'FREQ=DAILY\r\nX-EVIL:1' }],
    ['a title that is no text', { component: 'VEVENT', title: 7 }],
  ])('are not made of %s', async (_what, body) => {
    expect((await page('POST', objects(tested.calendar), { body })).status).toBe(400);
  });
});

describe('O7: changes hold for the version that was seen', () => {
  it('and are refused for another, without a trace', async () => {
    const folder = await withWeekly();
    const [first] = await eventsIn(folder);
    const url = objects(folder, 'weekly.ics');
    const headers = { 'if-match': first?.etag ?? '' };
    expect((await page('PATCH', url, { body: { title: 'x' } })).status).toBe(428);
    const changed = await page('PATCH', url, { body: { title: 'New' }, headers });
    expect(changed.status).toBe(200);
    expect((await page('PATCH', url, { body: { title: 'Late' }, headers })).status).toBe(412);
    expect((await page('DELETE', url, { headers })).status).toBe(412);
    const { body, headers: told } = await tested.dav('GET', `${folder}weekly.ics`);
    expect(body).toContain('SUMMARY:New');
    expect(body).toContain('X-KEPT:yes');
    expect(told.etag).toBe(changed.json.etag);
  });

  it('whatever way the version is named; what is written over is what was there', async () => {
    const folder = await withWeekly();
    const url = objects(folder, 'weekly.ics');
    const change = async (tag: string) =>
      (await page('PATCH', url, { body: { title: 'x' }, headers: { 'if-match': tag } })).status;
    const [first] = await eventsIn(folder);
    expect(await change('"none-1", "none-2"')).toBe(412);
    expect(await change(`"none-1", ${first?.etag}`)).toBe(200);
    expect(await change(`"none-1", ${first?.etag}`)).toBe(412);
    expect(await change('*')).toBe(200);
  });

  it('of one occurrence, of it and the following ones, and of all', async () => {
    const folder = await withWeekly();
    const change = async (scope: string, which: number, body: object) => {
      const { recurrenceId, etag, name } = (await eventsIn(folder))[which] as Listed;
      const query = new URLSearchParams({ scope, ...(recurrenceId === null ? {} : { 'recurrence-id': recurrenceId }) });
      const answer = await page('PATCH', `${objects(folder, name)}?${query}`, { body, headers: { 'if-match': etag } });
      expect([answer.status, answer.json?.detail]).toEqual([200, undefined]);
      return answer.json;
    };
    const times = (day: string, hour: string) => ({
      start: at(`2026-01-${day}T${hour}:00:00`),
      end: at(`2026-01-${day}T${hour}:30:00`),
    });
    await change('this', 1, times('13', '11'));
    expect(await starts(folder)).toEqual([
      '2026-01-05T09:00:00',
      '2026-01-13T11:00:00',
      '2026-01-19T09:00:00',
      '2026-01-26T09:00:00',
    ]);
    const { later } = await change('future', 2, { title: 'Later' });
    expect((await eventsIn(folder)).map(({ title }) => title)).toEqual(['Weekly', 'Weekly', 'Later', 'Later']);
    expect(later.href).not.toBe(`${folder}weekly.ics`);
    await change('all', 3, times('27', '14'));
    expect(await starts(folder)).toEqual([
      '2026-01-05T09:00:00',
      '2026-01-13T11:00:00',
      '2026-01-20T14:00:00',
      '2026-01-27T14:00:00',
    ]);
  });

  it('deletes one occurrence, the following ones, and all', async () => {
    const folder = await withWeekly();
    const remove = async (scope: string, which: number) => {
      const { recurrenceId, etag, name } = (await eventsIn(folder))[which] as Listed;
      const query = new URLSearchParams({ scope, 'recurrence-id': recurrenceId ?? '' });
      return (await page('DELETE', `${objects(folder, name)}?${query}`, { headers: { 'if-match': etag } })).status;
    };
    expect(await remove('this', 1)).toBe(200);
    expect(await starts(folder)).toEqual(['2026-01-05T09:00:00', '2026-01-19T09:00:00', '2026-01-26T09:00:00']);
    expect(await remove('future', 2)).toBe(200);
    expect(await starts(folder)).toEqual(['2026-01-05T09:00:00', '2026-01-19T09:00:00']);
    expect(await remove('all', 0)).toBe(204);
    expect(await starts(folder)).toEqual([]);
  });
});

describe('O7: a series on the second Tuesday of the month', () => {
  const series = (rule: string) =>
    event('monthly', ['SUMMARY:Monthly', `RRULE:FREQ=MONTHLY;${rule}`])
      .replace(/DTSTART[^\r]*/, `DTSTART;TZID=${zone}:20260310T090000`)
      .replace(/DTEND[^\r]*/, `DTEND;TZID=${zone}:20260310T100000`);
  const times = (day: string, hour = '09') => ({
    start: at(`2026-${day}T${hour}:00:00`),
    end: at(`2026-${day}T${hour}:30:00`),
  });

  async function changing(rule: string) {
    const folder = await calendarWith(tested.dav, { 'monthly.ics': series(rule) });
    const listed = () => eventsIn(folder, '2026-03-01', '2026-08-01');
    const send = async (method: string, day: string, scope: string, body?: object) => {
      const one = (await listed()).find(({ start }) => start.startsWith(`2026-${day}`));
      const query = new URLSearchParams({ scope, 'recurrence-id': one?.recurrenceId ?? '' });
      const url = `${objects(folder, one?.name)}?${query}`;
      const { status, json } = await page(method, url, { body, headers: { 'if-match': one?.etag ?? '' } });
      return { status, detail: json?.detail as string | undefined };
    };
    return { send, shown: async () => (await listed()).map(({ start, title }) => `${start.slice(5, 13)} ${title}`) };
  }

  it('is moved by a day with what was deleted and changed; what is changed of all reaches all', async () => {
    const { send, shown } = await changing('BYDAY=2TU;COUNT=5');
    expect((await send('DELETE', '05-12', 'this')).status).toBe(200);
    expect((await send('PATCH', '06-09', 'this', times('06-11', '15'))).status).toBe(200);
    expect((await send('PATCH', '04-14', 'all', times('04-15'))).status).toBe(200);
    const days = ['03-18T09', '04-15T09', '06-11T15', '07-15T09'];
    expect(await shown()).toEqual(days.map((day) => `${day} Monthly`));
    expect((await send('PATCH', '04-15', 'all', { title: 'New' })).status).toBe(200);
    expect(await shown()).toEqual(days.map((day) => `${day} New`));
  });

  it('and on others that cannot be moved together: the refusal says what to do', async () => {
    const { send, shown } = await changing('BYDAY=2TU,4TU;COUNT=3');
    const before = await shown();
    for (const scope of ['all', 'future']) {
      const { status, detail } = await send('PATCH', '04-14', scope, times('04-15'));
      expect([status, detail]).toEqual([400, expect.stringMatching(/^Move single occurrences/)]);
    }
    expect(await shown()).toEqual(before);
    expect((await send('PATCH', '04-14', 'this', times('04-15'))).status).toBe(200);
    expect(await shown()).toEqual(['03-10T09 Monthly', '03-24T09 Monthly', '04-15T09 Monthly']);
  });
});

describe('O7: occurrences of a series that is elsewhere', () => {
  const part = (day: string) =>
    event('invited', [`RECURRENCE-ID:202601${day}T090000Z`, `DTSTART:202601${day}T090000Z`, 'DURATION:PT1H']);
  const both = part('05').replace(/END:VCALENDAR\s*$/, (/BEGIN:VEVENT[\s\S]*/.exec(part('12')) ?? [''])[0]);

  it('are changed together, taken out one by one, and then the object is gone', async () => {
    const folder = await calendarWith(tested.dav, { 'invited.ics': both });
    const url = objects(folder, 'invited.ics');
    const answer = async (method: string, scope: string, body?: object) => {
      const [{ etag, recurrenceId }] = (await eventsIn(folder)) as [Listed];
      const query = new URLSearchParams({ scope, 'recurrence-id': recurrenceId ?? '' });
      return (await page(method, `${url}?${query}`, { body, headers: { 'if-match': etag } })).status;
    };
    expect(await answer('PATCH', 'all', { start: at('2026-01-05T11:00:00'), title: 'Both' })).toBe(200);
    expect((await eventsIn(folder)).map(({ title, start }) => [title, start])).toEqual([
      ['Both', '2026-01-05T11:00:00'],
      ['Both', '2026-01-12T11:00:00'],
    ]);
    expect(await answer('DELETE', 'this')).toBe(200);
    expect(await starts(folder)).toEqual(['2026-01-12T11:00:00']);
    expect(await answer('DELETE', 'this')).toBe(204);
    expect((await tested.dav('GET', `${folder}invited.ics`)).status).toBe(404);
  });
});

describe('O7: tasks', () => {
  it('are made, completed and deleted (T5)', async () => {
    const body = { component: 'VTODO', title: 'Task', end: at('2026-01-07'), priority: 1 };
    const made = (await page('POST', objects(tested.tasks), { body })).json;
    const url = objects(tested.tasks, made.name);
    const done = await page('PATCH', url, {
      body: { status: 'COMPLETED', percent: 100 },
      headers: { 'if-match': made.etag },
    });
    const { body: text } = await tested.dav('GET', made.href);
    for (const line of ['STATUS:COMPLETED', 'PERCENT-COMPLETE:100', 'COMPLETED:', 'DUE;VALUE=DATE:20260107'])
      expect(text).toContain(line);
    const listed = (await page('GET', '/api/v1/tasks')).json.tasks;
    expect(listed).toMatchObject([{ title: 'Task', priority: 1, status: 'COMPLETED', percent: 100 }]);
    expect((await page('DELETE', url, { headers: { 'if-match': done.json.etag } })).status).toBe(204);
    expect((await page('GET', '/api/v1/tasks')).json.tasks).toEqual([]);
  });

  it('that recur are all due earlier with what was done and deleted, also where they begin when they are due', async () => {
    const url = `${tested.tasks}weekly-task.ics`;
    const lines = [
      ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', 'BEGIN:VTODO', 'UID:weekly-task', 'DTSTAMP:20260101T000000Z'],
      ...['DTSTART:20260105T090000Z', 'DUE:20260105T090000Z', 'RRULE:FREQ=WEEKLY;COUNT=4', 'EXDATE:20260112T090000Z'],
      ...['END:VTODO', 'END:VCALENDAR', ''],
    ];
    await put(tested.dav, url, lines.join('\r\n'));
    const change = async (id: string, scope: string, body: object) => {
      const etag = (await tested.dav('GET', url)).headers.etag ?? '';
      const query = new URLSearchParams({ scope, 'recurrence-id': id });
      const path = `${objects(tested.tasks, 'weekly-task.ics')}?${query}`;
      return (await page('PATCH', path, { body, headers: { 'if-match': etag } })).status;
    };
    expect(await change('20260105T090000Z', 'this', { status: 'COMPLETED', percent: 100 })).toBe(200);
    const end = { local: '2026-01-19T08:00:00', zone: 'UTC' };
    expect(await change('20260119T090000Z', 'all', { end })).toBe(200);
    const { body: text } = await tested.dav('GET', url);
    expect(text.match(/(DTSTART|DUE|EXDATE|RECURRENCE-ID).*/g)).toEqual([
      ...['DTSTART:20260105T080000Z', 'DUE:20260105T080000Z', 'EXDATE:20260112T080000Z'],
      ...['DTSTART:20260105T080000Z', 'RECURRENCE-ID:20260105T080000Z', 'DUE:20260105T080000Z'],
    ]);
    const { etag } = (await tested.dav('GET', url)).headers;
    const gone = await page('DELETE', objects(tested.tasks, 'weekly-task.ics'), {
      headers: { 'if-match': etag ?? '' },
    });
    expect(gone.status).toBe(204);
  });
});

describe('O7: import', () => {
  it('brings in what a file has, and leaves out what is there or cannot be', async () => {
    const folder = await newCalendar(tested.dav);
    await put(tested.dav, `${folder}known.ics`, event('known'));
    const part = (text: string) =>
      text.replace(/^BEGIN:VCALENDAR[\s\S]*?(?=BEGIN:V(EVENT|TODO))/, '').replace(/END:VCALENDAR\s*$/, '');
    const all = [part(event('known')), part(event('new')), part(event('other'))].join('');
    const raw = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:PUBLISH\r\n${all}END:VCALENDAR\r\n`;
    const path = folder.replace(/^\/calendars\//, '/api/v1/folders/');
    const headers = { 'content-type': 'text/calendar' };
    const { json } = await page('POST', `${path}import`, { raw, headers });
    expect(json).toMatchObject({ imported: 2, refused: 1 });
    expect((await page('POST', `${path}import`, { raw: 'no calendar', headers })).status).toBe(400);
    const other = { 'content-type': 'text/plain' };
    expect((await page('POST', `${path}import`, { raw, headers: other })).status).toBe(415);
    expect((await tested.dav('GET', folder)).body.match(/BEGIN:VEVENT/g)).toHaveLength(3);
  });

  it('takes one file of each person at a time: they are held in memory', async () => {
    const folder = await newCalendar(tested.dav);
    const path = `${folder.replace(/^\/calendars\//, '/api/v1/folders/')}import`;
    const headers = { 'content-type': 'text/calendar' };
    const raw = event('slow');
    const authorization = `Basic ${Buffer.from('user01:user01').toString('base64')}`;
    const { hostname, port } = new URL(tested.service.url);
    const slow = httpRequest({ hostname, port, method: 'POST', path, headers: { ...headers, authorization } });
    const answered = once(slow, 'response') as Promise<[IncomingMessage]>;
    slow.write(raw.slice(0, 10));
    await expect.poll(async () => (await page('POST', path, { raw, headers })).status).toBe(429);
    slow.end(raw.slice(10));
    const [answer] = await answered;
    answer.resume();
    expect(answer.statusCode).toBe(200);
    expect((await page('POST', path, { raw, headers })).status).toBe(200);
  });
});
