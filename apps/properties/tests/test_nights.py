import datetime as dt

import pytest

from apps.common import mongo
from apps.properties.enums import ClaimKind
from apps.properties.nights import nights_of, nights_taken
from apps.properties.services import NightsTakenError, nights_claim, nights_release

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
    owners = mongo.collection("night_claims").distinct("owner_id")
    assert owners == ["two"]
