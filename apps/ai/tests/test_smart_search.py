"""POST /api/ai/search: the sentence, the filters and what the ordinary search finds for them."""

import datetime as dt

import pytest

from apps.ai.tests.servers import Reply, completion
from apps.properties.models import Capacity

URL = "/api/ai/search"


@pytest.fixture
def ask(anonymous):
    def post(query, **more):
        return anonymous.post(URL, {"query": query, **more}, content_type="application/json")

    return post


@pytest.fixture
def homes(make_listing):
    return {
        "plain": make_listing(),
        "pool": make_listing(amenities=["Pool", "Wifi"], price_per_night=30_000),
        "house": make_listing(
            property_type="house", city="Lisbon", place={"country": "Portugal"}, lat=38.71,
            lng=-9.14, currency="EUR", capacity=Capacity(max_guests=8), amenities=["Wifi"],
        ),
    }  # fmt: skip


def found(reply):
    return [row["id"] for row in reply.json()["results"]]


def test_a_sentence_becomes_filters_and_results(ask, homes, today):
    start = today + dt.timedelta(days=40)
    reply = ask(f"a cosy flat in singapore with a pool for 2 under 400 from {start} for 3 nights")
    assert reply.status_code == 200
    body = reply.json()
    assert body["filters"] == {
        "location": "Singapore",
        "check_in": start.isoformat(),
        "check_out": (start + dt.timedelta(days=3)).isoformat(),
        "guests": 2,
        "min_price": None,
        "max_price": 400.0,
        "property_type": "apartment",
        "amenities": ["Pool"],
    }
    assert found(reply) == [str(homes["pool"])]
    assert body["ignored"] == ["cosy"]
    assert body["interpreter"] == "embedded"
    assert {"text": "under 400", "field": "max_price", "value": 400.0} in body["understood"]
    assert body["pagination"]["total"] == 1


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("wifi", {"pool", "house"}),
        ("house", {"house"}),
        ("for 6", {"house"}),
        ("in Lisbon", {"house"}),
        ("in Singapore", {"plain", "pool"}),
        ("Portugal", {"house"}),
        ("over 200", {"pool"}),
        ("under 200", {"plain", "house"}),
        ("somewhere lovely", {"plain", "pool", "house"}),
    ],
)
def test_each_filter_reaches_the_search(ask, homes, query, names):
    assert set(found(ask(query))) == {str(homes[name]) for name in names}


def test_booked_nights_do_not_count(ask, listing_id, book, today):
    booked = book(days=40, nights=2)
    first = booked["check_in"].date()
    assert found(ask(f"from {first} for 2 nights")) == []
    free = first + dt.timedelta(days=2)
    assert found(ask(f"from {free} for 2 nights")) == [str(listing_id)]


def test_pages(ask, homes):
    reply = ask("somewhere", per_page=2, page=2)
    assert len(found(reply)) == 1
    assert reply.json()["pagination"] == {
        "page": 2,
        "per_page": 2,
        "total": 3,
        "total_capped": False,
        "has_next": False,
    }


def test_an_empty_market_is_an_empty_page(ask):
    body = ask("a house in Lisbon for 4").json()
    assert body["results"] == []
    assert body["filters"]["location"] is None
    assert body["ignored"] == ["Lisbon"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"query": ""},
        {"query": "x" * 301},
        {"query": {"$gt": ""}},
        {"query": ["house"]},
        {"query": "house", "page": 0},
        {"query": None},
        {"query": "a\x00b"},
    ],
)
def test_bad_input_is_explained(anonymous, body):
    reply = anonymous.post(URL, body, content_type="application/json")
    assert reply.status_code == 400
    assert reply.json()["error"]["fields"]


@pytest.mark.parametrize("query", ["😀" * 300, "{$where: 1}", ".*", "' OR 1=1 --", "(((((", "%00"])
def test_hostile_sentences_search_for_nothing(ask, homes, query):
    reply = ask(query)
    assert reply.status_code == 200
    filters = reply.json()["filters"]
    assert filters.pop("amenities") == []
    assert set(filters.values()) == {None}


def test_the_model_reads_and_we_search(ask, homes, model):
    part = {"text": "a home by the Tejo", "field": "location", "value": "Lisbon"}
    model.reply = Reply(completion({"understood": [part], "ignored": []}))
    reply = ask("a home by the Tejo")
    assert reply.json()["interpreter"] == "openai"
    assert found(reply) == [str(homes["house"])]


def test_the_model_may_fail(ask, homes, model):
    model.reply = Reply({"error": {"message": "busy"}}, status=429)
    reply = ask("a house in Lisbon")
    assert reply.json()["interpreter"] == "embedded"
    assert found(reply) == [str(homes["house"])]


def test_an_address_has_a_limit(ask, settings, anonymous):
    settings.RATE_LIMIT_ANONYMOUS = "2/minute"
    replies = [ask("house").status_code for _ in range(3)]
    assert replies == [200, 200, 429]
    assert anonymous.get("/api/ai/activities").status_code == 429
