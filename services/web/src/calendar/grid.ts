import { Calendar, type EventApi, type EventInput, type EventSourceFuncArg } from '@fullcalendar/core';
import de from '@fullcalendar/core/locales/de';
import dayGrid from '@fullcalendar/daygrid';
import interaction from '@fullcalendar/interaction';
import list from '@fullcalendar/list';
import timeGrid from '@fullcalendar/timegrid';
import { api } from '../api/request.js';
import type { CalendarEvent, Folder } from '../api/types.js';
import { colorOf, mayAdd } from '../folders/folder-tree.js';
import { tellFault } from '../state/stores.js';
import { nowIn, zone } from '../state/zone.js';
import { language, t } from '../text/t.js';
import { type GridView, gridViews } from './grid-views.js';
import { titleOf } from './title-of.js';

/** Where an appointment was dragged to; on the wall of the grid's zone, days without a time. */
export interface Moved {
  readonly event: CalendarEvent;
  readonly start: string;
  readonly end: string;
  readonly revert: () => void;
}

interface GridEvents {
  readonly titled: (title: string) => void;
  readonly opened: (event: CalendarEvent) => void;
  readonly chosen: (start: string, end: string) => void;
  readonly moved: (moved: Moved) => void;
}

interface Shown {
  readonly folders: readonly Folder[];
  readonly hidden: ReadonlySet<string>;
}

/** The calendar grid. It is given times on the wall of the chosen zone, so it calculates with none. */
export class Grid {
  readonly #calendar: Calendar;
  #shown: Shown = { folders: [], hidden: new Set() };
  #asked = '';
  /** Something was dragged and not asked for since: what is drawn is not what was read. */
  #isMoved = false;
  #events: Promise<readonly CalendarEvent[]> = Promise.resolve([]);

  constructor(box: HTMLElement, view: GridView, { titled, opened, chosen, moved }: GridEvents) {
    const own = (event: EventApi): CalendarEvent => event.extendedProps['event'] as CalendarEvent;
    const move = ({ event, revert }: { event: EventApi; revert: () => void }) => {
      this.#isMoved = true;
      moved({ event: own(event), ...spanOf(event, own(event)), revert });
    };
    this.#calendar = new Calendar(box, {
      plugins: [dayGrid, timeGrid, list, interaction],
      ...{ initialView: gridViews[view], headerToolbar: false, height: '100%', timeZone: 'UTC' },
      ...{ locales: [de], locale: language === 'de' ? 'de' : 'en-gb', firstDay: 1, nowIndicator: true },
      ...{ selectable: true, selectMirror: true, editable: true, eventInteractive: true, dayMaxEvents: true },
      ...{ scrollTime: '07:30:00', slotDuration: '00:30:00', snapDuration: '00:15:00', longPressDelay: 400 },
      ...{ navLinks: false, weekNumbers: innerWidth > 900, weekNumberFormat: { week: 'numeric' } },
      ...{ eventDisplay: 'auto', slotEventOverlap: false, noEventsText: t('nothingPlanned') },
      eventTimeFormat: { hour: '2-digit', minute: '2-digit', hour12: false },
      moreLinkHint: (count) => t('moreHint', { count }),
      // A day is named by all that is in it; the grid would name it by its date alone.
      dayCellDidMount: ({ el }) => el.removeAttribute('aria-labelledby'),
      now: () => nowIn(zone.value),
      events: (asked, succeed, fail) => void this.#read(asked).then(succeed, fail),
      eventSourceFailure: tellFault,
      datesSet: ({ view: { title } }) => titled(title),
      eventClick: ({ event, jsEvent }) => {
        jsEvent.preventDefault();
        opened(own(event));
      },
      select: ({ startStr, endStr }) => {
        this.#calendar.unselect();
        chosen(plain(startStr), plain(endStr));
      },
      eventDrop: move,
      eventResize: move,
    });
    this.#calendar.render();
  }

  show(shown: Shown): void {
    const before = this.#shown;
    this.#shown = shown;
    if (looksOf(before) !== looksOf(shown)) this.#calendar.refetchEvents();
  }

  /** Asks the server anew. What is as it was is not drawn again, so that neither a click nor the focus gets lost. */
  async reload(): Promise<void> {
    const query = this.#asked;
    if (query === '') return;
    const [before, now] = await Promise.all([this.#events.catch(() => []), eventsOf(query)]);
    if (query !== this.#asked || (!this.#isMoved && JSON.stringify(before) === JSON.stringify(now))) return;
    this.#isMoved = false;
    this.#events = Promise.resolve(now);
    this.#calendar.refetchEvents();
  }

  go(where: 'prev' | 'next' | 'today'): void {
    this.#calendar[where]();
  }

  /** @param local a day or a time of the grid's zone */
  goTo(local: string): void {
    this.#calendar.gotoDate(`${local.slice(0, 10)}T00:00:00Z`);
  }

  change(view: GridView): void {
    this.#calendar.changeView(gridViews[view]);
  }

  /** Where a new appointment is offered: at the next full hour, on a day that is looked at. */
  nextHour(): { readonly start: string; readonly end: string } {
    const now = nowIn(zone.value);
    const { activeStart, activeEnd } = this.#calendar.view;
    const isToday = activeStart.toISOString() <= now && now < activeEnd.toISOString();
    const day = isToday ? now.slice(0, 10) : this.#calendar.view.currentStart.toISOString().slice(0, 10);
    const hour = isToday ? Math.min(22, Number(now.slice(11, 13)) + 1) : 9;
    const at = (value: number) => `${day}T${String(value).padStart(2, '0')}:00:00`;
    return { start: at(hour), end: at(hour + 1) };
  }

  destroy(): void {
    this.#calendar.destroy();
  }

  /** What is hidden is left out here, without asking again. */
  async #read({ start, end }: EventSourceFuncArg): Promise<EventInput[]> {
    const query = `start=${start.toISOString().slice(0, 10)}&end=${end.toISOString().slice(0, 10)}&zone=${encodeURIComponent(zone.value)}`;
    if (query !== this.#asked) {
      this.#asked = query;
      this.#events = eventsOf(query);
    }
    const { folders, hidden } = this.#shown;
    const known = new Map(folders.map((folder) => [`${folder.home}/${folder.segment}`, folder]));
    return (await this.#events).flatMap((event) => {
      const folder = known.get(`${event.home}/${event.segment}`);
      if (folder === undefined || hidden.has(folder.href)) return [];
      return [inputOf(event, folder)];
    });
  }
}

const eventsOf = async (query: string): Promise<readonly CalendarEvent[]> =>
  (await api<{ events: readonly CalendarEvent[] }>('GET', `events?${query}`)).events;

/** All that is drawn of folders. */
const looksOf = ({ folders, hidden }: Shown): string =>
  JSON.stringify(folders.filter(({ href }) => !hidden.has(href)).map((each) => [each.href, colorOf(each), each.right]));

function inputOf(event: CalendarEvent, folder: Folder): EventInput {
  const color = colorOf(folder);
  const { start, end, allDay, editable, isFree, status, isPrivate } = event;
  return {
    id: `${event.href}#${event.recurrenceId ?? ''}`,
    title: isPrivate && !event.masked ? `${titleOf(event)} ${t('privateMark')}` : titleOf(event),
    ...{ start, end, allDay, editable: editable && mayAdd(folder), borderColor: color, textColor: 'var(--text)' },
    backgroundColor: `color-mix(in srgb, ${color} 22%, var(--surface))`,
    classNames: [
      isFree ? 'is-free' : '',
      status === 'CANCELLED' ? 'is-cancelled' : '',
      event.masked ? 'is-masked' : '',
    ],
    extendedProps: { event },
  };
}

/** Without the Z, which here says nothing. */
const plain = (text: string): string => text.slice(0, text.length > 10 ? 19 : 10);

/** @param was as it was read: the grid knows of no appointment without a length, which stays one */
function spanOf({ startStr, endStr, allDay }: EventApi, was: CalendarEvent): Pick<Moved, 'start' | 'end'> {
  const start = plain(startStr);
  if (endStr !== '') return { start, end: plain(endStr) };
  if (!allDay && !was.allDay) return { start, end: start };
  const at = new Date(allDay ? `${start}T00:00:00Z` : `${start}Z`);
  at.setTime(at.getTime() + (allDay ? 86_400_000 : 3_600_000));
  return { start, end: at.toISOString().slice(0, allDay ? 10 : 19) };
}
