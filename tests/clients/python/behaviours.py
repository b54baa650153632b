"""What python-caldav does is registered here, run in order and answered as JSON; the assertions are in TypeScript.

usage: run_behaviours.py <server url>
"""

import json
import logging
import traceback

from caldav.davclient import DAVClient

logging.disable(logging.CRITICAL)

_behaviours = {}


def behaviour(function):
    """Registers a function(session) that returns what it saw; its name is the key in the answer."""
    _behaviours[function.__name__] = function
    return function


class Session:
    """One user's connection, with a calendar of its own for each behaviour that asks for one."""

    def __init__(self, url, user="user01"):
        self.url = url
        self.client = DAVClient(url=url, username=user, password=user)
        self.principal = self.client.principal()
        self._made = 0

    def calendar(self, name=None, components=("VEVENT",)):
        self._made += 1
        return self.principal.make_calendar(
            name=name or f"Calendar {self._made}",
            cal_id=f"python-{self._made}",
            supported_calendar_component_set=list(components),
        )

    def task_list(self):
        return self.calendar(components=("VTODO",))

    def as_another(self):
        """The same user on another device."""
        return Session(self.url)


def summaries(objects):
    return sorted(str(one.icalendar_component.get("SUMMARY")) for one in objects)


def uids(objects):
    return sorted(str(one.icalendar_component.get("UID")) for one in objects)


def starts(objects):
    return sorted(one.icalendar_component["DTSTART"].dt.isoformat() for one in objects)


def names(urls):
    return sorted(str(url).rstrip("/").rsplit("/", 1)[-1] for url in urls)


def refusal(work):
    """The name of the exception that the work ends with."""
    try:
        work()
    except Exception as error:  # noqa: BLE001 - which one it is, is the result
        return type(error).__name__
    return None


def run(url):
    session = Session(url)
    answer = {}
    for name, function in _behaviours.items():
        try:
            answer[name] = {"result": function(session)}
        except Exception:  # noqa: BLE001 - one behaviour must not hide the others
            answer[name] = {"error": traceback.format_exc(limit=-6)}
    print(json.dumps(answer))
