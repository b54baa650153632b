"""Events and tasks: saved, read, changed, completed, deleted."""

from datetime import datetime, timedelta, timezone

from behaviours import behaviour, refusal, starts, summaries, uids
from caldav.lib.error import DAVError

MORNING = datetime(2026, 11, 24, 9, 0, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)

# A colon together with ";", "?" or "#" is beyond the library: it cuts such URLs however a listing spells them.
UNUSUAL_UIDS = ["größe & <part>", "100% @home #1", "a/b", "q?x=1", "tag:example.org,2026:a", "a;b"]

SERIES = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Almanac//Tests//EN
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:series
DTSTAMP:20260101T000000Z
DTSTART;TZID=Europe/Berlin:20261019T090000
DTEND;TZID=Europe/Berlin:20261019T100000
RRULE:FREQ=WEEKLY;COUNT=4
EXDATE;TZID=Europe/Berlin:20261102T090000
SUMMARY:Weekly
END:VEVENT
BEGIN:VEVENT
UID:series
DTSTAMP:20260101T000000Z
RECURRENCE-ID;TZID=Europe/Berlin:20261026T090000
DTSTART;TZID=Europe/Berlin:20261027T150000
DTEND;TZID=Europe/Berlin:20261027T160000
SUMMARY:Weekly\\, moved
END:VEVENT
END:VCALENDAR
"""


def at(month, day):
    return datetime(2026, month, day, tzinfo=timezone.utc)


@behaviour
def save_event(session):
    calendar = session.calendar()
    saved = calendar.save_event(
        uid="one", dtstart=MORNING, dtend=MORNING + HOUR, summary="Größe, Maß; Ziel", location="Room 1"
    )
    read = calendar.object_by_uid("one")
    return {
        "path": read.url.path == saved.url.path,
        "etag": bool(saved.etag),
        "summary": str(read.icalendar_component["SUMMARY"]),
        "start": starts([read]),
        "listed": uids(calendar.get_events()),
    }


@behaviour
def change_event(session):
    calendar = session.calendar()
    calendar.save_event(uid="one", dtstart=MORNING, dtend=MORNING + HOUR, summary="Before")
    event = calendar.event_by_uid("one")
    with event.edit_icalendar_component() as component:
        component["SUMMARY"] = "After"
    event.save()
    return summaries([calendar.event_by_uid("one")])


@behaviour
def stale_change(session):
    calendar = session.calendar()
    calendar.save_event(uid="one", dtstart=MORNING, dtend=MORNING + HOUR, summary="Before")
    mine, other = calendar.event_by_uid("one"), calendar.event_by_uid("one")
    for event, summary in ((mine, "Mine"), (other, "Other")):
        event.load()
        with event.edit_icalendar_component() as component:
            component["SUMMARY"] = summary
    mine.save()
    return {"refused": refusal(other.save), "kept": summaries([calendar.event_by_uid("one")])}


@behaviour
def same_uid_elsewhere_in_calendar(session):
    calendar = session.calendar()
    saved = calendar.save_event(uid="one", dtstart=MORNING, dtend=MORNING + HOUR, summary="One")
    try:
        session.client.put(f"{calendar.url}other.ics", saved.data, {"Content-Type": "text/calendar"})
    except DAVError as error:
        return [tag.split("}")[1] for tag in error.preconditions]


@behaviour
def object_by_uid(session):
    calendar = session.calendar()
    calendar.save_event(uid="one", dtstart=MORNING, dtend=MORNING + HOUR, summary="One")
    calendar.save_event(uid="one-and-more", dtstart=MORNING, dtend=MORNING + HOUR, summary="More")
    return {
        "found": summaries([calendar.object_by_uid("one")]),
        "unknown": refusal(lambda: calendar.object_by_uid("two")),
    }


@behaviour
def unusual_uids(session):
    return [changed_and_deleted(session.calendar(), uid) for uid in UNUSUAL_UIDS]


def changed_and_deleted(calendar, uid):
    calendar.save_event(uid=uid, dtstart=MORNING, dtend=MORNING + HOUR, summary="One")
    [event] = calendar.get_events()
    with event.edit_icalendar_component() as component:
        component["SUMMARY"] = "Changed"
    event.save()
    changed = summaries(calendar.get_events())
    event.delete()
    return [uid, *changed, len(calendar.get_events())]


@behaviour
def delete_event(session):
    calendar = session.calendar()
    event = calendar.save_event(uid="one", dtstart=MORNING, dtend=MORNING + HOUR, summary="One")
    event.delete()
    return {"listed": uids(calendar.get_events()), "read": refusal(event.load)}


@behaviour
def tasks(session):
    task_list = session.task_list()
    task_list.save_todo(uid="pending", summary="Pending", due=MORNING)
    task_list.save_todo(uid="done", summary="Done", due=MORNING)
    task_list.save_todo(uid="undated", summary="Undated")
    task_list.todo_by_uid("done").complete()
    done = task_list.todo_by_uid("done").icalendar_component
    return {
        "pending": uids(task_list.get_todos()),
        "all": uids(task_list.get_todos(include_completed=True)),
        "status": str(done["STATUS"]),
        "completed": "COMPLETED" in done,
        "due_that_day": uids(task_list.search(todo=True, include_completed=True, start=at(11, 24), end=at(11, 25))),
    }


@behaviour
def uncomplete_task(session):
    task_list = session.task_list()
    task_list.save_todo(uid="one", summary="One", due=MORNING)
    task_list.todo_by_uid("one").complete()
    task_list.todo_by_uid("one").uncomplete()
    return {"pending": uids(task_list.get_todos()), "left": "COMPLETED:" in task_list.todo_by_uid("one").data}


@behaviour
def recurring_with_exceptions(session):
    calendar = session.calendar()
    calendar.save_event(SERIES)
    window = {"event": True, "start": at(10, 1), "end": at(12, 1), "post_filter": False}
    expanded = calendar.search(**window, server_expand=True)
    return {
        "objects": len(calendar.search(**window)),
        "starts": starts(expanded),
        "summaries": summaries(expanded),
        "rules": sum("RRULE" in one.data for one in expanded),
        "skipped_day": uids(calendar.search(event=True, start=at(11, 2), end=at(11, 3), post_filter=False)),
        "moved_day": uids(calendar.search(event=True, start=at(10, 27), end=at(10, 28), post_filter=False)),
        "left_day": uids(calendar.search(event=True, start=at(10, 26), end=at(10, 27), post_filter=False)),
    }


@behaviour
def change_one_recurrence(session):
    calendar = session.calendar()
    calendar.save_event(SERIES)
    window = {"event": True, "start": at(10, 1), "end": at(12, 1)}
    [last] = [one for one in calendar.search(**window, expand=True) if "20261109" in one.data]
    with last.edit_icalendar_component() as component:
        component["SUMMARY"] = "The last one"
    last.save(only_this_recurrence=True)
    return summaries(calendar.search(**window, server_expand=True, post_filter=False))
