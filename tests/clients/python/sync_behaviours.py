"""sync-collection: what another device did."""

from datetime import datetime, timedelta, timezone

from behaviours import behaviour, names, refusal, summaries, uids

MORNING = datetime(2026, 11, 24, 9, 0, tzinfo=timezone.utc)


def add(calendar, uid):
    return calendar.save_event(uid=uid, dtstart=MORNING, dtend=MORNING + timedelta(hours=1), summary=uid)


def rename(event, summary):
    event.load()
    with event.edit_icalendar_component() as component:
        component["SUMMARY"] = summary
    event.save()


def known_to_two(session, *members):
    """A calendar with these events, and how another device of the user sees it."""
    calendar = session.calendar()
    for uid in members:
        add(calendar, uid)
    other = session.as_another().principal.calendar(cal_id=calendar.url.path.rstrip("/").rsplit("/", 1)[-1])
    return calendar, other


def change_all(other):
    add(other, "added")
    rename(other.event_by_uid("changed"), "By another")
    other.event_by_uid("deleted").delete()


@behaviour
def first_sync(session):
    calendar, _ = known_to_two(session, "one", "two")
    found = calendar.objects_by_sync_token(load_objects=True, disable_fallback=True)
    return {"uids": uids(found), "token": found.sync_token}


@behaviour
def incremental_sync(session):
    calendar, other = known_to_two(session, "kept", "changed", "deleted")
    token = calendar.objects_by_sync_token(disable_fallback=True).sync_token
    change_all(other)
    found = calendar.objects_by_sync_token(token, load_objects=True, disable_fallback=True)
    live = [one for one in found if one.url.canonical() not in found.deleted_urls]
    return {
        "live": summaries(live),
        "deleted": names(found.deleted_urls),
        "afterwards": len(calendar.objects_by_sync_token(found.sync_token, disable_fallback=True)),
    }


@behaviour
def synchronised_collection(session):
    calendar, other = known_to_two(session, "kept", "changed", "deleted")
    collection = calendar.objects(load_objects=True)
    change_all(other)
    updated, deleted = collection.sync()
    again = collection.sync()
    return {
        "updated": summaries(updated),
        "deleted": names(one.url for one in deleted),
        "all": summaries(collection),
        "again": [len(part) for part in again],
    }


@behaviour
def unknown_sync_token(session):
    calendar, _ = known_to_two(session, "one")
    token = "urn:almanac:sync/never/1"
    return {
        "strict": refusal(lambda: calendar.objects_by_sync_token(token, disable_fallback=True)),
        "with_fallback": uids(calendar.objects_by_sync_token(token, load_objects=True)),
    }
