"""Feeds of a real site on this machine, read by the services."""

import datetime as dt

import pytest

from apps.bookings.enums import Action, Actor
from apps.bookings.invariants import breaches
from apps.bookings.services import booking_change
from apps.calendars.rows import calendar_feeds
from apps.calendars.services import feed_remove, feeds_watch
from apps.calendars.tests.feeds import calendar, stay
from apps.events.rows import outbox_messages
from apps.properties.nights import nights_of
from apps.properties.services.search_rebuild import entries_differing

DAY = dt.timedelta(days=1)


def span(start, nights):
    return nights_of(start, start + nights * DAY)


def feed_of(feed_id):
    return calendar_feeds.find_one({"_id": feed_id})


def test_events_come_move_and_vanish(site, read, nights, today, now):
    first, second = today + 10 * DAY, today + 20 * DAY
    site.content = calendar(stay("a", first, 2), stay("b", second, 3))
    feed_id = read()
    assert nights() == span(first, 2) + span(second, 3)
    assert entries_differing() == {}
    site.content = calendar(stay("b", second + DAY, 3))
    read()
    assert nights() == span(second + DAY, 3)
    feed = feed_of(feed_id)
    assert (feed["state"], feed["added"], feed["moved"], feed["removed"]) == ("read", 0, 1, 1)
    assert entries_differing() == {}
    assert {name: ids for name, ids in breaches(now=now).items() if ids} == {}


def test_importing_twice_changes_nothing(site, read, nights, today):
    site.content = calendar(stay("a", today + 10 * DAY, 2), stay("b", today + 20 * DAY, 3))
    feed_id = read()
    before, taken = feed_of(feed_id)["events"], nights()
    read()
    feed = feed_of(feed_id)
    assert (feed["events"], nights()) == (before, taken)
    assert (feed["added"], feed["moved"], feed["removed"]) == (0, 0, 0)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The feed is empty"),
        (b"<!DOCTYPE html><title>Log in</title>", 'begins with "<!DOCTYPE html>'),
        (calendar(stay("a", dt.date(2027, 1, 1), 1))[:-30], "breaks off"),
        (b"\x00\xff" * 50, "This is no calendar"),
    ],
)
def test_a_broken_feed_frees_nothing(site, read, nights, today, content, said):
    site.content = calendar(stay("a", today + 10 * DAY, 2))
    feed_id = read()
    site.content = content
    read()
    feed = feed_of(feed_id)
    assert said in feed["report"][0]["text"]
    assert (feed["state"], feed["failures"]) == ("failed", 1)
    assert nights() == span(today + 10 * DAY, 2)


def test_an_empty_feed_frees_nothing_until_its_host_says_so(
    site, read, nights, today, host, listing_id, now
):
    site.content = calendar(stay("a", today + 10 * DAY, 2))
    read()
    site.content = calendar()
    feed_id = read()
    read(clock=lambda: now + dt.timedelta(days=1))
    assert feed_of(feed_id)["state"] == "held"
    assert nights() == span(today + 10 * DAY, 2)
    reply = host.post(f"/api/owner/listings/{listing_id}/calendars/feeds/{feed_id}/confirm")
    assert (reply.status_code, reply.json()["state"], nights()) == (200, "read", [])
    again = host.post(f"/api/owner/listings/{listing_id}/calendars/feeds/{feed_id}/confirm")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "NOTHING_HELD")


def test_many_that_vanish_at_once_need_a_second_look(site, read, nights, today, now):
    starts = [today + (10 + 5 * n) * DAY for n in range(5)]
    site.content = calendar(*(stay(f"e{n}", start, 2) for n, start in enumerate(starts)))
    read()
    site.content = calendar(stay("e0", starts[0], 2))
    feed_id = read()
    assert len(nights()) == 10
    assert len(feed_of(feed_id)["vanished"]) == 4
    told = outbox_messages.find({"payload.kind": "calendar_problem"}).to_list()
    assert [row["payload"]["variant"] for row in told] == ["held"]
    read(clock=lambda: now + dt.timedelta(minutes=20))
    assert len(nights()) == 10
    read(clock=lambda: now + dt.timedelta(minutes=31))
    assert nights() == span(starts[0], 2)
    assert feed_of(feed_id)["state"] == "read"
    assert outbox_messages.count({"payload.kind": "calendar_problem"}) == 1


def test_a_wrong_event_is_named_and_nothing_is_freed(site, read, nights, today):
    site.content = calendar(stay("a", today + 10 * DAY, 2), stay("b", today + 20 * DAY, 1))
    read()
    site.content = calendar(stay("b", today + 20 * DAY, 1), "UID:a\nDTSTART:nonsense")
    feed_id = read()
    (line,) = feed_of(feed_id)["report"]
    assert line["line"] == 10
    assert '"a" cannot be read. DTSTART' in line["text"]
    assert nights() == [*span(today + 10 * DAY, 2), today + 20 * DAY]


def test_a_booking_is_never_hidden_by_a_feed(
    site, read, nights, today, host, guest, listing_id, book, now
):
    booking = book()
    first, last = booking["check_in"].date(), booking["check_out"].date()
    site.content = calendar(stay("a", first - DAY, (last - first).days + 2))
    feed_id = read()
    assert nights() == [first - DAY, last]
    page = host.get(f"/api/owner/listings/{listing_id}/calendars").json()
    (conflict,) = page["feeds"][0]["conflicts"]
    assert conflict == {
        "start": first.isoformat(),
        "end": last.isoformat(),
        "booking_id": str(booking["_id"]),
        "kind": "reserved",
        "label": "Reserved",
    }
    told = outbox_messages.find({"payload.kind": "calendar_problem"}).to_list()
    assert [row["payload"]["variant"] for row in told] == ["taken_twice"]
    booking_change(
        booking_id=booking["_id"],
        action=Action.CANCEL,
        actor=Actor.GUEST,
        actor_id=guest.id,
        now=now,
    )
    feeds_watch(now=now)
    assert nights() == span(first - DAY, (last - first).days + 2)
    assert feed_of(feed_id)["is_overlapping"] is False


def test_a_night_of_two_feeds_is_free_when_both_say_so(
    site, read, nights, today, host, listing_id, now
):
    site.content = calendar(stay("a", today + 10 * DAY, 2))
    one = read()
    own = {"listing_id": listing_id, "host_id": host.id}
    reply = host.post(
        f"/api/owner/listings/{listing_id}/calendars/feeds",
        {"name": "Another", "url": f"{site.url}?two"},
    )
    two = reply.json()["id"]
    host.post(f"/api/owner/listings/{listing_id}/calendars/feeds/{two}/fetch")
    feed_remove(**own, feed_id=one, now=now)
    assert nights() == span(today + 10 * DAY, 2)
    assert {name: ids for name, ids in breaches(now=now).items() if ids} == {}
    host.delete(f"/api/owner/listings/{listing_id}/calendars/feeds/{two}")
    assert nights() == []


def test_a_claim_of_a_feed_that_is_gone_is_noticed(site, read, today, now):
    site.content = calendar(stay("a", today + 10 * DAY, 2))
    feed_id = read()
    calendar_feeds.update_one({"_id": feed_id}, {"$set": {"events": []}})
    named = "calendars of other sites whose nights are not exactly claimed"
    assert breaches(now=now)[named] == [str(feed_id)]
    calendar_feeds.delete_one({"_id": feed_id})
    assert breaches(now=now)["claims without an active owner"] == [f"feed:{feed_id}"]
