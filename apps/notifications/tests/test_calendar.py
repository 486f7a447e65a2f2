"""The calendar file of a stay, read again by the library."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from apps.properties.rows import listings

BERLIN = ZoneInfo("Europe/Berlin")
ENDED = {"kind": "booking_cancelled", "previous_status": "confirmed", "new_status": "cancelled"}


@pytest.fixture
def file(smtp, notify, send_due):
    """The calendar of the e-mail and its part of the message; None where it has none."""

    def run(person=None, **changes):
        notify(person, **changes)
        send_due()
        parts = [p for p in smtp.read()[-1].walk() if p.get_content_type() == "text/calendar"]
        if not parts:
            return None
        (part,) = parts
        return Calendar.from_ical(part.get_content()), part

    return run


def events(calendar):
    (event,) = calendar.walk("VEVENT")
    return event


def test_a_confirmed_stay(file, settings, located):
    settings.SITE_URL = "https://stay.example"
    calendar, part = file()
    event = events(calendar)
    assert part["Content-Type"].params["method"] == calendar["METHOD"] == "PUBLISH"
    assert part.get_filename() == "stay.ics"
    singapore = ZoneInfo("Asia/Singapore")
    assert event["UID"] == "66f1c2a4b8e0d3f5a7c91e55"
    assert (event["SEQUENCE"], event["STATUS"]) == (2, "CONFIRMED")
    assert event.start == dt.datetime(2026, 12, 16, 15, 0, tzinfo=singapore)
    assert event.end == dt.datetime(2026, 12, 18, 11, 0, tzinfo=singapore)
    assert event["SUMMARY"] == "Stay: A quiet flat"
    assert event["LOCATION"] == "5 Quiet Lane, Singapore"
    assert event["URL"] == "https://stay.example/bookings/66f1c2a4b8e0d3f5a7c91e55"
    assert event["ORGANIZER"] == "mailto:bookings@staywell.example"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Singapore"]


def test_a_cancelled_one_takes_it_back(file):
    calendar, part = file(**ENDED, booking_version=3)
    event = events(calendar)
    assert part["Content-Type"].params["method"] == calendar["METHOD"] == "CANCEL"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (
        "66f1c2a4b8e0d3f5a7c91e55",
        3,
        "CANCELLED",
    )


def test_a_change_that_the_host_agreed_to_replaces_it(file):
    changed = {"kind": "alteration_agreed", "previous_status": "confirmed", "booking_version": 4}
    calendar, _ = file(**changed, check_out="2026-12-20")
    event = events(calendar)
    assert (calendar["METHOD"], event["SEQUENCE"]) == ("PUBLISH", 4)
    assert event.end.date() == dt.date(2026, 12, 20)


@pytest.mark.parametrize(
    ("check_in", "check_out", "hours", "offsets"),
    [("2026-10-24", "2026-10-26", 45, (2, 1)), ("2027-03-27", "2027-03-29", 43, (1, 2))],
    ids=["autumn", "spring"],
)
def test_across_a_change_of_the_clocks(file, listing_id, check_in, check_out, hours, offsets):
    zone = {"$set": {"time_zone": "Europe/Berlin"}}
    listings.update_one({"_id": listing_id}, zone)
    calendar, part = file(check_in=check_in, check_out=check_out)
    event = events(calendar)
    assert f"DTSTART;TZID=Europe/Berlin:{check_in.replace('-', '')}T150000" in part.get_content()
    assert f"DTEND;TZID=Europe/Berlin:{check_out.replace('-', '')}T110000" in part.get_content()
    assert (event.start.hour, event.end.hour) == (15, 11)
    passed = event.end.astimezone(dt.UTC) - event.start.astimezone(dt.UTC)
    assert passed == dt.timedelta(hours=hours)
    (named,) = calendar.walk("VTIMEZONE")
    own = named.to_tz()
    for moment, hours_ahead in zip((event.start, event.end), offsets, strict=True):
        local = moment.replace(tzinfo=own)
        assert local.utcoffset() == dt.timedelta(hours=hours_ahead)


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "booking_declined", "new_status": "declined"},
        {**ENDED, "previous_status": "pending"},
        {"kind": "stay_begins", "booking_version": 0},
        {"kind": "booking_completed", "new_status": "completed"},
    ],
)
def test_others_leave_the_calendar_alone(file, changes):
    assert file(**changes) is None


def test_an_owner_gets_none(file, host):
    assert file(host, **ENDED) is None
