import pytest

from apps.ai.rows import itineraries

URL = "/api/ai/itinerary"


def test_an_unknown_destination_names_the_known(guest, listing_id, trip):
    reply = guest.post(URL, trip(destination="Atlantis"))
    assert reply.status_code == 404
    error = reply.json()["error"]
    assert error["code"] == "UNKNOWN_DESTINATION"
    assert error["details"] == {"known": ["Singapore"]}
    assert itineraries.count({}) == 0


@pytest.mark.parametrize("name", ["singapore", "SINGAPORE", " Singapore, Singapore "])
def test_destinations_are_found_as_people_write_them(guest, listing_id, trip, name):
    assert guest.post(URL, trip(destination=name)).status_code == 201


BAD = {
    "nothing": {"destination": ""},
    "an operator": {"destination": {"$ne": ""}},
    "a list": {"destination": ["Singapore"]},
    "no guests": {"guests": 0},
    "a crowd": {"guests": 51},
    "a date that is none": {"start_date": "soon"},
    "two weeks and a day": {"end_date": "later"},
    "backwards": {"start_date": "2027-03-05", "end_date": "2027-03-04"},
    "fifteen days": {"start_date": "2027-03-01", "end_date": "2027-03-16"},
    "long ago": {"start_date": "2020-03-01", "end_date": "2020-03-02"},
    "far ahead": {"start_date": "2040-03-01", "end_date": "2040-03-02"},
    "a negative budget": {"budget": -1},
    "a budget of words": {"budget": "much"},
    "a currency of words": {"currency": "dollars"},
    "an unknown pace": {"pace": "frantic"},
    "interests that are no list": {"interests": "food"},
    "many interests": {"interests": ["x"] * 11},
}


@pytest.mark.parametrize("changes", BAD.values(), ids=BAD.keys())
def test_bad_input_is_explained_and_nothing_kept(guest, listing_id, trip, changes):
    reply = guest.post(URL, trip(**changes))
    assert reply.status_code == 400
    assert reply.json()["error"]["fields"]
    assert itineraries.count({}) == 0


def test_who_may_plan(anonymous, host, listing_id, trip):
    assert anonymous.post(URL, trip(), content_type="application/json").status_code == 401
    reply = host.post(URL, trip())
    assert reply.status_code == 403
    assert reply.json()["error"]["code"] == "WRONG_USER_TYPE"
    assert host.get("/api/ai/itineraries").status_code == 403


def test_plans_have_a_limit_of_their_own(guest, make_person, listing_id, trip, settings):
    settings.RATE_LIMIT_AI = "2/minute"
    replies = [guest.post(URL, trip()).status_code for _ in range(3)]
    assert replies == [201, 201, 429]
    assert guest.get("/api/ai/itineraries").status_code == 200
    assert make_person().post(URL, trip()).status_code == 201
