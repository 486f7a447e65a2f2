"""`manage.py rebuild_search` finds what differs, mends it, and is in nobody's way."""

import datetime as dt
import io
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest
from bson import ObjectId
from django.core.management import CommandError, call_command

from apps.common import mongo
from apps.properties.enums import ClaimKind
from apps.properties.management.commands import rebuild_search
from apps.properties.rows import listings, night_claims, search_entries
from apps.properties.services import nights_claim, nights_release, search_rebuild
from apps.properties.services.search_rebuild import entries_differing, entries_rebuild

FIRST = dt.date(2027, 3, 1)
DAY = dt.timedelta(days=1)


@pytest.fixture
def ids(make_listing, monkeypatch) -> list[ObjectId]:
    """Of five listings, in order, which are three batches."""
    monkeypatch.setattr(search_rebuild, "BATCH", 2)
    return sorted(make_listing(title=f"Flat {number}") for number in range(5))


@pytest.fixture
def damaged(ids) -> dict[ObjectId, str]:
    """What is wrong, in each way there is."""
    entries, stray = search_entries.collection, ObjectId("f" * 24)
    entries.insert_one({**entries.find_one({"_id": ids[0]}), "_id": stray})
    entries.delete_one({"_id": ids[0]})
    entries.update_one({"_id": ids[1]}, {"$set": {"taken.2027-03": 4, "slept.2027-03": 4}})
    held = {"owner_id": "h", "until": dt.datetime(2027, 1, 1), "taken": {}, "slept": {}}
    entries.update_one({"_id": ids[2]}, {"$set": {"holds": [held], "rank": -1.0}})
    listings.collection.update_one({"_id": ids[3]}, {"$set": {"is_active": False}})
    return {
        ids[0]: "_id",
        ids[1]: "slept, taken",
        ids[2]: "holds, rank",
        ids[3]: "_id",
        stray: "_id",
    }


def run(*options: str) -> list[str]:
    out = io.StringIO()
    call_command("rebuild_search", *options, stdout=out)
    return out.getvalue().splitlines()


def check(*options: str) -> tuple[int, list[str]]:
    out = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("rebuild_search", "--check", *options, stdout=out)
    return stopped.value.code, out.getvalue().splitlines()


def named(found: Mapping[ObjectId, str]) -> list[str]:
    return [f"{key}  {names}" for key, names in found.items()]


def test_nothing_differs(ids):
    assert run("--check") == ["5 listings, 0 search entries differed."]
    assert run() == ["5 listings, 0 search entries differed."]


def test_the_check_names_what_differs_and_changes_nothing(damaged):
    before = list(search_entries.find({}))
    expected = [*named(damaged), "6 listings, 5 search entries differed."]
    assert check() == (1, expected)
    assert list(search_entries.find({})) == before
    list(entries_rebuild())


def test_a_rebuild_mends_it_all(damaged, ids):
    assert run() == [*named(damaged), "6 listings, 5 search entries differed."]
    assert search_entries.distinct("_id", {}) == [ids[0], ids[1], ids[2], ids[4]]
    assert run("--check") == ["5 listings, 0 search entries differed."]


def test_an_empty_month_and_another_order_of_holds_are_no_difference(ids):
    search_entries.update_one({"_id": ids[0]}, {"$set": {"taken.2027-03": 0}})
    assert entries_differing() == {}


def test_it_goes_on_after_a_listing(damaged, ids):
    rest = {key: names for key, names in damaged.items() if key > ids[1]}
    assert check("--after", str(ids[1])) == (
        1,
        [*named(rest), "4 listings, 3 search entries differed."],
    )
    list(entries_rebuild())


def test_one_that_is_stopped_says_where(ids, monkeypatch):
    def stopped(*_arguments, **_options):
        yield next(entries_rebuild())
        raise KeyboardInterrupt

    monkeypatch.setattr(rebuild_search, "entries_rebuild", stopped)
    with pytest.raises(CommandError, match=f"Go on with --after {ids[1]}"):
        run()


def test_no_id_of_a_listing(ids):
    with pytest.raises(CommandError, match="'nowhere' is not the id of a listing"):
        run("--after", "nowhere")


def test_bookings_go_on_meanwhile(ids, now):
    """Each rebuild finds the entries damaged again, and writes them beside those who claim."""

    def book(number):
        owner_id, key = f"b{number}", ids[number % 2]
        stay = {"check_in": FIRST + number * DAY, "check_out": FIRST + (number + 1) * DAY}
        for _ in range(2):
            claim = {"listing_id": key, "kind": ClaimKind.BOOKING, "owner_id": owner_id, **stay}
            mongo.run_in_transaction(lambda claim=claim: nights_claim(**claim, now=now))
            mongo.run_in_transaction(lambda: nights_release(owner_id=owner_id))
        mongo.run_in_transaction(lambda: nights_claim(**claim, now=now))

    with ThreadPoolExecutor(2) as pool:
        booked = [pool.submit(book, number) for number in range(6)]
        while not all(one.done() for one in booked):
            search_entries.update_many({}, {"$set": {"policy": "?"}})
            search_entries.delete_one({"_id": ids[0]})
            list(entries_rebuild())
    for one in booked:
        one.result()
    assert night_claims.count({}) == 6
    assert entries_differing() == {}
