"""The nearest free stays, against every stay within reach tried one by one."""

import datetime as dt
import random

import pytest

from apps.common import mongo
from apps.properties.enums import ClaimKind
from apps.properties.house_rules import stay_refusal, today_at
from apps.properties.nights import stay_taken
from apps.properties.rows import night_claims
from apps.properties.selectors import listing_terms, stays_near
from apps.properties.services import nights_claim


def days(count):
    return dt.timedelta(days=count)


@pytest.fixture
def start(today):
    """A Wednesday."""
    later = today + days(60)
    return later + days((2 - later.weekday()) % 7)


@pytest.fixture
def claim(now):
    def make(listing_id, start, nights, *, prep=0, kind=ClaimKind.BOOKING, expires_at=None):
        mongo.run_in_transaction(
            lambda: nights_claim(
                listing_id=listing_id,
                check_in=start,
                check_out=start + days(nights),
                kind=kind,
                owner_id="test",
                prep_nights=prep,
                expires_at=expires_at,
                now=now,
            )
        )

    return make


@pytest.fixture
def near(now, start):
    """How many days off the asked begin the offered stays begin, and their nights."""

    def ask(listing_id, nights, *, guests=1, off=0):
        first = start + days(off)
        found = stays_near(
            listing_terms(listing_id),
            check_in=first,
            check_out=first + days(nights),
            guest_count=guests,
            now=now,
        )
        return [((begin - first).days, (end - begin).days) for begin, end in found]

    return ask


def test_the_nearest_first_and_of_two_as_near_the_earlier(listing_id, claim, near, start):
    assert near(listing_id, 2) == [(0, 2), (-1, 2), (1, 2)]
    claim(listing_id, start, 2)
    assert near(listing_id, 2) == [(-2, 2), (2, 2), (-3, 2)]


def test_none_farther_than_two_weeks(listing_id, claim, near, start):
    claim(listing_id, start - days(13), 28)
    assert near(listing_id, 1) == [(-14, 1)]
    claim(listing_id, start - days(14), 1)
    assert near(listing_id, 1) == []


def test_nights_to_prepare_keep_their_distance(make_listing, claim, near, start):
    there = make_listing(prep_nights=2)
    claim(there, start, 2, prep=2)
    assert near(there, 1) == [(-3, 1), (-4, 1), (4, 1)]


def test_a_hold_that_ran_out_keeps_nobody_away(listing_id, claim, near, start, now):
    held = {"kind": ClaimKind.HOLD, "nights": 2}
    claim(listing_id, start, **held, expires_at=now + dt.timedelta(seconds=1))
    assert near(listing_id, 1)[0] == (-1, 1)
    night_claims.update_many({}, {"$set": {"expires_at": now}})
    assert near(listing_id, 1)[0] == (0, 1)


def test_the_nearest_length_where_that_one_is_not_taken(make_listing, near):
    there = make_listing(min_nights=3, max_nights=5)
    assert near(there, 1) == [(0, 3), (-1, 3), (1, 3)]
    assert near(there, 9) == [(0, 5), (-1, 5), (1, 5)]


def test_weekdays_on_which_no_stay_of_that_length_fits(make_listing, near):
    saturdays = make_listing(check_in_days=[5], check_out_days=[5])
    assert near(saturdays, 5) == [(3, 7), (-4, 7), (10, 7)]
    assert near(saturdays, 14) == [(3, 14), (-4, 14), (10, 14)]


def test_only_days_that_can_be_booked(make_listing, near, start, now):
    ahead = (start - today_at(listing_terms(make_listing()), now)).days
    there = make_listing(window_days=ahead - 2, lead_days=ahead - 3)
    assert near(there, 1) == [(-2, 1), (-3, 1)]
    assert near(there, 1, guests=5) == []
    assert near(there, 1, off=200) == []


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max - days(1)])
def test_the_ends_of_the_calendar(listing_id, now, day):
    asked = {"check_in": day, "check_out": day + days(1), "guest_count": 1}
    assert stays_near(listing_terms(listing_id), **asked, now=now) == []


@pytest.mark.parametrize("seed", range(25))
def test_as_many_as_a_search_one_by_one_finds(make_listing, claim, near, start, now, seed):
    rng = random.Random(seed)
    there = make_listing(
        prep_nights=rng.choice([0, 1, 2]),
        check_in_days=rng.choice([[], [], [0, 2, 4, 5]]),
        lead_days=rng.choice([0, 60]),
        window_days=rng.choice([730, 65]),
    )
    night = start - days(16)
    while night < start + days(16):
        nights = rng.randint(1, 5)
        if rng.random() < 0.5:
            claim(there, night, nights, kind=rng.choice([ClaimKind.BOOKING, ClaimKind.BLOCK]))
        night += days(nights + rng.randint(0, 3))
    terms, length = listing_terms(there), rng.randint(1, 3)

    def is_bookable(off):
        stay = {"check_in": start + days(off), "check_out": start + days(off + length)}
        refusal = stay_refusal(terms, **stay, guest_count=1, now=now)
        free = not stay_taken(there, **stay, prep_nights=terms["prep_nights"], now=now)
        return refusal is None and free

    within = sorted(range(-14, 15), key=lambda off: (abs(off), off))
    bookable = [off for off in within if is_bookable(off)][:3]
    assert near(there, length) == [(off, length) for off in bookable]
