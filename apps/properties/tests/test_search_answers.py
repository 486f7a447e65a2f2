"""What a search tells beside its homes, and what it understands."""

import datetime as dt
from collections import Counter

import pytest

from apps.common.exchange import current_rates
from apps.properties.enums import ClaimKind
from apps.properties.models import Capacity
from apps.properties.rows import listings

PATH = "/api/properties/search"
HERE = {"lat": 1.29, "lng": 103.85}


@pytest.fixture
def homes(make_listing):
    made = [
        ("house", 20_000, 2, ["Wifi", "Pool"], "SGD"),
        ("house", 10_000, 4, ["wifi"], "SGD"),
        ("room", 5_000, 2, [], "SGD"),
        ("cabin", 15_000, 8, ["Pets allowed", "Hot tub"], "JPY"),
    ]
    return [
        make_listing(
            lng=103.85 + number / 1000,
            property_type=kind,
            price_per_night=price,
            capacity=Capacity(max_guests=guests, bedrooms=number, bathrooms=1.5, beds=3),
            amenities=amenities,
            currency=currency,
            instant_book=number < 3,
        )
        for number, (kind, price, guests, amenities, currency) in enumerate(made)
    ]


def ids(reply):
    assert reply.status_code == 200, reply.json()
    return [card["id"] for card in reply.json()["results"]]


def test_facets_count_all_that_is_found(anonymous, homes):
    body = anonymous.get(PATH, {**HERE, "facets": "true", "per_page": 1, "currency": "SGD"}).json()
    facets = body["facets"]
    counted = {name: {one["value"]: one["count"] for one in facets[name]}
               for name in ("property_types", "amenities", "policies")}  # fmt: skip
    assert counted == {
        "property_types": {"house": 2, "room": 1, "cabin": 1},
        "amenities": {"wifi": 2, "pool": 1, "pets_allowed": 1, "hot_tub": 1},
        "policies": {"moderate": 4},
    }
    assert facets["instant_book"] == 3
    assert (facets["currency"], facets["summed_capped"]) == ("SGD", False)
    rate = current_rates().factor("JPY", "SGD")
    prices = [200, 100, 50, 15_000 * float(rate)]
    bars = facets["prices"]
    for bar in bars:
        assert bar["count"] == sum(bar["least"] <= price < bar["most"] for price in prices)
    assert sum(bar["count"] for bar in bars) == 4
    assert sum(one["count"] for one in facets["clusters"]) == 4
    assert body["pagination"]["total"] == 4
    assert "facets" not in anonymous.get(PATH, HERE).json()


def test_clusters_are_squares_of_the_map(anonymous, make_listing):
    for lng, lat in ((10.1, 10.1), (10.2, 10.1), (80.0, -5.0)):
        make_listing(lng=lng, lat=lat)
    world = {"bbox": "-180,-90,180,90", "facets": "true"}
    clusters = anonymous.get(PATH, world).json()["facets"]["clusters"]
    assert Counter((round(c["center"][0], 2), c["count"]) for c in clusters) == {
        (10.15, 2): 1,
        (80.0, 1): 1,
    }


def test_little_found_says_what_to_leave_out(anonymous, homes, claim_nights):
    day = claim_nights(homes[1])
    dates = {"check_in": day, "check_out": day + dt.timedelta(days=1)}
    query = {**HERE, **dates, "property_type": "house", "guests": 4, "bedrooms": 0}
    body = anonymous.get(PATH, query).json()
    assert body["results"] == []
    assert body["loosen"] == [
        {"filter": "dates", "found": 1},
        {"filter": "guests", "found": 1},
        {"filter": "property_type", "found": 1},
    ]
    del query["check_in"], query["check_out"]
    body = anonymous.get(PATH, {**query, "guests": 9}).json()
    assert body["loosen"] == [{"filter": "guests", "found": 2}]
    assert "loosen" not in anonymous.get(PATH, HERE).json()


@pytest.fixture
def claim_nights(now):
    from apps.common import mongo
    from apps.properties.services import nights_claim

    def claim(listing_id, *, days=60, nights=1):
        day = now.date() + dt.timedelta(days=days)
        values = {"kind": ClaimKind.BLOCK, "owner_id": "test", "now": now}
        mongo.run_in_transaction(
            lambda: nights_claim(
                listing_id=listing_id,
                check_in=day,
                check_out=day + dt.timedelta(days=nights),
                **values,
            )
        )
        return day

    return claim


def test_flexible_days_mean_the_nearest_free_stay(anonymous, listing_id, claim_nights):
    day = claim_nights(listing_id, nights=2)
    dates = {"check_in": day, "check_out": day + dt.timedelta(days=2)}
    assert ids(anonymous.get(PATH, {**HERE, **dates})) == []
    assert ids(anonymous.get(PATH, {**HERE, **dates, "flexible": "1"})) == []
    [card] = anonymous.get(PATH, {**HERE, **dates, "flexible": "2"}).json()["results"]
    meant = {name: str(day - dt.timedelta(days=days))
             for name, days in (("check_in", 2), ("check_out", 0))}  # fmt: skip
    assert {name: card["stay"][name] for name in meant} == meant


def test_a_weekend_is_from_friday_to_sunday(anonymous, listing_id, now):
    first = (now.date().replace(day=1) + dt.timedelta(days=70)).replace(day=1)
    query = {**HERE, "flexible": "weekend", "months": f"{first:%Y-%m}"}
    [card] = anonymous.get(PATH, query).json()["results"]
    check_in = dt.date.fromisoformat(card["stay"]["check_in"])
    assert (check_in.weekday(), check_in.month, check_in.day <= 7) == (4, first.month, True)
    assert card["stay"]["nights"] == 2


def test_who_counts_as_a_guest(anonymous, homes):
    def found(**query):
        return len(ids(anonymous.get(PATH, {**HERE, **query})))

    assert [found(adults=number) for number in (2, 3, 5, 9)] == [4, 2, 1, 0]
    assert found(adults=2, children=2) == 2
    assert found(adults=2, infants=3) == 4
    assert found(children=1) == 4
    assert ids(anonymous.get(PATH, {**HERE, "pets": 1})) == [str(homes[3])]
    assert found(pets=0) == 4
    assert anonymous.get(PATH, {**HERE, "guests": 2, "adults": 3}).status_code == 400


def test_prices_are_compared_by_what_they_are_worth(anonymous, homes):
    yen = current_rates().factor("SGD", "JPY")
    query = {**HERE, "currency": "JPY", "sort": "price"}
    assert ids(anonymous.get(PATH, query)) == [str(homes[n]) for n in (2, 1, 3, 0)]
    between = {"min_price": int(99 * yen), "max_price": int(190 * yen)}
    assert ids(anonymous.get(PATH, {**query, **between})) == [str(homes[n]) for n in (1, 3)]
    own = {**HERE, "min_price": 100, "max_price": 200}
    assert ids(anonymous.get(PATH, own)) == [str(homes[n]) for n in (0, 1)]
    exact = {**HERE, "currency": "JPY", "min_price": 15_000, "max_price": 15_000}
    assert ids(anonymous.get(PATH, exact)) == [str(homes[3])]


def test_the_best_come_first_where_no_place_is_named(anonymous, make_listing):
    from apps.properties.models import Rating

    images = ["/media/listings/a.webp"]
    plain = make_listing()
    praised = make_listing(rating=Rating(average=4.9, count=300), images=images * 5)
    pictured = make_listing(images=images)
    assert ids(anonymous.get(PATH)) == [str(one) for one in (praised, pictured, plain)]
    assert listings.count({}) == 3


BAD = {
    "two corners": {"polygon": "1,1;2,2"},
    "a corner twice": {"polygon": "1,1;2,2;1,1;3,3"},
    "sides that cross": {"polygon": "0,0;1,1;1,0;0,1"},
    "no area": {"polygon": "0,0;1,0;2,0"},
    "half the globe": {"polygon": "0,0;120,0;-120,0"},
    "a corner off the earth": {"polygon": "0,0;181,0;1,1"},
    "corners that are no numbers": {"polygon": "a,b;c,d;e,f"},
    "not a number": {"polygon": "nan,0;1,0;1,1"},
    "corners without end": {"polygon": ";".join(f"{n / 10},{n * n / 100}" for n in range(61))},
    "months without a kind": {"months": "2027-03"},
    "no months": {"flexible": "week", "months": "2027-13"},
    "too many months": {"flexible": "week", "months": "2027-01,2027-02,2027-03,2027-04"},
    "days without dates": {"flexible": "2"},
    "dates with a kind": {"flexible": "week", "check_in": "2030-01-01", "check_out": "2030-01-08"},
    "a total without dates": {"max_total": "300"},
    "totals the wrong way": {
        "min_total": "2", "max_total": "1", "check_in": "2030-01-01", "check_out": "2030-01-02"
    },
    "no accessibility": {"accessibility": "wifi"},
    "an unknown order": {"sort": "cheapest"},
    "an unknown currency": {"currency": "XYZ"},
    "six stars": {"min_rating": "6"},
}  # fmt: skip


@pytest.mark.parametrize("query", BAD.values(), ids=BAD.keys())
def test_what_cannot_be_searched_for_is_explained(anonymous, query):
    reply = anonymous.get(PATH, query)
    assert reply.status_code == 400
    assert reply.json()["error"]["fields"]
