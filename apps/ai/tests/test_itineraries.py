"""Plans over HTTP on the real database. Every stay offered is checked against the quote."""

import datetime as dt

import pytest
from bson import ObjectId

from apps.ai.rows import itineraries
from apps.ai.tests.conftest import Reply, completion, daily, data_sent
from apps.bookings.quote import quote
from apps.common import mongo
from apps.common.clock import utc_now
from apps.properties.enums import ClaimKind
from apps.properties.models import Capacity, Rating, Season
from apps.properties.services.nights import nights_claim

URL = "/api/ai/itinerary"


@pytest.fixture
def asked(today):
    def make(*, ahead=30, nights=3, **changes):
        start = today + dt.timedelta(days=ahead)
        end = start + dt.timedelta(days=nights)
        wish = {"destination": "Singapore", "start_date": start, "end_date": end, "guests": 2}
        return {name: str(v) if isinstance(v, dt.date) else v for name, v in wish.items()} | changes

    return make


@pytest.fixture
def block(now):
    def make(listing_id, first, nights):
        first = dt.date.fromisoformat(str(first))
        mongo.run_in_transaction(
            lambda: nights_claim(
                listing_id=listing_id,
                check_in=first,
                check_out=first + dt.timedelta(days=nights),
                kind=ClaimKind.BLOCK,
                owner_id="test",
                now=now,
            )
        )

    return make


def rated(average, count=40):
    return {"rating": Rating(average=average, count=count)}


def quoted(stay):
    return quote(
        listing_id=ObjectId(stay["listing"]["id"]),
        check_in=dt.date.fromisoformat(stay["check_in"]),
        check_out=dt.date.fromisoformat(stay["check_out"]),
        guest_count=stay["guest_count"],
        now=utc_now(),
    )


def test_a_plan(guest, make_listing, sights, normals, asked):
    best, other = make_listing(**rated(4.9)), make_listing(title="Another", **rated(3.5))
    reply = guest.post(URL, asked(interests=["food"], pace="balanced"))
    assert reply.status_code == 201
    plan = reply.json()
    assert plan["destination"] == "Singapore"
    assert plan["planner"] == "embedded"
    assert plan["stay"]["listing"]["id"] == str(best)
    assert plan["stay"]["total_price"] == 436.8
    assert plan["stay"]["nights"] == 3
    assert [line["code"] for line in plan["stay"]["lines"]] == [
        "NIGHTS",
        "CLEANING_FEE",
        "SERVICE_FEE",
    ]
    assert [stay["listing"]["id"] for stay in plan["alternatives"]] == [str(other)]
    assert plan["summary"] == (
        "3 nights in Singapore for 2 guests, with 9 activities. "
        "Available now: A quiet flat, 436.80 SGD in total."
    )
    assert plan["weather"]["source"] == "climate-normals"
    assert [day["date"] for day in plan["days"]] == [day["date"] for day in plan["weather"]["days"]]
    first = plan["days"][0]
    assert first["weather"] == plan["weather"]["days"][0]
    assert [item["part_of_day"] for item in first["activities"]] == [
        "morning",
        "afternoon",
        "evening",
    ]
    assert set(first["activities"][0]) == {
        "id",
        "name",
        "category",
        "part_of_day",
        "description",
        "coordinates",
        "distance_km",
        "url",
    }
    ids = [item["id"] for day in plan["days"] for item in day["activities"]]
    assert len(ids) == len(set(ids))


def test_every_stay_is_free_at_the_total_of_the_quote(guest, make_listing, sights, asked, block):
    ids = [make_listing(price_per_night=9_000 + 777 * n) for n in range(8)]
    wish = asked()
    for listing_id in ids[:3]:
        block(listing_id, wish["start_date"], 1)
    plan = guest.post(URL, wish).json()
    stays = [plan["stay"], *plan["alternatives"]]
    assert len(stays) == 4
    for stay in stays:
        assert ObjectId(stay["listing"]["id"]) in ids[3:]
        now_costs = quoted(stay)
        assert now_costs["available"]
        assert now_costs["total_price"] == stay["total_price"]
        assert stay["total_price"] == round(sum(line["amount"] for line in stay["lines"]), 2)


def test_the_budget_is_the_total(guest, make_listing, asked):
    make_listing(price_per_night=12_000)
    cheap = make_listing(price_per_night=8_000, **rated(2.0))
    plan = guest.post(URL, asked(budget=302.40)).json()
    assert plan["stay"]["listing"]["id"] == str(cheap)
    assert plan["stay"]["total_price"] == 302.4
    assert plan["alternatives"] == []
    refused = guest.post(URL, asked(budget=302.39)).json()
    assert refused["stay"] is None
    assert (
        "No available stay in Singapore on these dates costs 302.39 SGD or less"
        in (refused["summary"])
    )
    assert [stay["total_price"] for stay in refused["alternatives"]] == [302.4, 436.8]


def test_a_dear_listing_with_a_cheap_stay_is_within_the_budget(guest, make_listing, asked, today):
    """In its season it costs a tenth of its usual price."""
    off = Season(
        name="Off",
        start=today,
        end=today + dt.timedelta(days=90),
        price_per_night=8_000,
    )
    there = make_listing(price_per_night=80_000, seasons=[off], tax_per_person_night=100)
    plan = guest.post(URL, asked(budget=308.40)).json()
    assert plan["stay"]["listing"]["id"] == str(there)
    assert plan["stay"]["total_price"] == quoted(plan["stay"])["total_price"] == 308.4
    assert guest.post(URL, asked(budget=308.39)).json()["stay"] is None


def test_a_budget_in_another_currency_is_not_compared(guest, make_listing, asked):
    make_listing()
    plan = guest.post(URL, asked(budget=9000, currency="USD")).json()
    assert plan["stay"] is None
    assert (
        "Prices in Singapore are in SGD, so a budget in USD cannot be compared" in (plan["summary"])
    )


def test_nothing_free_is_said_and_other_dates_are_offered(
    guest, listing_id, sights, asked, block, today
):
    wish = asked()
    block(listing_id, wish["start_date"], 1)
    plan = guest.post(URL, wish).json()
    assert plan["stay"] is None
    assert "No listing in Singapore is available for 2 guests on all 3 nights." in plan["summary"]
    other = plan["alternatives"][0]
    assert other["check_in"] == str(today + dt.timedelta(days=31))
    assert quoted(other)["available"]
    assert len(plan["days"]) == 3
    assert plan["days"][0]["activities"]


def test_too_many_guests_find_nothing(guest, make_listing, asked):
    make_listing(capacity=Capacity(max_guests=2))
    plan = guest.post(URL, asked(guests=3)).json()
    assert plan["stay"] is None
    assert plan["alternatives"] == []
    assert "no known activities" in plan["summary"]
    assert plan["weather"] is None
    assert plan["days"][0] == {
        "date": asked()["start_date"],
        "note": "No more activities are listed for this day: keep it free to explore.",
        "activities": [],
        "weather": None,
    }


def test_a_stay_of_another_city_is_not_offered(guest, make_listing, asked):
    make_listing()
    make_listing(city="Johor Bahru", lat=1.46, lng=103.76, **rated(5.0))
    plan = guest.post(URL, asked()).json()
    assert plan["stay"]["listing"]["location"]["city"] == "Singapore"
    assert plan["alternatives"] == []


def test_rain_in_the_forecast_brings_a_roof(guest, listing_id, make_activity, asked, meteo, today):
    for n in range(6):
        make_activity(f"Garden {n}", "nature", lng=103.85 + n / 5000)
        make_activity(f"Museum {n}", "museum", lng=103.87 + n / 5000)
    rain = [0.0] * 16
    rain[4] = 20.0
    meteo.reply = Reply(daily(today, precipitation_sum=rain))
    plan = guest.post(URL, asked(ahead=3, nights=2, interests=[])).json()
    dry, wet = plan["days"]
    assert {item["category"] for item in dry["activities"]} == {"nature"}
    assert {item["category"] for item in wet["activities"]} == {"museum"}
    assert wet["weather"]["rain_mm"] == 20.0
    assert plan["weather"]["source"] == "forecast"


def test_asking_again_renews_the_plan(guest, listing_id, sights, asked):
    first = guest.post(URL, asked()).json()
    assert guest.post(URL, asked()).json()["id"] == first["id"]
    assert guest.post(URL, asked(guests=1)).json()["id"] != first["id"]
    assert itineraries.count({}) == 2


def test_a_stored_plan_tells_what_is_true_now(guest, listing_id, sights, asked, block):
    wish = asked()
    made = guest.post(URL, wish).json()
    path = f"/api/ai/itineraries/{made['id']}"
    assert guest.get(path).json() == made
    changes = {"$set": {"price_per_night": 20_000}}
    mongo.collection("listings").update_one({"_id": listing_id}, changes)
    assert guest.get(path).json()["stay"]["total_price"] == 705.6
    block(listing_id, wish["start_date"], 1)
    later = guest.get(path).json()
    assert later["stay"] is None
    assert "is no longer available on these dates" in later["summary"]
    assert later["days"] == made["days"]


def test_a_stay_that_one_has_booked_stays(guest, listing_id, asked, book):
    made = guest.post(URL, asked(nights=2)).json()
    booking = book(days=30, nights=2)
    stay = guest.get(f"/api/ai/itineraries/{made['id']}").json()["stay"]
    assert stay["booking_id"] == str(booking["_id"])
    assert stay["total_price"] == made["stay"]["total_price"]
    assert stay["guest_count"] == 1


def test_the_list_and_forgetting(guest, make_person, listing_id, asked):
    ids = [guest.post(URL, asked(guests=n)).json()["id"] for n in (1, 2, 3)]
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


def test_preferences_fill_in_what_is_not_said(guest, make_listing, sights, asked, now):
    plain = make_listing(**rated(4.5))
    liked = make_listing(property_type="house", amenities=["Pool"], **rated(4.5))
    assert guest.post(URL, asked()).json()["stay"]["listing"]["id"] == str(plain)
    mongo.collection("preferences").insert_one(
        {
            "_id": guest.id,
            "property_types": ["house"],
            "amenities": ["Pool"],
            "pace": "relaxed",
            "updated_at": now,
        }
    )
    plan = guest.post(URL, asked()).json()
    assert plan["stay"]["listing"]["id"] == str(liked)
    assert [len(day["activities"]) for day in plan["days"]] == [2, 2, 2]


def test_the_model_chooses_among_ours(guest, make_listing, sights, asked, model):
    make_listing(**rated(4.9))
    second = make_listing(**rated(3.0))
    wish = asked(nights=1)
    days = [
        {
            "date": wish["start_date"],
            "note": "Go slowly.",
            "activities": [{"id": sights[0], "part_of_day": "morning"}],
        }
    ]
    answer = {"listing_id": str(second), "summary": "A short one. Free at 1 SGD.", "days": days}
    model.reply = Reply(completion(answer))
    plan = guest.post(URL, wish).json()
    assert plan["planner"] == "openai"
    assert plan["stay"]["listing"]["id"] == str(second)
    assert plan["stay"]["total_price"] == 168.0
    assert plan["summary"].endswith("168.00 SGD in total. A short one.")
    assert plan["days"][0]["note"] == "Go slowly."
    sent = data_sent(model)
    assert str(guest.id) not in str(model.calls)
    assert {row["id"] for row in sent["activities"]} == set(sights)


def test_a_stay_taken_while_the_model_thinks_is_not_offered(
    guest, make_listing, sights, asked, model, block
):
    make_listing(**rated(4.0))
    chosen = make_listing(**rated(4.9))
    wish = asked(nights=1)
    day = {"date": wish["start_date"], "note": "", "activities": []}

    def think(*_):
        block(chosen, wish["start_date"], 1)
        return Reply(completion({"listing_id": str(chosen), "summary": "", "days": [day]}))

    model.reply = think
    plan = guest.post(URL, wish).json()
    assert plan["planner"] == "openai"
    assert plan["stay"]["listing"]["id"] != str(chosen)
    assert quoted(plan["stay"])["available"]
    assert plan["alternatives"] == []


def test_an_invented_listing_gives_the_embedded_plan(guest, listing_id, asked, model):
    wish = asked(nights=1)
    day = {"date": wish["start_date"], "note": "", "activities": []}
    answer = {"listing_id": str(ObjectId()), "summary": "", "days": [day]}
    model.reply = Reply(completion(answer))
    plan = guest.post(URL, wish).json()
    assert plan["planner"] == "embedded"
    assert plan["stay"]["listing"]["id"] == str(listing_id)


def test_an_unknown_destination_names_the_known(guest, listing_id, asked):
    reply = guest.post(URL, asked(destination="Atlantis"))
    assert reply.status_code == 404
    error = reply.json()["error"]
    assert error["code"] == "UNKNOWN_DESTINATION"
    assert error["details"] == {"known": ["Singapore"]}
    assert itineraries.count({}) == 0


@pytest.mark.parametrize("name", ["singapore", "SINGAPORE", " Singapore, Singapore "])
def test_destinations_are_found_as_people_write_them(guest, listing_id, asked, name):
    assert guest.post(URL, asked(destination=name)).status_code == 201


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
def test_bad_input_is_explained_and_nothing_kept(guest, listing_id, asked, changes):
    reply = guest.post(URL, asked(**changes))
    assert reply.status_code == 400
    assert reply.json()["error"]["fields"]
    assert itineraries.count({}) == 0


def test_who_may_plan(anonymous, host, listing_id, asked):
    assert anonymous.post(URL, asked(), content_type="application/json").status_code == 401
    refused = host.post(URL, asked())
    assert refused.status_code == 403
    assert refused.json()["error"]["code"] == "WRONG_USER_TYPE"
    assert host.get("/api/ai/itineraries").status_code == 403


def test_plans_have_a_limit_of_their_own(guest, make_person, listing_id, asked, settings):
    settings.RATE_LIMIT_AI = "2/minute"
    replies = [guest.post(URL, asked()).status_code for _ in range(3)]
    assert replies == [201, 201, 429]
    assert guest.get("/api/ai/itineraries").status_code == 200
    assert make_person().post(URL, asked()).status_code == 201
