"""What one test wrote is gone in the next, whichever way it was written."""

import datetime as dt
import os
import subprocess
import sys

import pytest
from bson import ObjectId
from django.core.cache import cache

from apps.accounts.models import User
from apps.ai.documents import WeatherReport
from apps.common import mongo
from apps.common.clock import utc_now
from apps.properties.enums import ClaimKind
from apps.properties.nights import claim_row
from apps.properties.rows import listings, night_claims, search_entries
from stack.common.paths import ROOT
from tests import cleaning, worker
from tests.cleaning import Cleaner, PassedByError

OWN = "written_by_a_test"
CHILD = f"""
import django; django.setup()
from apps.common import mongo
mongo.collection("{OWN}").insert_one({{"by": "a child"}})
"""


def by_orm():
    User.objects.create(username="ann", email="a@example.com", password="!")


def by_pymongo():
    mongo.collection(OWN).insert_one({"by": "PyMongo"})


def by_an_upsert():
    mongo.collection(OWN).update_one({"_id": 1}, {"$set": {"by": "an upsert"}}, upsert=True)


def by_mongoengine():
    now = utc_now()
    expires_at = now + dt.timedelta(days=1)
    WeatherReport.objects.create(id="1.30,103.85", fetched_at=now, expires_at=expires_at)


def in_a_transaction():
    def run():
        for name in (OWN, "bookings"):
            mongo.collection(name).insert_one({"_id": ObjectId()}, session=mongo.session())
        mongo.collection("outbox").delete_many({}, session=mongo.session())

    mongo.run_in_transaction(run)


def by_a_child():
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "airbnb.settings"}
    subprocess.run([sys.executable, "-c", CHILD], cwd=ROOT, env=environment, check=True)


WRITERS = {
    by_orm: {"users"},
    by_pymongo: {OWN},
    by_an_upsert: {OWN},
    by_mongoengine: {"weather_reports"},
    in_a_transaction: {OWN, "bookings"},
    by_a_child: {OWN},
}


def filled() -> set[str]:
    names = [name for name in cleaning.everything() if not name.startswith(cleaning.KEPT)]
    return {name for name in names if mongo.collection(name).count_documents({})}


@pytest.mark.parametrize("write", WRITERS)
def test_what_is_written_is_there_until_the_test_ends(write):
    assert filled() == set()
    write()
    assert filled() == WRITERS[write]


def test_and_nothing_of_the_last_one_is_left():
    assert filled() == set()


@pytest.mark.parametrize("write", WRITERS)
def test_it_is_noticed_by_name_and_emptying_is_not(write, cleaner):
    since = cleaning.newest()
    write()
    until = cleaning.newest()
    assert WRITERS[write] <= set(cleaning.written(since, until)) <= WRITERS[write] | {"outbox"}
    cleaner.clean()
    assert filled() == set()
    assert cleaning.written(until, cleaning.newest()) == []


def test_another_database_is_left_alone():
    other = mongo.database().client[f"{mongo.database().name}_other"]
    since = cleaning.newest()
    other[OWN].insert_one({})
    assert cleaning.written(since, cleaning.newest()) == []
    mongo.database().client.drop_database(other.name)


@pytest.mark.parametrize("knows", [True, False])
def test_without_the_log_or_at_first_everything_is_emptied(monkeypatch, knows):
    by_pymongo()
    if not knows:
        monkeypatch.setattr(cleaning, "newest", lambda: None)
    cleaner = Cleaner()
    cleaner.clean()
    assert filled() == set()
    by_orm()
    cleaner.clean()
    assert filled() == set()


@pytest.mark.parametrize("turn", [1, 2])
def test_the_cache_is_empty_too(turn):
    assert cache.get("turn") is None
    cache.set("turn", turn)


def test_workers_share_nothing():
    base = {
        "MONGODB_DATABASE": "airbnb_test",
        "KAFKA_PREFIX": "",
        "REDIS_URL": "redis://127.0.0.1:6579/0",
    }
    found = [worker.environment(f"gw{number}", base) for number in range(4)]
    assert found[1] == {
        "MONGODB_DATABASE": "airbnb_test_gw1",
        "KAFKA_PREFIX": "gw1-",
        "REDIS_URL": "redis://127.0.0.1:6579/3",
    }
    for name, value in base.items():
        assert len({value, *(own[name] for own in found)}) == 5


def a_listing_changed(listing_id, today):
    listings.collection.update_one({"_id": listing_id}, {"$set": {"title": "Another"}})


def a_claim_added(listing_id, today):
    row = claim_row(listing_id, today, kind=ClaimKind.BLOCK, owner_id="block")
    night_claims.collection.insert_one(row)


def an_entry_removed(listing_id, today):
    search_entries.delete_one({"_id": listing_id})


@pytest.mark.parametrize(
    ("write", "differs"),
    [(a_listing_changed, "card"), (a_claim_added, "taken"), (an_entry_removed, "_id")],
)
def test_a_write_past_the_search_entries_is_noticed(write, differs, cleaner, listing_id, today):
    write(listing_id, today)
    with pytest.raises(PassedByError, match=rf"test_a_write_past.*{listing_id}.*'{differs}'"):
        cleaner.clean()
    assert filled() == set()
