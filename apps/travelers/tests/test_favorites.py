from concurrent.futures import ThreadPoolExecutor

import pytest
from bson import ObjectId

from apps.accounts.models import User
from apps.properties.rows import listings
from apps.travelers.rows import favorites

URL = "/api/traveler/favorites"


def count() -> int:
    return favorites.count({})


def test_a_favorite_is_a_card_with_when_it_was_chosen(guest, listing_id):
    reply = guest.post(URL, {"listing_id": str(listing_id)})
    assert reply.status_code == 201
    card = reply.json()
    assert (card["id"], card["title"], card["price_per_night"]) == (
        str(listing_id),
        "A quiet flat",
        120.0,
    )
    assert card["is_active"] is True
    assert card["favorited_at"].endswith("Z")
    page = guest.get(URL).json()
    assert page["results"] == [card]
    assert page["pagination"]["total"] == 1


def test_again_is_a_200_and_the_same_favorite(guest, listing_id):
    first = guest.post(URL, {"listing_id": str(listing_id)})
    again = guest.post(URL, {"listing_id": str(listing_id)})
    assert (again.status_code, again.json()) == (200, first.json())
    assert count() == 1


def test_at_the_same_time_makes_one(guest, make_listing):
    for listing in [make_listing() for _ in range(5)]:
        body = {"listing_id": str(listing)}
        with ThreadPoolExecutor(8) as pool:
            statuses = list(pool.map(lambda _, b=body: guest.post(URL, b).status_code, range(8)))
        assert sorted(statuses) == [200] * 7 + [201]
    assert count() == 5


def test_newest_first_in_pages(guest, make_listing):
    chosen = [str(make_listing(title=f"Flat {number}")) for number in range(5)]
    for listing in chosen:
        guest.post(URL, {"listing_id": listing})
    first, last = (guest.get(URL, page=page, per_page=3).json() for page in (1, 2))
    ids = [card["id"] for page in (first, last) for card in page["results"]]
    assert ids == chosen[::-1]
    assert [page["pagination"]["has_next"] for page in (first, last)] == [True, False]


def test_the_list_is_read_in_the_order_of_its_index(guest):
    query = favorites.find({"user_id": guest.id})
    plan = query.sort([("created_at", -1), ("_id", -1)]).explain()["queryPlanner"]["winningPlan"]
    assert (plan["stage"], plan["inputStage"]["indexName"]) == ("FETCH", "user_newest")


def test_a_withdrawn_listing_stays_and_says_so(guest, listing_id, make_person):
    guest.post(URL, {"listing_id": str(listing_id)})
    listings.update_one({"_id": listing_id}, {"$set": {"is_active": False}})
    assert [card["is_active"] for card in guest.get(URL).json()["results"]] == [False]
    assert guest.post(URL, {"listing_id": str(listing_id)}).status_code == 200
    other = make_person().post(URL, {"listing_id": str(listing_id)})
    assert (other.status_code, other.json()["error"]["code"]) == (404, "NOT_FOUND")
    assert count() == 1


def test_remove(guest, listing_id, make_person):
    guest.post(URL, {"listing_id": str(listing_id)})
    assert make_person().delete(f"{URL}/{listing_id}").status_code == 404
    assert count() == 1
    removed = guest.delete(f"{URL}/{listing_id}")
    assert (removed.status_code, removed.content) == (204, b"")
    gone = guest.delete(f"{URL}/{listing_id}")
    assert (gone.status_code, gone.json()["error"]["code"]) == (404, "NOT_FOUND")
    assert guest.get(URL).json()["results"] == []


def test_favorites_end_with_their_user_and_with_their_listing(guest, make_listing, make_person):
    other = make_person()
    first, second = make_listing(), make_listing()
    for person, listing in ((guest, first), (other, first), (other, second)):
        person.post(URL, {"listing_id": str(listing)})
    User.objects.get(pk=guest.id).delete()
    assert count() == 2
    listings.delete_one({"_id": first})
    assert [card["id"] for card in other.get(URL).json()["results"]] == [str(second)]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"listing_id": None}, 400),
        ({"listing_id": "x"}, 400),
        ({"listing_id": {"$gt": ""}}, 400),
        ({"listing_id": ["a"]}, 400),
        ({"listing_id": "0" * 24, "user_id": "1" * 24}, 400),
        ([], 400),
        ({"listing_id": str(ObjectId())}, 404),
    ],
)
def test_refused(guest, body, status):
    assert guest.http.post(URL, body, content_type="application/json").status_code == status
    assert count() == 0


def test_who_may(anonymous, host, listing_id):
    assert anonymous.get(URL).status_code == 401
    reply = host.post(URL, {"listing_id": str(listing_id)})
    assert (reply.status_code, reply.json()["error"]["code"]) == (403, "WRONG_USER_TYPE")
    assert host.delete(f"{URL}/{listing_id}").status_code == 403
    assert count() == 0
