import io

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.rows import users
from apps.properties.rows import listings, night_claims, search_entries
from apps.properties.services.search_rebuild import entries_check

HANDLES = (users, listings, night_claims, search_entries)


def seed_load(**options):
    out = io.StringIO()
    call_command("seed_load", "--first-night", "2026-12-01", stdout=out, **options)
    return out.getvalue()


def everything():
    return {handle.name: list(handle.find({}).sort("_id")) for handle in HANDLES}


def test_what_is_missing_is_added_and_nothing_twice():
    assert "30 listings" in seed_load(listings=30)
    before = everything()
    gone = before["listings"][7]["_id"]
    listings.collection.delete_one({"_id": gone})
    night_claims.collection.delete_one({"listing_id": gone})
    assert "Load data added: 1 listings" in seed_load(listings=30)
    assert everything() == before
    assert "Load data added: 0 listings, 0 taken nights" in seed_load(listings=30)


def test_searches_find_it_as_if_it_had_been_made_by_hosts():
    seed_load(listings=30)
    [checked] = entries_check()
    assert (checked.size, checked.differing) == (30, {})
    assert sum(bool(entry["taken"]) for entry in search_entries.find({})) > 20


def test_refuses_a_database_with_people(host):
    _refused("1 people")


def test_refuses_a_database_with_listings_of_an_import(host, make_listing):
    make_listing(source="inside-airbnb:x", source_id="1")
    users.update_one({"_id": host.id}, {"$set": {"source_id": "load:1:0"}})
    _refused("listings of other sources")


def _refused(why):
    before = everything()
    with pytest.raises(CommandError, match=rf"{why}.*Nothing was changed"):
        seed_load(listings=30)
    assert everything() == before
