"""The search entry of a listing says at any time what the listing and its claims say."""

import datetime as dt
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from apps.common import mongo
from apps.properties.enums import ClaimKind
from apps.properties.imports.claims import claims_replace
from apps.properties.models import Rating
from apps.properties.nights import claim_row
from apps.properties.rows import listings, night_claims, search_entries
from apps.properties.services import (
    NightsTakenError,
    entries_rank,
    listing_restore,
    listing_suspend,
    nights_block,
    nights_claim,
    nights_move,
    nights_propose,
    nights_release,
    nights_unblock,
)
from apps.properties.services import entries as services
from apps.properties.services.search_rebuild import entries_differing, entries_rebuild

ROOT = Path(__file__).resolve().parents[3]
MONTH, FIRST = "2027-03", dt.date(2027, 3, 1)
DAY = dt.timedelta(days=1)


def in_transaction(function, **arguments):
    return mongo.run_in_transaction(lambda: function(**arguments))


@pytest.fixture
def claim(listing_id, now):
    def make(first, last, *, kind=ClaimKind.BOOKING, owner_id="b", until=None, prep_nights=0):
        in_transaction(
            nights_claim,
            listing_id=listing_id,
            check_in=FIRST + first * DAY,
            check_out=FIRST + last * DAY,
            kind=kind,
            owner_id=owner_id,
            prep_nights=prep_nights,
            expires_at=until,
            now=now,
        )

    return make


@pytest.fixture
def nights(listing_id):
    """The bits of March: taken, slept, and taken by holds."""

    def read():
        assert entries_differing() == {}
        entry = search_entries.find_one({"_id": listing_id})
        held = [hold["taken"].get(MONTH, 0) for hold in entry["holds"]]
        return entry["taken"].get(MONTH, 0), entry["slept"].get(MONTH, 0), held

    return read


def test_a_booking_and_the_nights_that_prepare(claim, nights):
    claim(0, 2, prep_nights=1)
    assert nights() == (0b111, 0b11, [])
    in_transaction(nights_release, owner_id="b")
    assert nights() == (0, 0, [])


def test_a_booking_that_moves(claim, nights, listing_id, now):
    claim(0, 3)
    move = {"listing_id": listing_id, "owner_id": "b", "prep_nights": 1, "now": now}
    in_transaction(nights_move, check_in=FIRST + 2 * DAY, check_out=FIRST + 4 * DAY, **move)
    assert nights() == (0b11100, 0b1100, [])


def test_a_hold_that_is_released(claim, nights, now):
    claim(0, 2, kind=ClaimKind.HOLD, owner_id="h", until=now + DAY, prep_nights=1)
    assert nights() == (0, 0, [0b111])
    in_transaction(nights_release, owner_id="h")
    assert nights() == (0, 0, [])


def test_a_hold_that_expired_is_taken_over_in_part(claim, nights, now):
    claim(0, 4, kind=ClaimKind.HOLD, owner_id="h", until=now)
    claim(2, 3)
    assert nights() == (0b100, 0b100, [0b1011])


def test_two_holds_and_a_proposal_that_becomes_the_stay(claim, nights, listing_id, now):
    claim(0, 2)
    claim(8, 9, kind=ClaimKind.HOLD, owner_id="h", until=now + DAY)
    span = {"check_in": FIRST + DAY, "check_out": FIRST + 4 * DAY}
    both = {"listing_id": listing_id, "owner_id": "b", "held_as": "alter:b", "now": now}
    proposed = {**span, **both, "prep_nights": 0}
    in_transaction(nights_propose, **proposed, expires_at=now + DAY)
    assert nights() == (0b11, 0b11, [0b100000000, 0b1100])
    in_transaction(nights_move, **proposed)
    assert nights() == (0b1110, 0b1110, [0b100000000])


def test_blocks_over_nights_that_prepare_and_a_calendar(claim, nights, listing_id, now):
    claim(0, 1, prep_nights=2)
    days = [FIRST + DAY, FIRST + 5 * DAY]
    in_transaction(nights_block, listing_id=listing_id, nights=days, now=now)
    assert nights() == (0b100111, 0b1, [])
    in_transaction(nights_unblock, listing_id=listing_id, nights=days)
    assert nights() == (0b101, 0b1, [])
    claims_replace({listing_id: [FIRST + 2 * DAY, FIRST + 9 * DAY]}, owner_id="import:x", now=now)
    assert nights() == (0b1000000101, 0b1, [])
    claims_replace({listing_id: []}, owner_id="import:x", now=now)
    assert nights() == (0b1, 0b1, [])


def test_what_is_refused_changes_nothing(claim, nights):
    claim(2, 4)
    with pytest.raises(NightsTakenError):
        claim(3, 6, owner_id="c")
    assert nights() == (0b1100, 0b1100, [])


def test_it_goes_with_its_listing_and_comes_back_with_its_claims(claim, nights, listing_id, now):
    claim(0, 2)
    listing_suspend(listing_id=listing_id, now=now)
    assert not search_entries.exists({})
    in_transaction(nights_release, owner_id="b")
    claim(4, 5, owner_id="c")
    listing_restore(listing_id=listing_id, now=now)
    assert nights() == (0b10000, 0b10000, [])


def test_an_edit_is_in_the_entry_at_once(host, listing_id, nights, claim):
    claim(0, 1)
    body = {"version": 1, "title": "By the river", "price_per_night": 99.5, "amenities": ["Sauna"]}
    assert host.put(f"/api/properties/{listing_id}", body).status_code == 200
    entry = search_entries.find_one({"_id": listing_id})
    assert (entry["card"]["title"], entry["card"]["price_per_night"]) == ("By the river", 9950)
    assert (entry["amenities"], entry["version"]) == (["sauna"], 2)
    assert "river" in entry["words"]
    assert nights() == (1, 1, [])


def test_what_no_search_reads_leaves_it_alone(listing_id, monkeypatch):
    monkeypatch.setattr(services.ListingsFollower, "follow", lambda *_: pytest.fail("It followed."))
    listings.update_one({"_id": listing_id}, {"$inc": {"deals": 1}})
    listings.update_many({}, [{"$set": {"active_before": True, "deals": 7}}])
    assert listings.find_one({"_id": listing_id})["deals"] == 7


def test_writes_of_many_at_once(make_listing):
    ids = [make_listing(amenities=[name]) for name in ("Wifi", "Pool", "Sauna")]
    listings.update_many({"_id": {"$in": ids[:2]}}, {"$set": {"is_active": False}})
    listings.delete_one({"_id": ids[2]})
    assert search_entries.count({}) == 0
    listings.update_many({"amenity_keys": "wifi"}, {"$set": {"is_active": True}})
    assert search_entries.distinct("_id", {}) == [ids[0]]
    assert entries_differing() == {}


@pytest.fixture
def while_published(listing_id, now):
    """Publishes a listing, and does something else after that transaction has begun to read."""

    def run(other):
        started = []

        def publish():
            listings.find_one({"_id": listing_id})
            if not started:
                with ThreadPoolExecutor(1) as pool:
                    pool.submit(other).result(10)
            started.append(1)
            listings.update_one({"_id": listing_id}, {"$set": {"is_active": True}})

        listings.update_one({"_id": listing_id}, {"$set": {"is_active": False}})
        mongo.run_in_transaction(publish)
        return len(started)

    return run


def test_a_claim_that_is_released_while_its_listing_is_published(claim, nights, while_published):
    claim(0, 2)
    assert while_published(lambda: in_transaction(nights_release, owner_id="b")) == 2
    assert nights() == (0, 0, [])


def test_without_a_write_of_the_listing_its_nights_stay_taken(
    claim, while_published, listing_id, monkeypatch
):
    claim(0, 2)

    def release():
        with monkeypatch.context() as patch:
            patch.setattr(type(listings), "update_many", lambda *_: None)
            in_transaction(nights_release, owner_id="b")

    assert while_published(release) == 1
    assert entries_differing() == {listing_id: ["slept", "taken"]}
    list(entries_rebuild())


KILLED = """
import os, signal, sys
import django; django.setup()
from bson import ObjectId
from apps.common import mongo
from apps.properties.models import Rating
from apps.properties.nights import claim_row
from apps.properties.enums import ClaimKind
from apps.properties.rows import night_claims
from apps.properties.services.entries import ClaimsFollower
import datetime as dt

def end(*_):
    os.kill(os.getpid(), signal.SIGKILL)

late = sys.argv[2] == "after the commit"
ClaimsFollower.follow = (lambda *_: mongo.after_commit(end)) if late else end
night_claims.insert_one(
    claim_row(ObjectId(sys.argv[1]), dt.date(2027, 3, 1), kind=ClaimKind.BLOCK, owner_id="b")
)
"""


@pytest.mark.parametrize(
    ("when", "claims", "differs"),
    [("in the transaction", 0, []), ("after the commit", 1, ["taken"])],
)
def test_a_kill_between_a_claim_and_its_entry(listing_id, when, claims, differs):
    """The second is the negative control: so it would be if entries followed the commit."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "airbnb.settings"}
    command = [sys.executable, "-c", KILLED, str(listing_id), when]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    assert done.returncode == -signal.SIGKILL
    assert night_claims.count({}) == claims
    assert entries_differing().get(listing_id, []) == differs
    list(entries_rebuild())


def test_a_claim_written_past_the_handle_is_named_and_mended(listing_id, nights):
    row = claim_row(listing_id, FIRST, kind=ClaimKind.EXTERNAL, owner_id="import:x")
    night_claims.collection.insert_one(row)
    assert entries_differing() == {listing_id: ["taken"]}
    list(entries_rebuild())
    assert nights() == (1, 0, [])


@pytest.fixture
def ranks():
    def read():
        assert entries_differing() == {}
        return {entry["_id"]: entry for entry in search_entries.find({})}

    return read


def test_a_rank_follows_time_once_a_day(make_listing, ranks, now):
    listing_id = make_listing(images=["/media/1.jpg"])
    young = ranks()[listing_id]["rank"]
    assert entries_rank(now=now + dt.timedelta(hours=23)) == 0
    later = now + dt.timedelta(days=60)
    assert entries_rank(now=later) == 1
    assert ranks()[listing_id]["rank"] < young
    assert entries_rank(now=later + dt.timedelta(hours=23)) == 0


def test_a_rank_knows_the_usual_price_of_homes_like_it(make_listing, ranks, now):
    photo = {"images": ["/media/1.jpg"], "rating": Rating(average=4.2, count=20)}
    prices = (5_000, 10_000, 20_000, 10_000, 10_000)
    alike = [make_listing(price_per_night=price, **photo) for price in prices]
    other = make_listing(price_per_night=10_000, currency="EUR", **photo)
    assert entries_rank(now=now + 2 * DAY) == 6
    usual = {key: entry["ranking"]["usual_price"] for key, entry in ranks().items()}
    assert usual == {**dict.fromkeys(alike, 10_000), other: None}
    half, same, double = (ranks()[key]["rank"] for key in alike[:3])
    assert half > same > double


def test_only_so_many_are_ranked_at_once_the_oldest_first(make_listing, ranks, now):
    ids = [make_listing() for _ in range(3)]
    assert [entries_rank(now=now + 2 * DAY, most=2) for _ in range(3)] == [2, 1, 0]
    assert set(ranks()) == set(ids)


def test_a_rank_counts_the_nights_that_are_left(make_listing, ranks, now, today):
    listing_id = make_listing(images=["/media/1.jpg"])
    claims_replace({listing_id: [today + day * DAY for day in range(80)]}, owner_id="import:x")
    assert entries_rank(now=now + 2 * DAY) == 1
    assert ranks()[listing_id]["ranking"]["free_share"] == pytest.approx(12 / 90)
