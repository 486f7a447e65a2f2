"""Pages of a search by cursor, while homes come and go."""

import datetime as dt

import pytest
from bson import ObjectId

from apps.common.mongo_metrics import COMMANDS
from apps.properties.models import Rating
from apps.properties.services import listing_delete, words_renew

PATH = "/api/properties/search"
HERE = {"lat": 1.29, "lng": 103.85}
ORDERS = ("recommended", "distance", "price", "rating", "newest")


@pytest.fixture
def homes(make_listing):
    """Three stand at each of five points, and many are alike in what orders them."""
    return [
        make_listing(
            lng=103.85 + number % 5 / 1000,
            price_per_night=10_000 + number % 4 * 1_000,
            rating=Rating(average=[None, 4.0, 5.0][number % 3], count=number % 2),
        )
        for number in range(15)
    ]


def pages(http, query, **more):
    """The ids of each page, by its cursor."""
    cursor = None
    while True:
        sent = {**query, **more, **({"cursor": cursor} if cursor else {})}
        body = http.get(PATH, sent).json()
        cursor = body["next_cursor"]
        assert body["pagination"]["has_next"] is bool(cursor)
        yield [card["id"] for card in body["results"]]
        if cursor is None:
            return


@pytest.mark.parametrize("order", ORDERS)
def test_what_comes_and_goes_moves_nothing(anonymous, homes, make_listing, host, now, order):
    walk = pages(anonymous, HERE, sort=order, per_page=4)
    found = [*next(walk), *next(walk)]
    gone = found[2]
    listing_delete(listing_id=ObjectId(gone), host_id=host.id, version=None, now=now)
    come = {str(make_listing(lng=103.85 + number / 1000)) for number in (0, 3)}
    found += [one for page in walk for one in page]

    assert len(found) == len(set(found))
    assert set(found) - come == {str(home) for home in homes}


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("per_page", [1, 2, 4, 14, 15])
def test_pages_by_number_are_those_by_cursor(anonymous, homes, order, per_page):
    query = {**HERE, "sort": order, "per_page": per_page}
    by_cursor = list(pages(anonymous, query))
    for number, ids in enumerate(by_cursor, start=1):
        body = anonymous.get(PATH, {**query, "page": number}).json()
        assert [card["id"] for card in body["results"]] == ids
        shown = body["pagination"]
        assert (shown["page"], shown["total"], shown["total_capped"]) == (number, 15, False)
        assert shown["has_next"] is (number < len(by_cursor))
    assert sorted(one for page in by_cursor for one in page) == sorted(map(str, homes))


def test_a_cursor_is_of_its_search(anonymous, homes):
    first = anonymous.get(PATH, {**HERE, "per_page": 2}).json()
    cursor = first["next_cursor"]
    for query in (
        {**HERE, "guests": 2, "cursor": cursor},
        {**HERE, "sort": "price", "cursor": cursor},
        {**HERE, "cursor": cursor[:-3]},
        {**HERE, "cursor": "W10"},
        {**HERE, "cursor": "\u00e9"},
        {**HERE, "page": 2, "cursor": cursor},
    ):
        reply = anonymous.get(PATH, query)
        assert (reply.status_code, list(reply.json()["error"]["fields"])) == (400, ["cursor"])
    second = anonymous.get(PATH, {**HERE, "per_page": 5, "cursor": cursor}).json()
    assert second["pagination"]["page"] == 2
    assert len(second["results"]) == 5


def test_a_deep_page_is_asked_for_by_its_cursor(anonymous):
    reply = anonymous.get(PATH, {"page": 12, "per_page": 100})
    assert (reply.status_code, list(reply.json()["error"]["fields"])) == (400, ["page"])
    assert "next_cursor" in reply.json()["error"]["message"]
    assert anonymous.get(PATH, {"page": 11, "per_page": 100}).status_code == 200


def test_distance_needs_a_point(anonymous):
    reply = anonymous.get(PATH, {"sort": "distance"})
    assert (reply.status_code, list(reply.json()["error"]["fields"])) == (400, ["sort"])


def test_days_that_are_over_everywhere_are_refused(anonymous, now):
    earliest = now.astimezone(dt.timezone(dt.timedelta(hours=-12))).date()
    for days, status in ((-1, 400), (0, 200)):
        check_in = earliest + dt.timedelta(days=days)
        query = {"check_in": check_in, "check_out": check_in + dt.timedelta(days=2)}
        reply = anonymous.get(PATH, query)
        assert reply.status_code == status
    assert anonymous.get(PATH, {"flexible": "month", "months": "2020-01"}).status_code == 400


def commands() -> float:
    samples = (sample for metric in COMMANDS.collect() for sample in metric.samples)
    return sum(sample.value for sample in samples if sample.name.endswith("_count"))


DATES = {"check_in": "2027-03-01", "check_out": "2027-03-04"}


@pytest.mark.parametrize(
    "more",
    [
        {},
        DATES,
        {**DATES, "sort": "price"},
        {**DATES, "flexible": "3", "sort": "price", "max_total": "900"},
        {**DATES, "facets": "true"},
        {**DATES, "bedrooms": "9"},
        {"location": "singapore"},
    ],
)
def test_a_search_is_two_commands(anonymous, homes, more):
    before = commands()
    reply = anonymous.get(PATH, {**HERE, "per_page": 6, **more})
    assert reply.status_code == 200
    assert 1 <= commands() - before <= 2


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"location": "シンガポール"}, 1),
        ({"location": "sinagpore"}, 1),
        ({"location": "Kioto, Japon"}, 1),
        ({"location": "Paris, Texas"}, 0),
        ({"place": "1880252"}, 1),
        ({"place": "JP"}, 1),
        ({"place": "0"}, 0),
        ({"q": "quiett flat"}, 2),
        ({"q": "jacuzzi", "place": "JP"}, 1),
    ],
)
def test_places_and_words_are_what_they_mean(anonymous, make_listing, query, count):
    make_listing()
    kyoto = {"city": "Kyoto", "place": {"country": "Japan"}, "lng": 135.76, "lat": 35.0}
    make_listing(**kyoto, amenities=["Private hot tub"])
    words_renew()
    assert anonymous.get(PATH, query).json()["pagination"]["total"] == count
