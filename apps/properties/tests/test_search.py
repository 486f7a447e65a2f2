"""Search against an oracle that looks at every listing and every night."""

import datetime as dt
import math
import random
from zoneinfo import ZoneInfo

import pytest
from bson import ObjectId

from apps.accounts.models import User
from apps.common import mongo
from apps.common.clock import utc_now
from apps.common.pagination import Page
from apps.common.replies import UNSET
from apps.common.rows import Rows
from apps.properties import rows, selectors
from apps.properties.enums import ClaimKind
from apps.properties.models import Capacity, Season
from apps.properties.pricing import stay_price
from apps.properties.replies import StayTotalReply
from apps.properties.search import Criteria, listing_search
from apps.properties.search.nearest import find
from apps.properties.search.queries import query_of
from apps.properties.search.results import stages_of
from apps.properties.services import nights_claim
from apps.properties.tests.plans import plan_stages

CENTRE = (103.85, 1.30)
NAMED = ("city", "state", "country", "area")
PLACES = (
    ("Singapore", "", "Singapore", "Marina Bay, Central Region"),
    ("São Paulo", "São Paulo", "Brazil", "Vila Madalena"),
    ("Santa Monica", "CA", "USA", "123 Beach St, Santa Monica, CA"),
    ("Los Angeles", "California", "United States", "Silver Lake, Santa Monica Mountains"),
)
KINDS = (ClaimKind.BLOCK, ClaimKind.BOOKING, ClaimKind.EXTERNAL, ClaimKind.HOLD)
AMENITIES = ("Wifi", "Hot tub", "Free parking on premises", "wifi", "Pool")
DAY = utc_now().date() + dt.timedelta(days=200)


@pytest.fixture
def listings(make_listing, now):
    rng = random.Random(7)
    for number in range(60):
        listing_id = make_listing(
            lng=CENTRE[0] + rng.uniform(-0.3, 0.3),
            lat=CENTRE[1] + rng.uniform(-0.3, 0.3),
            price_per_night=rng.randrange(5_000, 50_000, 500),
            property_type=rng.choice(["apartment", "house", "room"]),
            capacity=Capacity(max_guests=rng.randint(1, 8)),
            min_nights=rng.choice([1, 1, 1, 5]),
            is_active=number % 10 != 0,
            place=dict(zip(NAMED, rng.choice(PLACES), strict=True)),
            amenities=rng.sample(AMENITIES, rng.randint(0, 4)),
            **_terms(rng),
        )
        if number % 3 == 0:
            start = DAY + dt.timedelta(days=rng.randint(-2, 4))
            _claim(listing_id, start, start + dt.timedelta(days=2), now, rng.choice(KINDS))
    return list(rows.listings.find({}))


def _terms(rng):
    """Half of the listings have rules of their own, most of which the stays at DAY just meet."""
    weekday = (DAY.weekday() + 1) % 7
    if rng.random() < 0.5:
        return {}
    start = DAY - dt.timedelta(days=rng.randint(0, 2))
    season = Season(
        name="High",
        start=start,
        end=start + dt.timedelta(days=rng.randint(1, 9)),
        price_per_night=rng.choice([None, 70_000]),
        min_nights=rng.choice([None, 1, 2, 6]),
        max_nights=rng.choice([None, 9]),
    )
    return {
        "seasons": rng.choice([[], [season]]),
        "lead_days": rng.choice([0, 0, 0, 200, 201]),
        "window_days": rng.choice([730, 730, 730, 200, 199]),
        "prep_nights": rng.choice([0, 1, 3]),
        "check_in_days": rng.choice([[], [], [], [DAY.weekday()], [weekday]]),
        "weekend_price": rng.choice([None, 60_000]),
        "tax_per_person_night": rng.choice([0, 250]),
        "weekly_discount_percent": 10,
    }


def _rules_met(listing, criteria) -> bool:
    today = utc_now().astimezone(ZoneInfo(listing["time_zone"])).date()
    ahead = (criteria.check_in - today).days
    nights = (criteria.check_out - criteria.check_in).days
    least, most = listing["min_nights"], listing["max_nights"]
    for season in listing["seasons"]:
        if season["start"].date() <= criteria.check_in < season["end"].date():
            least = least if season["min_nights"] is None else season["min_nights"]
            most = most if season["max_nights"] is None else season["max_nights"]
    days = listing["check_in_days"] or range(7)
    return (
        least <= nights <= max(least, most)
        and listing["lead_days"] <= ahead <= listing["window_days"]
        and criteria.check_in.weekday() in days
        and listing["capacity"]["max_guests"] >= (criteria.guests or 1)
    )


def _is_free(listing, criteria, claims) -> bool:
    """Blocked nights keep guests out, not the cleaning after a stay."""
    stay = range(criteria.check_in.toordinal(), criteria.check_out.toordinal())
    after = range(stay.stop, stay.stop + listing["prep_nights"])
    for claim in claims:
        if claim["listing_id"] == listing["_id"]:
            night = claim["night"].toordinal()
            slept_in = claim["kind"] in {ClaimKind.BOOKING, ClaimKind.HOLD}
            if night in stay or (night in after and slept_in):
                return False
    return True


def _claim(listing_id, start, end, now, kind=ClaimKind.BLOCK):
    mongo.run_in_transaction(
        lambda: nights_claim(
            listing_id=listing_id,
            check_in=start,
            check_out=end,
            kind=kind,
            owner_id="test",
            now=now,
        )
    )


def _metres(listing) -> float:
    lng, lat = listing["location"]["coordinates"]["coordinates"]
    a, b = math.radians(CENTRE[1]), math.radians(lat)
    d = math.radians(lng - CENTRE[0])
    cosine = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(d)
    return 6_378_100 * math.acos(min(1.0, cosine))


def _oracle(listings, criteria: Criteria) -> list[ObjectId]:
    claims = list(rows.night_claims.find({}))

    def fits(listing) -> bool:
        lng, lat = listing["location"]["coordinates"]["coordinates"]
        checks = [listing["is_active"]]
        if criteria.point:
            checks.append(_metres(listing) <= criteria.radius_m)
        if criteria.bbox:
            west, south, east, north = criteria.bbox
            checks.append(west <= lng <= east and south <= lat <= north)
        if criteria.min_price is not None:
            checks.append(listing["price_per_night"] >= criteria.min_price)
        if criteria.max_price is not None:
            checks.append(listing["price_per_night"] <= criteria.max_price)
        if criteria.property_type:
            checks.append(listing["property_type"] == criteria.property_type)
        if criteria.guests:
            checks.append(listing["capacity"]["max_guests"] >= criteria.guests)
        checks += _named_fits(listing, criteria)
        if criteria.check_in:
            checks.append(_rules_met(listing, criteria))
            checks.append(_is_free(listing, criteria, claims))
        return all(checks)

    return [listing["_id"] for listing in listings if fits(listing)]


# By hand: which of PLACES a person means.
CITIES_CALLED = {
    "Singapore": {"Singapore"},
    "marina bay": {"Singapore"},
    "Marina Bay, Singapore": {"Singapore"},
    "sao paulo": {"São Paulo"},
    "SÃO PAULO , brazil": {"São Paulo"},
    "vila madalena sao paulo": {"São Paulo"},
    "Santa Monica, CA": {"Santa Monica"},
    "santa monica ca": {"Santa Monica"},
    "Santa-Monica California USA": {"Santa Monica"},
    "california": {"Santa Monica", "Los Angeles"},
    "USA": {"Santa Monica", "Los Angeles"},
    "ca, united states": {"Santa Monica", "Los Angeles"},
    "Silver Lake": {"Los Angeles"},
}
NOWHERE = ("Atlantis", "Sing", "Singapore, Brazil", "Monica", ".*", "^S", '{"$ne": ""}', "!!", ",")


def _named_fits(listing, criteria: Criteria) -> list[bool]:
    there = {name.lower() for name in listing["amenities"]}
    checks = [there >= {name.lower() for name in criteria.amenities}]
    if criteria.location is not None:
        checks.append(listing["location"]["city"] in CITIES_CALLED[criteria.location])
    return checks


CASES = {
    "everything": Criteria(),
    "near": Criteria(point=CENTRE, radius_m=15_000),
    "box": Criteria(bbox=(103.7, 1.2, 103.95, 1.45)),
    "price": Criteria(point=CENTRE, radius_m=60_000, min_price=10_000, max_price=30_000),
    "type and guests": Criteria(property_type="house", guests=4),
    "dates": Criteria(check_in=DAY, check_out=DAY + dt.timedelta(days=3)),
    "amenities": Criteria(amenities=("hot tub", "Wifi")),
    "a place, amenities, dates": Criteria(
        location="california",
        amenities=("WIFI",),
        check_in=DAY,
        check_out=DAY + dt.timedelta(days=3),
    ),
    "a place near": Criteria(location="Singapore", point=CENTRE, radius_m=25_000),
    "a place": Criteria(location="california"),
    "all": Criteria(
        bbox=(103.6, 1.1, 104.1, 1.5),
        max_price=40_000,
        guests=2,
        check_in=DAY,
        check_out=DAY + dt.timedelta(days=6),
    ),
}


@pytest.mark.parametrize("criteria", CASES.values(), ids=CASES.keys())
def test_finds_what_the_oracle_finds(listings, criteria, now):
    expected = _oracle(listings, criteria)
    found, number = [], 1
    while True:
        page = listing_search(criteria, page=Page(number, 7), now=now)
        found += [card.id for card in page.results]
        if not page.pagination.has_next:
            break
        number += 1

    assert len(found) == len(set(found))
    assert set(found) == set(expected)
    assert page.pagination.total == len(expected)
    assert 0 < len(expected) < 60


def test_places_are_found_by_what_people_call_them(listings, now):
    for name in CITIES_CALLED:
        criteria = Criteria(location=name)
        page = listing_search(criteria, page=Page(1, 100), now=now)
        found = {card.id for card in page.results}
        assert found == set(_oracle(listings, criteria)), name
        assert found


def test_an_unknown_place_is_an_empty_page(listings, anonymous):
    for name in NOWHERE:
        reply = anonymous.get("/api/properties/search", {"location": name})
        assert (reply.status_code, reply.json()["results"]) == (200, []), name
        assert reply.json()["pagination"]["total"] == 0


def test_filters_come_by_the_address(listings, anonymous):
    criteria = Criteria(location="california", amenities=("wifi", "Pool"))
    query = {"location": "California", "amenities": " wifi,pool,", "per_page": 100}
    page = anonymous.get("/api/properties/search", query).json()
    assert {card["id"] for card in page["results"]} == {
        str(listing_id) for listing_id in _oracle(listings, criteria)
    }
    assert page["results"]
    query["amenities"] = "wifi,helipad"
    assert anonymous.get("/api/properties/search", query).json()["results"] == []


def test_nearest_first(listings, now):
    criteria = Criteria(point=CENTRE, radius_m=100_000)
    page = listing_search(criteria, page=Page(1, 100), now=now)
    by_id = {listing["_id"]: listing for listing in listings}
    distances = [_metres(by_id[card.id]) for card in page.results]
    assert distances == sorted(distances)


def test_draws_on_past_taken_listings(make_listing, now):
    ids = [make_listing(lng=CENTRE[0] + number / 1000) for number in range(14)]
    for listing_id in ids[:7]:
        _claim(listing_id, DAY, DAY + dt.timedelta(days=1), now)
    criteria = Criteria(point=(CENTRE[0], 1.29), check_in=DAY, check_out=DAY + dt.timedelta(days=2))
    page = listing_search(criteria, page=Page(1, 3), now=now)
    assert [card.id for card in page.results] == ids[7:10]
    assert page.pagination.has_next is True


def test_a_box_over_the_date_line(make_listing, now):
    east, west = make_listing(lng=179.9, lat=-17.0), make_listing(lng=-179.9, lat=-17.0)
    make_listing(lng=178.0, lat=-17.0)
    page = listing_search(Criteria(bbox=(179.5, -18.0, -179.5, -16.0)), page=Page(), now=now)
    assert {card.id for card in page.results} == {east, west}


BAD_QUERIES = {
    "half a point": {"lat": "1.3"},
    "not a number": {"lat": "x", "lng": "1"},
    "off the earth": {"lat": "91", "lng": "1"},
    "a short box": {"bbox": "1,2,3"},
    "an upside-down box": {"bbox": "1,5,3,2"},
    "one date": {"check_in": "2030-01-01"},
    "reversed dates": {"check_in": "2030-01-03", "check_out": "2030-01-01"},
    "a stay of years": {"check_in": "2030-01-01", "check_out": "2033-01-01"},
    "prices the wrong way": {"min_price": "100", "max_price": "50"},
    "a negative price": {"min_price": "-1"},
    "an unknown type": {"property_type": "castle"},
    "page zero": {"page": "0"},
    "a huge page": {"per_page": "1000"},
    "a place without end": {"location": "x" * 201},
    "no amenities": {"amenities": ","},
    "amenities without end": {"amenities": ",".join(f"a{n}" for n in range(21))},
    "not a finite number": {"lat": "nan", "lng": "1"},
}


@pytest.mark.parametrize("query", BAD_QUERIES.values(), ids=BAD_QUERIES.keys())
def test_bad_queries_are_explained(anonymous, query):
    response = anonymous.get("/api/properties/search", query)
    assert response.status_code == 400
    error = response.json()["error"]
    assert error["code"] == "VALIDATION_ERROR"
    assert error["fields"]


@pytest.mark.parametrize("name", ["everything", "near", "box", "price", "all", "a place"])
def test_search_plans_use_an_index(listings, name, now):
    stages = plan_stages(_explained(query_of(CASES[name], now=now)))
    assert "COLLSCAN" not in stages
    assert "SORT" not in stages
    assert stages & {"IXSCAN", "GEO_NEAR_2DSPHERE"}


def _explained(query):
    if region := query.by_distance:
        return find(query, region.near(), ()).limit(20).explain()
    command = {"pipeline": stages_of(query, Page()), "hint": query.hint(), "cursor": {}}
    asked = {"aggregate": rows.search_entries.name, **command}
    explained = mongo.database().command("explain", asked)
    first, *others = explained.get("stages", [{"$cursor": explained}])
    assert not any("$sort" in stage for stage in others)
    return first["$cursor"]


LISTS = {
    "newest": (rows.listings, {"is_active": True}, [("_id", -1)]),
    "reviews": (rows.reviews, {"listing_id": ObjectId()}, [("date", -1), ("_id", -1)]),
    "claims": (rows.night_claims, {"_id": {"$gte": "a:1", "$lt": "a:2"}}, [("_id", 1)]),
    "login": (Rows(User), {"email": "a@example.com"}, [("_id", 1)]),
}


@pytest.mark.parametrize(("handle", "query", "order"), LISTS.values(), ids=LISTS.keys())
def test_list_plans_are_index_scans(listings, handle, query, order):
    stages = plan_stages(handle.find(query).sort(order).explain())
    assert "COLLSCAN" not in stages
    assert stages & {"IXSCAN", "IDHACK"}


def test_the_indexes_of_the_seed_are_there():
    found = [list(i["key"].items()) for i in rows.listings.collection.list_indexes()]
    for keys in (
        [("host_id", 1)],
        [("location.coordinates", "2dsphere")],
        [("property_type", 1)],
        [("price_per_night", 1)],
        [("location.city", 1), ("location.state", 1)],
    ):
        assert keys in found


def test_a_card_shows_what_the_stay_costs_in_all(listings, now):
    criteria = Criteria(check_in=DAY, check_out=DAY + dt.timedelta(days=7), guests=2)
    cards = listing_search(criteria, page=Page(1, 100), now=now).results
    assert len(cards) > 3
    for card in cards:
        price = stay_price(
            selectors.listing_terms(card.id),
            check_in=criteria.check_in,
            check_out=criteria.check_out,
            guest_count=2,
        )
        assert card.stay == StayTotalReply(nights=7, total_price=price.total / 100)
    plain = listing_search(Criteria(), page=Page(1, 5), now=now).results
    assert all(card.stay is UNSET for card in plain)
