"""The stay as a calendar file (RFC 5545): one UID for a booking, and its version as SEQUENCE, so
that a calendar keeps the latest in whatever order the e-mails come."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress

from apps.bookings.enums import Status
from apps.notifications.enums import KINDS
from apps.notifications.services.messages.facts import instants

Row = Mapping[str, Any]


@dataclass(frozen=True)
class CalendarFile:
    method: str
    content: str


def calendar_file(email: Row, listing: Row, *, url: str, address: str) -> CalendarFile | None:
    """Returns None where the traveler's calendar stays as it is. `address` is the exact one, or
    empty for somebody who may not know it."""
    stay, kind = email["stay"], KINDS.get(email["kind"])
    if not stay or kind is None or not kind.has_calendar:
        return None
    if stay["status"] == Status.CONFIRMED:
        return _file("PUBLISH", "CONFIRMED", email, listing, url, address)
    if (stay["status"], stay["previous_status"]) == (Status.CANCELLED, Status.CONFIRMED):
        return _file("CANCEL", "CANCELLED", email, listing, url, "")
    return None


def _file(
    method: str, status: str, email: Row, listing: Row, url: str, address: str
) -> CalendarFile:
    stay = email["stay"]
    begin, end = instants(stay, listing)
    event = Event()
    event.add("uid", email["booking_id"])
    event.add("sequence", stay["version"])
    event.add("status", status)
    event.add("dtstamp", email["created_at"].replace(tzinfo=dt.UTC))
    event.add("dtstart", begin)
    event.add("dtend", end)
    event.add("summary", f"Stay: {listing['title']}")
    event.add("organizer", _organizer())
    event.add("transp", "TRANSPARENT")
    event.add("url", url)
    if address:
        event.add("location", address)
    calendar = Calendar()
    calendar.add("prodid", "-//Staywell//Bookings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    # Without dates it lists every change of the clocks from 1970 to 2038.
    year = dt.timedelta(days=366)
    calendar.add_missing_timezones((begin - year).date(), (end + year).date())
    return CalendarFile(method, calendar.to_ical().decode())


def _organizer() -> vCalAddress:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    organizer = vCalAddress(f"mailto:{address}")
    organizer.params["CN"] = name or address
    return organizer
