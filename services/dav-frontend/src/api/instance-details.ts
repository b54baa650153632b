import { DavError } from '@almanac/dav-protocol';
import {
  type CalendarObject,
  detailsOf,
  editObject,
  isCalendarFault,
  type ObjectDetails,
  readCalendarObject,
} from '@almanac/icalendar';
import { itemOf } from './member-of-request.js';

type Instance = { readonly recurrenceId: string | null } & Partial<Pick<ObjectDetails, 'start' | 'end' | 'rule'>>;

/** The details of an object that are those of one of its occurrences, where one is meant. */
export function instanceDetails(object: CalendarObject, recurrenceId: string | null): Instance {
  const series = object.series.master ?? object.series.overrides[0];
  const rule = series === undefined ? null : detailsOf(series).rule;
  return { ...(recurrenceId === null ? {} : timesOf(object, recurrenceId)), recurrenceId, rule };
}

/** An occurrence that has no component of its own begins elsewhere than the series. @throws DavError 404 */
function timesOf(object: CalendarObject, recurrenceId: string): Pick<ObjectDetails, 'start' | 'end'> {
  const own = editObject({ object, recurrenceId, scope: 'this', now: 0, newUid: '' }, {});
  const alone = isCalendarFault(own) || own.text === null ? null : readCalendarObject(own.text);
  if (alone === null || isCalendarFault(alone)) {
    throw new DavError(404, { detail: 'This occurrence is not there any more.' });
  }
  const { start, end } = detailsOf(itemOf(alone, recurrenceId));
  return { start, end };
}
