"""The calendar that other sites read."""

import datetime as dt
import logging

import pytest
from django.test import Client
from icalendar import Calendar

from apps.bookings.enums import Action, Actor
from apps.bookings.services import booking_change
from apps.calendars.ics import Window, feed_read
from apps.calendars.services import exports
from apps.calendars.tests.feeds import calendar, stay
from apps.properties.services import nights_block

DAY = dt.timedelta(days=1)


@pytest.fixture
def address(host, listing_id):
    def made():
        page = host.post(f"/api/owner/listings/{listing_id}/calendars/address").json()
        return page["export"]["address"].partition("/api/")[2]

    return made


@pytest.fixture
def fetch(anonymous):
    return lambda address, **headers: anonymous.get(f"/api/{address}", headers=headers)


def test_it_has_stays_and_closed_nights_and_nothing_of_guests(
    fetch, address, book, guest, listing_id, today, now
):
    booking = book()
    nights_block(listing_id=listing_id, nights=[today + 50 * DAY, today + 51 * DAY], now=now)
    reply = fetch(address())
    assert reply["Content-Type"] == "text/calendar; charset=utf-8"
    parsed = Calendar.from_ical(reply.content)
    assert parsed["VERSION"] == "2.0"
    assert parsed["PRODID"]
    events = parsed.walk("VEVENT")
    for event in events:
        assert event.errors == []
        assert set(event) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "TRANSP"}
    found = [(e["DTSTART"].dt, e["DTEND"].dt, str(e["SUMMARY"])) for e in events]
    assert found == [
        (booking["check_in"].date(), booking["check_out"].date(), "Reserved"),
        (today + 50 * DAY, today + 52 * DAY, "Not available"),
    ]
    text = reply.content.decode()
    assert all(line.endswith("\r\n") and len(line.encode()) <= 77 for line in text.splitlines(True))
    assert guest.user.first_name not in text
    assert str(guest.id) not in text


def test_we_read_what_we_write(fetch, address, book, today):
    booking = book()
    window = Window(today, today + 700 * DAY)
    found = feed_read(fetch(address()).content, time_zone="UTC", window=window)
    assert found.problems == []
    assert [(one.start, one.end) for one in found.events] == [
        (booking["check_in"].date(), booking["check_out"].date())
    ]


def test_the_same_nights_are_the_same_bytes(fetch, address, book, guest, monkeypatch, now):
    secret, booking = address(), book()
    first = fetch(secret)
    monkeypatch.setattr("apps.calendars.views.utc_now", lambda: now + dt.timedelta(hours=1))
    again = fetch(secret)
    assert (again.content, again["Last-Modified"]) == (first.content, first["Last-Modified"])
    known = fetch(secret, if_none_match=first["ETag"])
    assert (known.status_code, known.content) == (304, b"")
    booking_change(
        booking_id=booking["_id"],
        action=Action.CANCEL,
        actor=Actor.GUEST,
        actor_id=guest.id,
        now=now,
    )
    changed = fetch(secret, if_none_match=first["ETag"])
    assert changed.status_code == 200
    assert Calendar.from_ical(changed.content).walk("VEVENT") == []
    assert changed["Last-Modified"] != first["Last-Modified"]


def test_nights_of_other_sites_are_not_sent_back(fetch, address, site, read, today):
    site.content = calendar(stay("a", today + 10 * DAY, 2))
    read()
    assert Calendar.from_ical(fetch(address()).content).walk("VEVENT") == []


def test_a_new_address_ends_the_old_one(fetch, address, host, listing_id):
    old = address()
    new = address()
    assert old != new
    assert (fetch(old).status_code, fetch(new).status_code) == (404, 200)
    assert host.delete(f"/api/owner/listings/{listing_id}/calendars/address").status_code == 204
    assert fetch(new).status_code == 404


@pytest.mark.parametrize("wrong", ["", "x", ".ics", "\u00e4.ics", "a-b.ics"])
def test_what_is_wrong_with_an_address_is_not_said(fetch, address, wrong):
    secret = address()
    cut = secret.removesuffix(".ics")
    for tried in (f"properties/calendars/{wrong or 'none'}", cut, f"{cut[:-1]}.ics"):
        assert fetch(tried).status_code == 404


def test_it_is_gone_with_the_listing(fetch, address, host, listing_id):
    secret = address()
    host.delete(f"/api/properties/{listing_id}")
    assert fetch(secret).status_code == 404


def test_sites_that_ask_too_often_are_told_when_to_come_again(fetch, address, monkeypatch):
    secret = address()
    monkeypatch.setattr(exports, "RATE", "2/hour")
    codes = [fetch(secret).status_code for _ in range(3)]
    assert codes == [200, 200, 429]


def test_the_secret_is_in_no_line_of_the_log(fetch, address, caplog, monkeypatch, anonymous):
    secret = address()
    token = secret.rpartition("-")[2].removesuffix(".ics")
    with caplog.at_level(logging.DEBUG):
        assert fetch(secret).status_code == 200
    lines = [r for r in caplog.records if r.name == "access" and r.method == "GET"]
    assert [line.path for line in lines] == ["api/properties/calendars/<str:calendar_token>"]
    assert token not in caplog.text
    assert token not in "".join(str(vars(record)) for record in lines)


def test_nor_where_it_fails(address, caplog, monkeypatch):
    secret = address()
    monkeypatch.setattr("apps.calendars.services.export_read", lambda *_, **__: 1 / 0)
    (hides,) = logging.getLogger("django.request").filters
    with caplog.at_level(logging.ERROR), caplog.filtering(hides):
        assert Client(raise_request_exception=False).get(f"/api/{secret}").status_code == 500
    messages = [r.getMessage() for r in caplog.records if r.name == "django.request"]
    assert messages == ["Internal Server Error: api/properties/calendars/<str:calendar_token>"]
