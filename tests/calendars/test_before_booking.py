"""What other sites have sold is known before a stay is booked at once."""

import datetime as dt

import pytest

from apps.bookings.rows import bookings
from apps.bookings.services import booking_request
from apps.calendars.services import freshness
from apps.calendars.tests.feeds import calendar, stay
from apps.properties.rows import listings
from apps.properties.services import NightsTakenError

DAY = dt.timedelta(days=1)


@pytest.fixture
def instant(listing_id):
    listings.update_one({"_id": listing_id}, {"$set": {"instant_book": True}})


@pytest.fixture
def later(now, settings):
    return now + settings.FEED_FRESH + dt.timedelta(minutes=1)


@pytest.fixture
def ask(guest, listing_id, today):
    def made(at):
        made = booking_request(
            guest_id=guest.id,
            listing_id=listing_id,
            check_in=today + 30 * DAY,
            check_out=today + 32 * DAY,
            guest_count=1,
            now=at,
        )
        return made.reply.status

    return made


@pytest.mark.usefixtures("instant")
def test_an_old_calendar_is_read_first(site, read, ask, today, later):
    read()
    site.content = calendar(stay("a", today + 31 * DAY, 3))
    with pytest.raises(NightsTakenError):
        ask(later)
    assert bookings.count({}) == 0


@pytest.mark.usefixtures("instant")
def test_a_fresh_one_is_not_read_again(site, read, ask, now):
    read()
    assert ask(now + dt.timedelta(minutes=1)) == "confirmed"
    assert len(site.asked) == 1


@pytest.mark.usefixtures("instant")
def test_an_old_one_that_is_read_confirms_at_once(site, read, ask, later):
    read()
    assert ask(later) == "confirmed"
    assert len(site.asked) == 2


@pytest.mark.usefixtures("instant")
def test_where_it_cannot_be_read_the_host_answers(site, read, ask, later):
    read()
    site.status = 500
    assert ask(later) == "pending"


@pytest.mark.usefixtures("instant")
def test_a_site_that_failed_a_moment_ago_is_not_asked_again(site, read, ask, later):
    read()
    site.status = 500
    read(clock=lambda: later)
    asked = len(site.asked)
    assert ask(later + dt.timedelta(seconds=5)) == "pending"
    assert len(site.asked) == asked


@pytest.mark.usefixtures("instant")
def test_a_guest_does_not_wait_for_a_slow_site(site, read, ask, later, monkeypatch):
    read()
    monkeypatch.setattr(freshness, "SECONDS", 0.1)
    site.delay = 0.5
    assert ask(later) == "pending"


def test_a_request_needs_no_reading(site, read, ask, later):
    read()
    assert ask(later) == "pending"
    assert len(site.asked) == 1
