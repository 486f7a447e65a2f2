from apps.ai.rows import itineraries
from apps.properties.rows import listings

URL = "/api/ai/itinerary"


def test_the_same_request_replaces_the_plan(guest, listing_id, sights, trip):
    first = guest.post(URL, trip()).json()
    assert guest.post(URL, trip()).json()["id"] == first["id"]
    assert guest.post(URL, trip(guests=1)).json()["id"] != first["id"]
    assert itineraries.count({}) == 2


def test_a_stored_plan_is_quoted_anew(guest, listing_id, sights, trip, block):
    request = trip()
    made = guest.post(URL, request).json()
    path = f"/api/ai/itineraries/{made['id']}"
    assert guest.get(path).json() == made
    changes = {"$set": {"price_per_night": 20_000}}
    listings.update_one({"_id": listing_id}, changes)
    assert guest.get(path).json()["stay"]["total_price"] == 705.6
    block(listing_id, request["start_date"], 1)
    later = guest.get(path).json()
    assert later["stay"] is None
    assert "is no longer available on these dates" in later["summary"]
    assert later["days"] == made["days"]


def test_a_stay_that_one_has_booked_stays(guest, listing_id, trip, book):
    made = guest.post(URL, trip(nights=2)).json()
    booking = book(days=30, nights=2)
    stay = guest.get(f"/api/ai/itineraries/{made['id']}").json()["stay"]
    assert stay["booking_id"] == str(booking["_id"])
    assert stay["total_price"] == made["stay"]["total_price"]
    assert stay["guest_count"] == 1


def test_the_list_and_deleting(guest, make_person, listing_id, trip):
    ids = [guest.post(URL, trip(guests=n)).json()["id"] for n in (1, 2, 3)]
    page = guest.get("/api/ai/itineraries", per_page=2).json()
    assert [row["id"] for row in page["results"]] == [ids[2], ids[1]]
    assert page["pagination"]["total"] == 3
    assert page["pagination"]["has_next"] is True
    assert set(page["results"][0]) == {
        "id",
        "destination",
        "start_date",
        "end_date",
        "guests",
        "planner",
        "created_at",
    }
    stranger, path = make_person(), f"/api/ai/itineraries/{ids[0]}"
    assert stranger.get(path).status_code == 404
    assert stranger.http.delete(path).status_code == 404
    assert stranger.get("/api/ai/itineraries").json()["results"] == []
    assert guest.get(path).status_code == 200
    assert guest.http.delete(path).status_code == 204
    assert guest.get(path).status_code == 404
    assert guest.http.delete(path).status_code == 404
    assert guest.get("/api/ai/itineraries/nonsense").status_code == 404
