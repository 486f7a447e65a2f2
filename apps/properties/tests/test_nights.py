import datetime as dt
import math
import zoneinfo
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common import mongo
from apps.properties.enums import ClaimKind
from apps.properties.nights import listings_taken, nights_of, nights_taken, stay_taken
from apps.properties.rows import night_claims
from apps.properties.services import (
    NightsTakenError,
    nights_block,
    nights_claim,
    nights_move,
    nights_propose,
    nights_release,
)

FIRST = dt.date(2030, 3, 30)


@pytest.fixture
def claim(listing_id, now):
    def make(nights=2, **changes):
        values = {
            "listing_id": listing_id,
            "check_in": FIRST,
            "check_out": FIRST + dt.timedelta(days=nights),
            "kind": ClaimKind.HOLD,
            "owner_id": "one",
            "now": now,
            **changes,
        }
        mongo.run_in_transaction(lambda: nights_claim(**values))

    return make


@pytest.fixture
def taken(listing_id, now):
    def read(at=now):
        return nights_taken(listing_id, start=FIRST, end=FIRST + dt.timedelta(days=9), now=at)

    return read


def test_nights_of_a_stay_are_half_open():
    assert nights_of(FIRST, FIRST + dt.timedelta(days=3)) == [
        dt.date(2030, 3, 30),
        dt.date(2030, 3, 31),
        dt.date(2030, 4, 1),
    ]


@given(
    zone=st.sampled_from(sorted(zoneinfo.available_timezones())),
    check_in=st.dates(dt.date(2020, 1, 1), dt.date(2037, 12, 1)),
    nights=st.integers(1, 30),
)
def test_the_nights_of_a_stay_are_its_local_dates(zone, check_in, nights):
    """Every date that the wall clock there shows between arrival and departure but the last, in
    every time zone and through every change of its clocks."""
    check_out = check_in + dt.timedelta(days=nights)
    place = zoneinfo.ZoneInfo(zone)
    arrival = dt.datetime.combine(check_in, dt.time(15), place).astimezone(dt.UTC)
    departure = dt.datetime.combine(check_out, dt.time(11), place).astimezone(dt.UTC)
    hours = math.ceil((departure - arrival) / dt.timedelta(hours=1))
    moments = [min(arrival + dt.timedelta(hours=hour), departure) for hour in range(hours + 1)]
    seen = list(dict.fromkeys(moment.astimezone(place).date() for moment in moments))
    assert nights_of(check_in, check_out) == seen[:-1]


def test_a_claim_takes_all_nights_or_none(claim, taken):
    claim(nights=1, check_in=FIRST + dt.timedelta(days=2), check_out=FIRST + dt.timedelta(days=3))
    with pytest.raises(NightsTakenError) as refusal:
        claim(nights=4, owner_id="two")
    assert refusal.value.details == {"nights": [FIRST + dt.timedelta(days=2)]}
    assert taken() == [FIRST + dt.timedelta(days=2)]


def test_release_frees_only_the_owners_nights(claim, taken):
    claim(nights=2)
    after = FIRST + dt.timedelta(days=2)
    claim(check_in=after, check_out=after + dt.timedelta(days=1), owner_id="two")
    mongo.run_in_transaction(lambda: nights_release(owner_id="one"))
    assert taken() == [after]


def test_an_expired_hold_is_free_and_taken_over(claim, taken, now):
    end = now + dt.timedelta(minutes=15)
    claim(expires_at=end)
    assert len(taken()) == 2
    with pytest.raises(NightsTakenError):
        claim(owner_id="two")

    assert taken(end) == []
    claim(owner_id="two", now=end)

    assert taken(end) == [FIRST, FIRST + dt.timedelta(days=1)]
    owners = night_claims.distinct("owner_id", {})
    assert owners == ["two"]


def claims() -> list[tuple]:
    found = night_claims.find({}).sort("_id")
    return [((row["night"].date() - FIRST).days, row["kind"], row["owner_id"]) for row in found]


def after(days):
    return FIRST + dt.timedelta(days=days)


@pytest.fixture
def move(listing_id, now):
    def make(first, last, **changes):
        values = {
            "listing_id": listing_id,
            "owner_id": "one",
            "check_in": after(first),
            "check_out": after(last),
            "prep_nights": 1,
            "now": now,
            **changes,
        }
        mongo.run_in_transaction(lambda: nights_move(**values))

    return make


@pytest.fixture
def propose(listing_id, now):
    def make(first, last):
        values = {
            "listing_id": listing_id,
            "owner_id": "one",
            "held_as": "alter:one",
            "check_in": after(first),
            "check_out": after(last),
            "prep_nights": 1,
            "expires_at": now + dt.timedelta(hours=1),
            "now": now,
        }
        mongo.run_in_transaction(lambda: nights_propose(**values))

    return make


def test_nights_to_prepare_are_claimed_after_the_stay(claim):
    claim(kind=ClaimKind.BOOKING, prep_nights=2)
    assert claims() == [
        (0, "booking", "one"),
        (1, "booking", "one"),
        (2, "prep", "one"),
        (3, "prep", "one"),
    ]


@pytest.mark.parametrize("kind", [ClaimKind.BOOKING, ClaimKind.HOLD])
def test_nobody_sleeps_where_a_stay_is_prepared(claim, kind):
    claim(check_in=after(2), check_out=after(4), kind=kind)
    before = claims()
    with pytest.raises(NightsTakenError) as refusal:
        claim(owner_id="two", prep_nights=2)
    assert refusal.value.details == {"nights": [after(2), after(3)]}
    assert refusal.value.message.startswith("The host keeps nights free after each stay")
    with pytest.raises(NightsTakenError) as refusal:
        claim(owner_id="two", check_out=after(3), prep_nights=2)
    assert refusal.value.message.startswith("These nights are no longer available: 2030-04-01")
    assert claims() == before


@pytest.mark.parametrize("kind", [ClaimKind.BLOCK, ClaimKind.EXTERNAL, ClaimKind.PREP])
def test_a_closed_night_will_do_to_prepare(claim, kind):
    claim(check_in=after(2), check_out=after(3), kind=kind)
    claim(owner_id="two", prep_nights=2)
    assert claims()[2:] == [(2, kind.value, "one"), (3, "prep", "two")]
    with pytest.raises(NightsTakenError):
        claim(owner_id="three", check_in=after(2), check_out=after(3))


def test_an_owner_blocks_a_night_to_prepare(claim, listing_id, now):
    claim(prep_nights=1)
    block = partial(nights_block, listing_id=listing_id, nights=[after(2), after(3)], now=now)
    mongo.run_in_transaction(block)
    owner = f"block:{listing_id}"
    assert claims()[2:] == [(2, "block", owner), (3, "block", owner)]
    with pytest.raises(NightsTakenError):
        mongo.run_in_transaction(
            partial(nights_block, listing_id=listing_id, nights=[after(1)], now=now)
        )


def test_a_stay_moves_with_its_nights_to_prepare(claim, move):
    claim(kind=ClaimKind.BOOKING, prep_nights=1)
    move(1, 4, prep_nights=2)
    assert claims() == [
        *((night, "booking", "one") for night in (1, 2, 3)),
        *((night, "prep", "one") for night in (4, 5)),
    ]


def test_a_stay_moves_whole_or_not_at_all(claim, move):
    claim(kind=ClaimKind.BOOKING, prep_nights=1)
    claim(owner_id="two", check_in=after(5), check_out=after(6))
    before = claims()
    for first, last in ((4, 6), (3, 5)):
        with pytest.raises(NightsTakenError) as refusal:
            move(first, last)
        assert refusal.value.details == {"nights": [after(5)]}
    assert claims() == before


def test_a_proposal_holds_what_the_stay_has_not(claim, propose, move):
    claim(kind=ClaimKind.BOOKING, prep_nights=1)
    propose(1, 4)
    own = [(0, "booking", "one"), (1, "booking", "one"), (2, "prep", "one")]
    assert claims() == [*own, (3, "hold", "alter:one"), (4, "prep", "alter:one")]
    with pytest.raises(NightsTakenError):
        claim(owner_id="two", check_in=after(3), check_out=after(4))

    move(1, 4, held_as="alter:one")

    assert claims() == [
        *((night, "booking", "one") for night in (1, 2, 3)),
        (4, "prep", "one"),
    ]


def test_a_proposal_that_is_over_frees_its_nights(claim, propose):
    claim(kind=ClaimKind.BOOKING, prep_nights=1)
    before = claims()
    propose(1, 4)
    mongo.run_in_transaction(lambda: nights_release(owner_id="alter:one"))
    assert claims() == before


def test_a_proposal_for_somebody_elses_nights(claim, propose):
    claim(kind=ClaimKind.BOOKING, prep_nights=1)
    claim(owner_id="two", check_in=after(3), check_out=after(4))
    before = claims()
    with pytest.raises(NightsTakenError):
        propose(1, 4)
    assert claims() == before


@pytest.fixture
def free(listing_id, now):
    """What the stay's own selector and search's say of it, which must be the same."""

    def ask(first, last, prep_nights):
        stay = {"check_in": after(first), "check_out": after(last)}
        taken = stay_taken(listing_id, **stay, prep_nights=prep_nights, now=now)
        searched = listings_taken(
            [listing_id],
            start=after(first),
            end=after(last),
            now=now,
            prep_nights={listing_id: prep_nights},
        )
        assert bool(taken) == bool(searched)
        return not taken

    return ask


def test_search_and_booking_ask_the_same(claim, free, now):
    """Every stay of up to three nights against every kind of claim, and what claiming it says."""
    kinds = [*ClaimKind]
    for place, kind in enumerate(kinds):
        claim(owner_id=kind, kind=kind, check_in=after(2 * place), check_out=after(2 * place + 1))
    claim(owner_id="over", check_in=after(10), check_out=after(11), expires_at=now)
    answers = set()
    for first in range(-4, 14):
        for nights in (1, 2, 3):
            for prep_nights in (0, 1, 3):
                asked = free(first, first + nights, prep_nights)
                claimed = _claimable(claim, first, nights, prep_nights)
                assert asked == claimed, (first, nights, prep_nights)
                answers.add(asked)
    assert answers == {True, False}


def _claimable(claim, first, nights, prep_nights) -> bool:
    rows = list(night_claims.find({}))
    stay = {"check_in": after(first), "check_out": after(first + nights)}
    try:
        claim(owner_id="new", kind=ClaimKind.BOOKING, prep_nights=prep_nights, **stay)
    except NightsTakenError:
        return False
    night_claims.delete_many({})
    night_claims.insert_many(rows)
    return True
