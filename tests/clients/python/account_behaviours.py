"""Principal, calendars and their properties."""

from behaviours import behaviour, names, refusal
from caldav.davclient import DAVClient
from caldav.elements import cdav, dav, ical


@behaviour
def principal(session):
    found = session.principal
    return {
        "url": found.url.path,
        "home": found.calendar_home_set.url.path,
        "name": found.get_display_name(),
        "addresses": found.calendar_user_address_set(),
    }


@behaviour
def support(session):
    return {
        "dav": session.client.check_dav_support(),
        "caldav": session.client.check_cdav_support(),
    }


@behaviour
def wrong_password(session):
    return refusal(lambda: DAVClient(session.url, username="user01", password="no").principal())


@behaviour
def calendars(session):
    return sorted(
        [one.get_display_name(), one.get_supported_components()]
        for one in session.principal.get_calendars()
        if not one.url.path.rstrip("/").rsplit("/", 1)[-1].startswith("python-")
    )


@behaviour
def make_calendar(session):
    made = session.principal.make_calendar(
        name="Fußball & Co",
        cal_id="football",
        supported_calendar_component_set=["VEVENT", "VTODO"],
    )
    listed = [one for one in session.principal.get_calendars() if one.url == made.url]
    return {
        "path": made.url.path,
        "name": listed[0].get_display_name(),
        "components": sorted(listed[0].get_supported_components()),
        "by_name": session.principal.calendar(name="Fußball & Co").url.path,
    }


@behaviour
def make_calendar_twice(session):
    session.principal.make_calendar(name="Once", cal_id="once")
    return refusal(lambda: session.principal.make_calendar(name="Twice", cal_id="once"))


@behaviour
def set_properties(session):
    calendar = session.calendar()
    calendar.set_properties(
        [
            dav.DisplayName("Renamed"),
            cdav.CalendarDescription("What it is for"),
            ical.CalendarColor("#aabbccff"),
            ical.CalendarOrder("7"),
        ]
    )
    wanted = [dav.DisplayName(), cdav.CalendarDescription(), ical.CalendarColor(), ical.CalendarOrder()]
    values = calendar.get_properties(wanted)
    return {element.tag.split("}")[1]: values.get(element.tag) for element in wanted}


@behaviour
def delete_calendar(session):
    calendar = session.calendar()
    calendar.delete()
    return {
        "listed": calendar.url.path in [one.url.path for one in session.principal.get_calendars()],
        "read": refusal(lambda: calendar.get_properties([dav.DisplayName()])),
    }


@behaviour
def principal_search(session):
    """The library puts the wanted properties beside DAV:prop, not into it, so it may be told none of them."""
    xml = (
        '<d:principal-property-search xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">'
        "<d:property-search><d:prop><d:displayname/></d:prop><d:match>user 0</d:match></d:property-search>"
        "<d:prop><d:displayname/><c:calendar-user-address-set/></d:prop></d:principal-property-search>"
    )
    answer = session.client.report(f"{session.url}principals/", xml, depth=0)
    return {"status": answer.status, "names": names(answer.find_objects_and_props())}
