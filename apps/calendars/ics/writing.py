"""Nights -> a calendar that other sites read. It says that nights are taken, and nothing of who
takes them."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from icalendar import Calendar, Event

BOOKED, CLOSED = "Reserved", "Not available"


class Busy(NamedTuple):
    """The nights [start, end). `uid` stays the same as long as they are the same stay or block."""

    uid: str
    start: dt.date
    end: dt.date
    summary: str


def calendar_written(busy: Iterable[Busy], *, stamp: dt.datetime) -> bytes:
    """`stamp` is when the nights became as they are: the same nights are the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Staywell//Calendar of a home//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for one in busy:
        event = Event()
        event.add("uid", one.uid)
        event.add("dtstamp", stamp)
        event.add("dtstart", one.start)
        event.add("dtend", one.end)
        event.add("summary", one.summary)
        event.add("transp", "OPAQUE")
        calendar.add_component(event)
    return calendar.to_ical()
