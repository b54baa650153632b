"""calendar-query and free-busy-query; what the library would filter by itself is left to the server."""

from datetime import datetime, timedelta, timezone

from behaviours import behaviour, starts, uids
from caldav.search import CalDAVSearcher

START = datetime(2026, 1, 5, 9, 0, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)


def at(month, day, hour=0):
    return datetime(2026, month, day, hour, tzinfo=timezone.utc)


def filled(session):
    calendar = session.calendar()
    calendar.save_event(
        uid="weekly", dtstart=START, dtend=START + HOUR, summary="Weekly", rrule={"FREQ": "WEEKLY", "COUNT": 4}
    )
    calendar.save_event(
        uid="lunch",
        dtstart=at(1, 7, 12),
        dtend=at(1, 7, 13),
        summary="Lunch with Änne",
        categories=["FOOD", "FRIENDS"],
    )
    calendar.save_event(uid="dinner", dtstart=at(2, 7, 19), dtend=at(2, 7, 21), summary="dinner", categories=["FOOD"])
    return calendar


@behaviour
def time_range(session):
    calendar = filled(session)

    def between(**bounds):
        return uids(calendar.search(event=True, post_filter=False, **bounds))

    return {
        "one_week": between(start=at(1, 12), end=at(1, 18)),
        "first_week": between(start=at(1, 5), end=at(1, 11)),
        "between": between(start=at(1, 13), end=at(1, 14)),
        "open_end": between(start=at(1, 20)),
        "open_start": between(end=at(1, 6)),
    }


@behaviour
def time_range_expanded(session):
    window = {"event": True, "start": at(1, 6), "end": at(1, 20), "post_filter": False}
    found = filled(session).search(**window, server_expand=True)
    return {"starts": starts(found), "rules": sum("RRULE" in one.data for one in found)}


def searched(session, **wanted):
    return uids(filled(session).search(event=True, post_filter=False, **wanted))


def with_filter(calendar, key, value, operator="contains", **more):
    searcher = CalDAVSearcher(event=True)
    searcher.add_property_filter(key, value, operator=operator, **more)
    return uids(searcher.search(calendar, post_filter=False))


@behaviour
def by_summary(session):
    calendar = filled(session)
    return {
        "exact": with_filter(calendar, "summary", "Weekly"),
        "other_case": with_filter(calendar, "summary", "WEEKLY", case_sensitive=False),
        "other_case_in_octets": with_filter(calendar, "summary", "WEEKLY"),
        "part": with_filter(calendar, "summary", "ee"),
        "umlaut": with_filter(calendar, "summary", "Änne"),
        "none": with_filter(calendar, "summary", "supper"),
    }


@behaviour
def by_category(session):
    return {"one": searched(session, category="FRIENDS"), "several": searched(session, category="FOOD")}


@behaviour
def property_filters(session):
    calendar = filled(session)
    return {
        "undefined": with_filter(calendar, "categories", "", "undef"),
        "and": uids(calendar.search(event=True, category="FOOD", summary="Lunch", post_filter=False)),
        "and_time": uids(
            calendar.search(event=True, category="FOOD", start=at(2, 1), end=at(3, 1), post_filter=False)
        ),
    }


@behaviour
def free_busy(session):
    calendar = filled(session)
    busy = calendar.freebusy_request(at(1, 5), at(1, 13))
    [component] = busy.icalendar_instance.subcomponents
    periods = component["FREEBUSY"]
    periods = periods if isinstance(periods, list) else [periods]
    return sorted(f"{one.start.isoformat()}/{one.end.isoformat()}" for line in periods for one in as_list(line))


def as_list(value):
    return getattr(value, "dts", None) or [value]


@behaviour
def multiget(session):
    calendar = filled(session)
    urls = [one.url for one in calendar.get_events()]
    return uids(calendar.calendar_multiget(urls[:2]))
