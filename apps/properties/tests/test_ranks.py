"""Why a listing stands where it stands: asked by its host and by staff."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group

from apps.accounts.services.staff import staff_roles_ensure
from apps.properties.models import Rating
from apps.properties.rank import MOST
from apps.properties.rows import listings, search_entries
from apps.properties.services.ranking import entries_rank
from conftest import Person

RATED = Rating(average=4.9, count=40)


def path(listing_id) -> str:
    return f"/api/owner/listings/{listing_id}/rank"


@pytest.fixture
def reader(make_person) -> Person:
    staff_roles_ensure()
    person = make_person(is_staff=True)
    person.user.groups.add(Group.objects.get(name="moderator"))
    return Person(person.user)


def test_the_parts_sum_up_to_the_score_by_which_it_is_found(host, make_listing):
    listing_id = make_listing(images=["/media/a.jpg"], rating=RATED)
    reply = host.get(path(listing_id)).json()
    assert [part["name"] for part in reply["parts"]] == list(MOST)
    total = sum(part["points"] for part in reply["parts"])
    assert reply["score"] == pytest.approx(total, abs=0.01)
    assert reply["score"] == search_entries.find_one({"_id": listing_id})["rank"]
    assert reply["limited_by"] is None
    assert (reply["facts"]["rating"], reply["facts"]["reviews"]) == (4.9, 40)


def test_a_limit_is_named(host, make_listing):
    unseen = host.get(path(make_listing(images=[], rating=RATED))).json()
    unknown = host.get(path(make_listing(images=["/media/a.jpg"]))).json()
    assert (unseen["limited_by"], unseen["score"]) == ("photos", 20)
    assert unknown["limited_by"] == "reviews"
    assert unknown["score"] <= unknown["limit"] == 65


def test_it_says_its_place_in_its_city(host, make_listing):
    photos = [f"/media/{number}.jpg" for number in range(8)]
    best = make_listing(images=photos, rating=RATED)
    second = make_listing(images=photos[:4], rating=RATED)
    make_listing(images=photos, rating=RATED, city="Kyoto", place={"country": "Japan"})
    make_listing(images=photos, rating=RATED, is_active=False)
    places = [host.get(path(one)).json()["place"] for one in (best, second)]
    assert [(one["position"], one["listings"]) for one in places] == [(1, 2), (2, 2)]
    assert places[0]["city"] == "Singapore"


def test_the_usual_price_is_that_of_the_last_ranking(host, make_listing, now):
    made = [
        make_listing(price_per_night=price) for price in (10_000, 10_000, 10_000, 10_000, 40_000)
    ]
    assert host.get(path(made[4])).json()["facts"]["usual_price"] is None
    entries_rank(now=now + dt.timedelta(days=2))
    facts = host.get(path(made[4])).json()["facts"]
    assert 100 < facts["usual_price"] < facts["price_per_night"] == 400
    price = {part["name"]: part["points"] for part in host.get(path(made[4])).json()["parts"]}
    assert price["price"] < MOST["price"] / 2


def test_who_may_ask(host, guest, reader, make_person, make_listing):
    listing_id = make_listing()
    staff = f"/api/properties/staff/{listing_id}/rank"
    mine = host.get(path(listing_id)).json()
    assert reader.get(staff).json() == mine
    assert make_person("owner").get(path(listing_id)).status_code == 404
    assert guest.get(path(listing_id)).status_code == 403
    assert host.get(staff).status_code == 403
    assert reader.get("/api/properties/staff/66f1c2a4b8e0d3f5a7c91e01/rank").status_code == 404
    assert host.get(path("x")).status_code == 404


def test_one_that_no_search_finds_has_no_place(host, make_listing):
    hidden = make_listing(is_active=False)
    reply = host.get(path(hidden))
    assert (reply.status_code, reply.json()["error"]["code"]) == (409, "LISTING_NOT_SHOWN")
    listings.update_one({"_id": hidden}, {"$set": {"deleted_at": dt.datetime.now(dt.UTC)}})
    assert host.get(path(hidden)).status_code == 404
