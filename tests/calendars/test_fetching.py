"""How a feed is fetched: from a real site on this machine."""

import datetime as dt
import threading

import pytest

from apps.calendars.clients import FetchError, feed_fetched
from apps.calendars.clients.fetching import MOST_BYTES
from apps.calendars.rows import calendar_feeds
from apps.calendars.services import FeedBusyError, feed_fetch, feeds_fetch_due, feeds_watch
from apps.calendars.tests.feeds import calendar, stay
from apps.events.rows import outbox_messages

DAY = dt.timedelta(days=1)


def test_what_has_not_changed_is_not_sent_again(site, read, nights, today):
    site.content, site.etag = calendar(stay("a", today + DAY, 2)), '"one"'
    feed_id = read()
    read()
    assert [asked.get("If-None-Match") for asked in site.asked] == [None, '"one"']
    assert (calendar_feeds.find_one({"_id": feed_id})["state"], len(nights())) == ("read", 2)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"status": 404}, "answered 404 Not Found"),
        ({"status": 500}, "answered 500"),
        ({"status": 302, "headers": {"Location": "ftp://a.example/"}}, "must begin with"),
        ({"content": b"x" * (MOST_BYTES + 1)}, "larger than 1,000,000 bytes"),
        ({"content": b"x" * (60 * MOST_BYTES), "packed": True}, "larger than 1,000,000 bytes"),
        ({"headers": {"Content-Encoding": "br"}}, "packed in a way"),
        ({"cut_at": 30}, "broke off"),
        ({"cut_at": 30, "packed": True}, "broke off"),
    ],
    ids=["404", "500", "ftp", "large", "bomb", "brotli", "cut", "cut, packed"],
)
def test_what_is_wrong_is_said_and_changes_nothing(site, read, nights, today, change, said):
    site.content = calendar(stay("a", today + DAY, 2))
    feed_id = read()
    for name, value in change.items():
        setattr(site, name, value)
    read()
    feed = calendar_feeds.find_one({"_id": feed_id})
    assert feed["state"] == "failed"
    assert said in feed["report"][0]["text"]
    assert len(nights()) == 2


def test_a_packed_calendar_is_read(site, read, nights, today):
    site.content, site.packed = calendar(stay("a", today + DAY, 2)), True
    read()
    assert len(nights()) == 2


def test_redirects_are_followed_but_not_for_ever_and_not_inside(site, settings):
    site.status, site.headers = 302, {"Location": site.url}
    with pytest.raises(FetchError, match="leads on more than 4 times"):
        feed_fetched(site.url, seconds=5)
    assert len(site.asked) == 5


def test_a_site_that_says_nothing_costs_the_time_that_it_may(site):
    site.gate = threading.Event()
    try:
        with pytest.raises(FetchError, match=r"did not answer|cannot be reached"):
            feed_fetched(site.url, seconds=0.2)
    finally:
        site.gate.set()


def test_failures_wait_longer_each_time_and_as_long_as_the_site_asks(site, read, now, settings):
    site.status = 500
    waits = []
    for _ in range(3):
        feed_id = read()
        waits.append(
            calendar_feeds.find_one({"_id": feed_id})["due_at"].replace(tzinfo=dt.UTC) - now
        )
    every = settings.FEED_EVERY
    for wait, least in zip(waits, (every, 2 * every, 4 * every), strict=True):
        assert 0.79 * least < wait < 1.21 * least
    site.status, site.headers = 429, {"Retry-After": "36000"}
    read()
    due_at = calendar_feeds.find_one({"_id": feed_id})["due_at"].replace(tzinfo=dt.UTC)
    assert due_at - now >= dt.timedelta(hours=9.9)


def test_a_feed_is_fetched_by_one_at_a_time(site, read, now):
    feed_id = read()
    site.gate = threading.Event()
    first = threading.Thread(target=feed_fetch, args=(feed_id,), kwargs={"clock": lambda: now})
    first.start()
    try:
        while len(site.asked) < 2:
            pass
        with pytest.raises(FeedBusyError):
            feed_fetch(feed_id, clock=lambda: now)
    finally:
        site.gate.set()
        first.join()
    assert site.most_at_once == 1


def test_a_fetch_that_was_killed_is_done_by_the_next(site, read, now):
    feed_id = read()
    killed = {"lease": "of a dead process", "leased_until": now + dt.timedelta(seconds=60)}
    calendar_feeds.update_one({"_id": feed_id}, {"$set": {**killed, "due_at": now}})
    assert feeds_fetch_due(clock=lambda: now) == 0
    assert feeds_fetch_due(clock=lambda: now + dt.timedelta(seconds=61)) == 1
    assert len(site.asked) == 2


def test_the_timer_fetches_what_is_due_and_nothing_else(site, read, now, settings):
    read()
    assert feeds_fetch_due(clock=lambda: now + 0.5 * settings.FEED_EVERY) == 0
    assert feeds_fetch_due(clock=lambda: now + 1.3 * settings.FEED_EVERY) == 1


def test_a_feed_that_cannot_be_read_for_hours_is_told_once(
    site, read, now, settings, host, listing_id
):
    read()
    site.status = 500
    later = now + settings.FEED_STALE + dt.timedelta(minutes=1)
    assert feeds_watch(now=now) == 0
    assert feeds_watch(now=later) == 1
    assert feeds_watch(now=later) == 1
    told = outbox_messages.find({"payload.kind": "calendar_problem"}).to_list()
    assert [row["payload"]["variant"] for row in told] == ["stale"]


def test_the_feed_of_a_deleted_listing_goes(site, read, now, host, listing_id, settings):
    read()
    assert host.delete(f"/api/properties/{listing_id}").status_code == 204
    feeds_fetch_due(clock=lambda: now + 2 * settings.FEED_EVERY)
    assert calendar_feeds.count({}) == 0
    assert len(site.asked) == 1
