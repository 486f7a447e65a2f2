"""Searches of listings for those who keep them: owners of their own, staff of all."""

import pytest
from django.contrib.auth.models import Group

from apps.accounts.services.staff import staff_roles_ensure
from apps.properties.rows import listings
from conftest import Person

STAFF = "/api/properties/staff"
LA = {"state": "California", "country": "United States"}


@pytest.fixture
def moderator(make_person) -> Person:
    staff_roles_ensure()
    person = make_person(is_staff=True)
    person.user.groups.add(Group.objects.get(name="moderator"))
    return Person(person.user)


@pytest.fixture
def made(make_listing):
    return {
        "loft": make_listing(title="Loft (by the river)", city="São Paulo"),
        "barn": make_listing(title="A barn", city="Los Angeles", place={**LA, "area": "Echo Park"}),
        "flat": make_listing(title="RIVER flat", city="Albany", place={"state": "New York"}),
        "hut": make_listing(title="A hut", city="New York", is_active=False),
    }


def names(reply, made):
    by_id = {str(key): name for name, key in made.items()}
    return [by_id.get(card["id"], "?") for card in reply.json()["results"]]


CASES = [
    ({"q": "river"}, ["flat", "loft"]),
    ({"q": "river loft"}, ["loft"]),
    ({"q": "(by"}, ["loft"]),
    ({"q": ".*"}, []),
    ({"q": "sao"}, ["loft"]),
    ({"q": "echo"}, ["barn"]),
    ({"city": "sao paulo"}, ["loft"]),
    ({"city": "New York"}, ["hut"]),
    ({"state": "new york"}, ["flat"]),
    ({"state": "CA"}, ["barn"]),
    ({"state": "CA", "city": "Albany"}, []),
    ({"status": "inactive"}, ["hut"]),
    ({"status": "suspended"}, []),
    ({"q": "a", "per_page": 2}, ["hut", "flat"]),
]


def test_owners_and_staff_find_by_words_and_place(host, moderator, made):
    for query, found in CASES:
        for http, path in ((host.http, "/api/owner/listings"), (moderator.http, STAFF)):
            reply = http.get(path, query)
            assert (reply.status_code, names(reply, made)) == (200, found), query


def test_an_owner_finds_none_of_another(make_person, made, host):
    other = make_person("owner")
    for query in ({}, {"q": "river"}, {"q": str(made["loft"])}, {"q": str(host.id)}):
        assert other.http.get("/api/owner/listings", query).json()["results"] == []
    [card] = host.http.get("/api/owner/listings", {"q": str(made["loft"])}).json()["results"]
    assert card["title"] == "Loft (by the river)"


def test_staff_find_by_id_and_host_and_see_what_became_of_it(moderator, made, host, now):
    both = {"$set": {"deleted_at": now, "is_active": False}}
    listings.update_one({"_id": made["barn"]}, both)
    listings.update_one({"_id": made["hut"]}, {"$set": {"host_suspended_at": now}})

    def get(**query):
        return moderator.http.get(STAFF, query)

    [barn] = get(q=str(made["barn"])).json()["results"]
    assert (barn["is_deleted"], barn["is_active"], barn["host_id"]) == (True, False, str(host.id))
    assert names(get(q=str(host.id)), made) == ["hut", "flat", "barn", "loft"]
    assert names(get(status="deleted"), made) == ["barn"]
    [hut] = get(status="suspended").json()["results"]
    assert (hut["is_suspended"], hut["is_host_suspended"]) == (False, True)
    assert names(host.http.get("/api/owner/listings"), made) == ["hut", "flat", "loft"]
    refused = host.http.get("/api/owner/listings", {"status": "deleted"})
    assert refused.status_code == 400


def test_pages_of_staff_follow_each_other(moderator, made):
    def get(page):
        return moderator.http.get(STAFF, {"page": page, "per_page": 3}).json()

    pages = [get(number) for number in (1, 2)]
    assert [page["pagination"]["has_next"] for page in pages] == [True, False]
    shown = [card["id"] for page in pages for card in page["results"]]
    assert shown == [str(made[name]) for name in ("hut", "flat", "barn", "loft")]
    assert pages[0]["pagination"]["total"] == 4


def test_only_staff_with_the_right_see_all(guest, host, anonymous, make_person, made):
    assert anonymous.get(STAFF).status_code == 401
    for person in (guest, host, make_person(is_staff=True)):
        reply = person.http.get(STAFF)
        assert (reply.status_code, reply.json()["error"]["code"]) == (403, "FORBIDDEN")


def test_an_owners_search_stays_within_the_index_of_hosts(host, made):
    query = {"host_id": host.id, "deleted_at": None}
    plan = listings.collection.find(query, collation={"locale": "en", "strength": 1}).explain()
    assert "host_id" in str(plan["queryPlanner"]["winningPlan"])
