"""What a feed's bytes mean: no database and no network."""

import datetime as dt

import pytest

from apps.calendars.ics import FeedError, Window, feed_read
from apps.calendars.ics.lines import MOST_EVENTS
from apps.calendars.tests.corpora import EXPECTED, SHAPES
from apps.calendars.tests.feeds import calendar, stay

pytestmark = pytest.mark.unit
FIRST = dt.date(2026, 11, 29)
WINDOW = Window(FIRST, dt.date(2028, 11, 30))


def reading(content, zone="Europe/Rome"):
    return feed_read(content, time_zone=zone, window=WINDOW)


def spans(content, zone="Europe/Rome"):
    found = reading(content, zone)
    assert found.problems == []
    return sorted((event.start.isoformat(), event.end.isoformat()) for event in found.events)


@pytest.mark.parametrize("ends", ["\r\n", "\n"])
@pytest.mark.parametrize("name", SHAPES)
def test_the_shapes_of_the_big_sites(name, ends):
    assert spans(SHAPES[name].replace("\n", ends).encode()) == EXPECTED[name]


def test_what_other_sites_close_is_told_from_what_they_sold():
    kinds = [event.kind for event in reading(SHAPES["Airbnb"].encode()).events]
    assert kinds == ["reserved", "closed"]
    assert {event.kind for event in reading(SHAPES["Booking.com"].encode()).events} == {"closed"}


@pytest.mark.parametrize(
    ("event", "zone", "nights"),
    [
        # All of a day of UTC is the afternoon of one day and the morning of the next elsewhere.
        ("DTSTART:20261210T160000Z\nDTEND:20261212T160000Z", "Asia/Singapore", ("11", "13")),
        ("DTSTART:20261210T160000Z\nDTEND:20261212T160000Z", "Europe/Rome", ("10", "12")),
        ("DTSTART:20261210T230000\nDTEND:20261211T110000", "Asia/Singapore", ("10", "11")),
        ("DTSTART:20261210T100000\nDTEND:20261210T120000", "Europe/Rome", ("10", "11")),
        ("DTSTART:20261210T150000\nDTEND:20261212T000000", "Europe/Rome", ("10", "12")),
        ("DTSTART;VALUE=DATE:20261210\nDTEND;VALUE=DATE:20261210", "Europe/Rome", ("10", "11")),
        ("DTSTART;TZID=Europe/Rome:20261210T233000\nDURATION:PT12H", "Asia/Tokyo", ("11", "12")),
    ],
)
def test_times_are_nights_at_the_listing(event, zone, nights):
    first, last = nights
    assert spans(calendar(f"UID:a\n{event}"), zone) == [(f"2026-12-{first}", f"2026-12-{last}")]


def test_a_repetition_keeps_its_clock_when_clocks_change():
    event = (
        "UID:a\nDTSTART;TZID=Europe/Rome:20270327T233000\nDTEND;TZID=Europe/Rome:20270328T003000\n"
        "RRULE:FREQ=DAILY;COUNT=3"
    )
    days = [
        ("2027-03-27", "2027-03-28"),
        ("2027-03-28", "2027-03-29"),
        ("2027-03-29", "2027-03-30"),
    ]
    assert spans(calendar(event)) == days


def test_an_endless_repetition_ends_with_what_can_be_booked():
    found = spans(calendar("UID:a\nDTSTART;VALUE=DATE:20200101\nRRULE:FREQ=WEEKLY;BYDAY=WE"))
    assert (found[0][0], found[-1][0], len(found)) == ("2026-12-02", "2028-11-29", 105)


def test_the_newer_form_of_an_event_counts():
    old = stay("a", dt.date(2026, 12, 1), 1) + "\nSEQUENCE:1"
    new = stay("a", dt.date(2026, 12, 5), 1) + "\nSEQUENCE:2"
    assert spans(calendar(new, old)) == [("2026-12-05", "2026-12-06")]


def test_two_events_of_one_uid_are_both_believed():
    both = [stay("a", dt.date(2026, 12, 1), 1), stay("a", dt.date(2026, 12, 5), 1)]
    found = reading(calendar(*both)).events
    assert len({event.key for event in found}) == 2


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("DTSTART:nonsense", "DTSTART"),
        ("DTEND;VALUE=DATE:20261210", "no DTSTART"),
        ("DTSTART;VALUE=DATE:20261210\nDTEND;VALUE=DATE:20261209", "ends before it begins"),
        ("DTSTART;VALUE=DATE:20261210\nDTEND:20261211T100000Z", "not of one kind"),
        ("DTSTART;VALUE=DATE:20261210\nDTSTART;VALUE=DATE:20261211", "more than once"),
        ("DTSTART;TZID=Mars/Base:20261210T100000", '"Mars/Base" is not known'),
        ("DTSTART;VALUE=DATE:99991231", "in the year 9999"),
        ("DTSTART;VALUE=DATE:00010101", "in the year 1"),
        ("DTSTART;VALUE=DATE:20261210\nDURATION:P99999D", "longer than ten years"),
        ("DTSTART;VALUE=DATE:20261210\nRRULE:FREQ=SECONDLY", "not supported"),
        ("DTSTART;VALUE=DATE:20261210\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "not supported"),
        ("DTSTART;VALUE=DATE:20261210\nRRULE:FREQ=DAILY;INTERVAL=0", "interval 0"),
        ("DTSTART;VALUE=DATE:20261210\nRRULE:nonsense", "RRULE"),
        ("DTSTART;VALUE=DATE:20261210\nEXDATE:nonsense\nRRULE:FREQ=DAILY;COUNT=2", "EXDATE"),
        ("DTSTART:20261210T100000Z\nRDATE;VALUE=PERIOD:20261211T100000Z/PT2H", "period"),
        ("RECURRENCE-ID;RANGE=THISANDFUTURE:20261210T100000Z\nDTSTART:20261210T100000Z", "RANGE"),
        ("DTSTART;VALUE=DATE:20261210\nno line at all", "Content line"),
    ],
)
def test_a_wrong_event_is_a_line_that_says_what_and_where(event, said):
    found = reading(calendar(stay("good", dt.date(2026, 12, 1), 1), f"UID:bad\n{event}"))
    assert [one.uid for one in found.events] == ["good"]
    ((line, text),) = found.problems
    assert line == 10
    assert said in text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"  \r\n", "is empty"),
        (b"<html><body>Log in</body></html>", 'begins with "<html>'),
        (b"PK\x03\x04" * 10, "This is no calendar"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\n", "END:VEVENT is missing"),
        (b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\n", "Line 2"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:X\r\n" * 10, "too deep"),
        (calendar(*["UID:a"] * (MOST_EVENTS + 1)), "more than 3,000 events"),
    ],
)
def test_what_is_no_whole_calendar_is_refused(content, said):
    with pytest.raises(FeedError, match=said):
        reading(content)


def test_busy_times_are_named_since_they_are_not_read():
    content = calendar().replace(
        b"END:VCALENDAR", b"BEGIN:VFREEBUSY\r\nEND:VFREEBUSY\r\nEND:VCALENDAR"
    )
    assert [problem.line for problem in reading(content).problems] == [4]


def test_a_zone_that_the_feed_describes_itself():
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Customized\nBEGIN:STANDARD\nDTSTART:16010101T000000\n"
        "TZOFFSETFROM:-0400\nTZOFFSETTO:-0500\nEND:STANDARD\nEND:VTIMEZONE"
    )
    event = "UID:a\nDTSTART;TZID=Customized:20261210T230000\nDURATION:PT8H"
    assert spans(calendar(event, before=zone)) == [("2026-12-11", "2026-12-12")]
