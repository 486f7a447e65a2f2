"""Plans over HTTP on the real database. Every stay offered is checked against the quote."""

import datetime as dt

from bson import ObjectId

from apps.accounts.rows import preferences
from apps.ai.tests.servers import Reply, completion, daily, data_sent
from apps.bookings.quote import quote
from apps.common.clock import utc_now
from apps.properties.models import Capacity, Rating, Season

URL = "/api/ai/itinerary"


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


def test_a_plan(guest, make_listing, sights, normals, trip):
    best, other = make_listing(**rated(4.9)), make_listing(title="Another", **rated(3.5))
    reply = guest.post(URL, trip(interests=["food"], pace="balanced"))
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


def test_every_stay_is_free_at_the_total_of_the_quote(guest, make_listing, sights, trip, block):
    ids = [make_listing(price_per_night=9_000 + 777 * n) for n in range(8)]
    request = trip()
    for listing_id in ids[:3]:
        block(listing_id, request["start_date"], 1)
    plan = guest.post(URL, request).json()
    stays = [plan["stay"], *plan["alternatives"]]
    assert len(stays) == 4
    for stay in stays:
        assert ObjectId(stay["listing"]["id"]) in ids[3:]
        now_costs = quoted(stay)
        assert now_costs.available
        assert now_costs.total_price == stay["total_price"]
        assert stay["total_price"] == round(sum(line["amount"] for line in stay["lines"]), 2)


def test_the_budget_is_the_total(guest, make_listing, trip):
    make_listing(price_per_night=12_000)
    cheap = make_listing(price_per_night=8_000, **rated(2.0))
    plan = guest.post(URL, trip(budget=302.40)).json()
    assert plan["stay"]["listing"]["id"] == str(cheap)
    assert plan["stay"]["total_price"] == 302.4
    assert plan["alternatives"] == []
    too_dear = guest.post(URL, trip(budget=302.39)).json()
    assert too_dear["stay"] is None
    assert (
        "No available stay in Singapore on these dates costs 302.39 SGD or less"
        in too_dear["summary"]
    )
    assert [stay["total_price"] for stay in too_dear["alternatives"]] == [302.4, 436.8]


def test_a_dear_listing_with_a_cheap_stay_is_within_the_budget(guest, make_listing, trip, today):
    """In its season it costs a tenth of its usual price."""
    off = Season(
        name="Off",
        start=today,
        end=today + dt.timedelta(days=90),
        price_per_night=8_000,
    )
    there = make_listing(price_per_night=80_000, seasons=[off], tax_per_person_night=100)
    plan = guest.post(URL, trip(budget=308.40)).json()
    assert plan["stay"]["listing"]["id"] == str(there)
    assert plan["stay"]["total_price"] == quoted(plan["stay"]).total_price == 308.4
    assert guest.post(URL, trip(budget=308.39)).json()["stay"] is None


def test_a_budget_in_another_currency_is_not_compared(guest, make_listing, trip):
    make_listing()
    plan = guest.post(URL, trip(budget=9000, currency="USD")).json()
    assert plan["stay"] is None
    assert (
        "Prices in Singapore are in SGD, so a budget in USD cannot be compared" in (plan["summary"])
    )


def test_nothing_free_is_reported_and_other_dates_are_offered(
    guest, listing_id, sights, trip, block, today
):
    request = trip()
    block(listing_id, request["start_date"], 1)
    plan = guest.post(URL, request).json()
    assert plan["stay"] is None
    assert "No listing in Singapore is available for 2 guests on all 3 nights." in plan["summary"]
    other = plan["alternatives"][0]
    assert other["check_in"] == str(today + dt.timedelta(days=31))
    assert quoted(other).available
    assert len(plan["days"]) == 3
    assert plan["days"][0]["activities"]


def test_too_many_guests_find_nothing(guest, make_listing, trip):
    make_listing(capacity=Capacity(max_guests=2))
    plan = guest.post(URL, trip(guests=3)).json()
    assert plan["stay"] is None
    assert plan["alternatives"] == []
    assert "no known activities" in plan["summary"]
    assert plan["weather"] is None
    assert plan["days"][0] == {
        "date": trip()["start_date"],
        "note": "No more activities are listed for this day: keep it free to explore.",
        "activities": [],
        "weather": None,
    }


def test_a_stay_of_another_city_is_not_offered(guest, make_listing, trip):
    make_listing()
    make_listing(city="Johor Bahru", lat=1.46, lng=103.76, **rated(5.0))
    plan = guest.post(URL, trip()).json()
    assert plan["stay"]["listing"]["location"]["city"] == "Singapore"
    assert plan["alternatives"] == []


def test_a_forecast_of_rain_brings_museums(guest, listing_id, make_activity, trip, meteo, today):
    for n in range(6):
        make_activity(f"Garden {n}", "nature", lng=103.85 + n / 5000)
        make_activity(f"Museum {n}", "museum", lng=103.87 + n / 5000)
    rain = [0.0] * 16
    rain[4] = 20.0
    meteo.reply = Reply(daily(today, precipitation_sum=rain))
    plan = guest.post(URL, trip(ahead=3, nights=2, interests=[])).json()
    dry, wet = plan["days"]
    assert {item["category"] for item in dry["activities"]} == {"nature"}
    assert {item["category"] for item in wet["activities"]} == {"museum"}
    assert wet["weather"]["rain_mm"] == 20.0
    assert plan["weather"]["source"] == "forecast"


def test_preferences_fill_in_what_is_not_sent(guest, make_listing, sights, trip, now):
    plain = make_listing(**rated(4.5))
    liked = make_listing(property_type="house", amenities=["Pool"], **rated(4.5))
    assert guest.post(URL, trip()).json()["stay"]["listing"]["id"] == str(plain)
    preferences.insert_one(
        {
            "_id": guest.id,
            "property_types": ["house"],
            "amenities": ["Pool"],
            "pace": "relaxed",
            "updated_at": now,
        }
    )
    plan = guest.post(URL, trip()).json()
    assert plan["stay"]["listing"]["id"] == str(liked)
    assert [len(day["activities"]) for day in plan["days"]] == [2, 2, 2]


def test_the_model_chooses_among_ours(guest, make_listing, sights, trip, model):
    make_listing(**rated(4.9))
    second = make_listing(**rated(3.0))
    request = trip(nights=1)
    days = [
        {
            "date": request["start_date"],
            "note": "Go slowly.",
            "activities": [{"id": sights[0], "part_of_day": "morning"}],
        }
    ]
    answer = {"listing_id": str(second), "summary": "A short one. Free at 1 SGD.", "days": days}
    model.reply = Reply(completion(answer))
    plan = guest.post(URL, request).json()
    assert plan["planner"] == "openai"
    assert plan["stay"]["listing"]["id"] == str(second)
    assert plan["stay"]["total_price"] == 168.0
    assert plan["summary"].endswith("168.00 SGD in total. A short one.")
    assert plan["days"][0]["note"] == "Go slowly."
    sent = data_sent(model)
    assert str(guest.id) not in str(model.calls)
    assert {row["id"] for row in sent["activities"]} == set(sights)


def test_a_stay_taken_while_the_model_thinks_is_not_offered(
    guest, make_listing, sights, trip, model, block
):
    make_listing(**rated(4.0))
    chosen = make_listing(**rated(4.9))
    request = trip(nights=1)
    day = {"date": request["start_date"], "note": "", "activities": []}

    def think(*_):
        block(chosen, request["start_date"], 1)
        return Reply(completion({"listing_id": str(chosen), "summary": "", "days": [day]}))

    model.reply = think
    plan = guest.post(URL, request).json()
    assert plan["planner"] == "openai"
    assert plan["stay"]["listing"]["id"] != str(chosen)
    assert quoted(plan["stay"]).available
    assert plan["alternatives"] == []


def test_an_invented_listing_gives_the_embedded_plan(guest, listing_id, trip, model):
    request = trip(nights=1)
    day = {"date": request["start_date"], "note": "", "activities": []}
    answer = {"listing_id": str(ObjectId()), "summary": "", "days": [day]}
    model.reply = Reply(completion(answer))
    plan = guest.post(URL, request).json()
    assert plan["planner"] == "embedded"
    assert plan["stay"]["listing"]["id"] == str(listing_id)
