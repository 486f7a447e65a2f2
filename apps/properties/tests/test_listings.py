"""An owner's listings: offered, changed, withdrawn, deleted."""

import importlib
import io

import pytest
from bson import ObjectId
from django.core.management import call_command

from apps.properties.rows import listings
from apps.properties.serializers import ListingChangeSerializer
from apps.properties.tests.owned import BODY, changed, snapshot, stored

TERMS_LEFT_OUT = {
    "weekend_price": None,
    "seasons": [],
    "weekly_discount_percent": 0,
    "monthly_discount_percent": 0,
    "tax_per_person_night": 0.0,
    "tax_nights_cap": None,
    "lead_days": 0,
    "window_days": 730,
    "prep_nights": 0,
    "check_in_days": [],
    "check_out_days": [],
    "instant_book": False,
    "alteration_consent": True,
    "cancellation_policy": "moderate",
    "check_in_until": None,
}
TERMS = {
    "weekend_price": 180.0,
    "seasons": [
        {
            "name": "Summer",
            "start": "2027-06-01",
            "end": "2027-09-01",
            "price_per_night": 220.5,
            "min_nights": 4,
            "max_nights": None,
        },
        {
            "name": "Autumn",
            "start": "2027-09-01",
            "end": "2027-10-01",
            "price_per_night": None,
            "min_nights": None,
            "max_nights": 5,
        },
    ],
    "weekly_discount_percent": 10,
    "monthly_discount_percent": 25,
    "tax_per_person_night": 2.5,
    "tax_nights_cap": 7,
    "lead_days": 2,
    "window_days": 300,
    "prep_nights": 1,
    "check_in_days": [4, 5],
    "check_out_days": [0, 6],
    "instant_book": True,
    "alteration_consent": False,
    "cancellation_policy": "strict",
    "check_in_until": "22:00",
}
# What the host reads of their own listing, and nobody else.
OWN = (
    *("is_suspended", "arrival_instructions", "public_location", "location"),
    "far_from_city_km",
)


def test_what_stays_cost_and_must_be(host, anonymous):
    body = changed(**TERMS) | {"seasons": TERMS["seasons"][::-1]}
    made = host.post("/api/properties", body | {"check_in_days": [5, 4, 5]}).json()
    assert {name: made[name] for name in TERMS} == TERMS

    plain = {**TERMS_LEFT_OUT, "tax_nights_cap": None, "seasons": TERMS["seasons"][:1]}
    url = f"/api/properties/{made['id']}"
    assert host.put(url, {"version": 1, **plain}).status_code == 200
    shown = anonymous.get(url).json()
    assert {name: shown[name] for name in plain} == plain


SUMMER = TERMS["seasons"][0]
BAD_TERMS = {
    "overlapping": {"seasons": [SUMMER, {**SUMMER, "name": "Late", "start": "2027-08-31"}]},
    "backwards": {"seasons": [{**SUMMER, "end": "2027-06-01"}]},
    "more least than most": {"seasons": [{**SUMMER, "max_nights": 3}]},
    "nameless": {"seasons": [{name: SUMMER[name] for name in ("start", "end")}]},
    "free nights": {"seasons": [{**SUMMER, "price_per_night": 0}]},
    "too many": {"seasons": [SUMMER] * 21},
    "an operator": {"seasons": {"$gt": ""}},
    "no weekday": {"check_in_days": [7]},
    "a text": {"check_out_days": ["0"]},
    "too much off": {"weekly_discount_percent": 91},
    "a negative tax": {"tax_per_person_night": -1},
    "no window": {"window_days": 0},
    "a long preparation": {"prep_nights": 8},
    "an unknown policy": {"cancellation_policy": "kind"},
    "an hour past midnight": {"check_in_until": "25:00"},
    "null": {"instant_book": None},
}


@pytest.mark.parametrize("terms", BAD_TERMS.values(), ids=BAD_TERMS.keys())
def test_refused_terms_store_nothing(host, terms):
    assert host.post("/api/properties", changed(**terms)).status_code == 400
    assert listings.count({}) == 0

    made = host.post("/api/properties", BODY).json()
    before = stored(ObjectId(made["id"]))
    reply = host.put(f"/api/properties/{made['id']}", {"version": 1, **terms})
    assert reply.status_code == 400
    assert stored(ObjectId(made["id"])) == before


def test_an_owner_offers_a_listing(host, anonymous):
    reply = host.post("/api/properties", BODY)

    assert reply.status_code == 201
    made = reply.json()
    seen_by_all = made["public_location"]
    shown = {**made, "id": None, "host": None}
    assert shown == {
        **BODY,
        "id": None,
        "host": None,
        "cleaning_fee": 40.0,
        "amenities": ["wifi", "Pool"],
        "host_id": str(host.id),
        "image": None,
        "images": [],
        "rating": {"average": None, "count": 0},
        "version": 1,
        "is_active": True,
        "is_suspended": False,
        "far_from_city_km": None,
        "arrival_instructions": "",
        "public_location": seen_by_all,
        **TERMS_LEFT_OUT,
    }
    public = anonymous.get(f"/api/properties/{made['id']}").json()
    own = {"location": seen_by_all}
    assert public == {name: made[name] for name in made if name not in OWN} | own
    [card] = anonymous.get("/api/properties").json()["results"]
    assert (card["id"], card["price_per_night"]) == (made["id"], 150.5)
    assert card["location"]["coordinates"] == seen_by_all["coordinates"]
    [row] = listings.find({})
    assert (row["price_per_night"], row["cleaning_fee"]) == (15_050, 4_000)


def test_what_is_left_out_gets_a_default(host):
    few = ("title", "price_per_night", "currency", "location", "property_type", "capacity")
    made = host.post("/api/properties", {name: BODY[name] for name in few}).json()
    shown = {name: made[name] for name in ("description", "cleaning_fee", "amenities", "time_zone")}
    assert shown == {
        "description": "",
        "cleaning_fee": 0.0,
        "amenities": [],
        "time_zone": "Etc/GMT+8",
    }
    assert (made["min_nights"], made["max_nights"], made["is_active"]) == (1, 365, True)
    assert (made["check_in_time"], made["check_out_time"]) == ("15:00", "11:00")


def test_only_owners_offer_listings(guest, anonymous):
    for person, status, code in (
        (guest, 403, "WRONG_USER_TYPE"),
        (None, 401, "NOT_AUTHENTICATED"),
    ):
        send = person.post if person else anonymous.post
        extra = {} if person else {"content_type": "application/json"}
        reply = send("/api/properties", BODY, **extra)
        assert (reply.status_code, reply.json()["error"]["code"]) == (status, code)
    assert listings.count({}) == 0


def _place(**changes):
    return {"location": {**BODY["location"], **changes}}


def _point(*numbers):
    return _place(coordinates={"type": "Point", "coordinates": list(numbers)})


def _room(**changes):
    return {"capacity": {**BODY["capacity"], **changes}}


BAD_CHANGES = {
    "no title": ({"title": ""}, "title"),
    "a title of objects": ({"title": {"$ne": ""}}, "title"),
    "a long title": ({"title": "x" * 201}, "title"),
    "a long description": ({"description": "x" * 10_001}, "description"),
    "a free night": ({"price_per_night": 0}, "price_per_night"),
    "a negative price": ({"price_per_night": -1}, "price_per_night"),
    "a price of millions": ({"price_per_night": 20_000_001}, "price_per_night"),
    "thirds of a cent": ({"price_per_night": 1.333}, "price_per_night"),
    "a price of words": ({"price_per_night": "NaN"}, "price_per_night"),
    "a price of objects": ({"price_per_night": {"$gt": 0}}, "price_per_night"),
    "a negative fee": ({"cleaning_fee": -5}, "cleaning_fee"),
    "an unknown currency": ({"currency": "XXQ"}, "currency"),
    "a long currency": ({"currency": "DOLLARS"}, "currency"),
    "no place": ({"location": None}, "location"),
    "no city": (_place(city=""), "location"),
    "a bare pair": (_place(coordinates=[1.0, 2.0]), "location"),
    "off the earth": (_point(-118.4, 91.0), "location"),
    "a point of words": (_point("1", "2"), "location"),
    "a point of truths": (_point(True, False), "location"),
    "a point of three": (_point(1.0, 2.0, 3.0), "location"),
    "a polygon": (_place(coordinates={"type": "Polygon", "coordinates": [1, 2]}), "location"),
    "an unknown type": ({"property_type": "castle"}, "property_type"),
    "amenities as text": ({"amenities": "wifi"}, "amenities"),
    "an amenity of objects": ({"amenities": [{"$ne": 1}]}, "amenities"),
    "a long amenity": ({"amenities": ["x" * 101]}, "amenities"),
    "too many amenities": ({"amenities": [f"thing {n}" for n in range(61)]}, "amenities"),
    "no guests": (_room(max_guests=0), "capacity"),
    "half a bedroom": (_room(bedrooms=1.5), "capacity"),
    "endless bathrooms": (_room(bathrooms="inf"), "capacity"),
    "no numbers of bathrooms": (_room(bathrooms="nan"), "capacity"),
    "no nights": ({"min_nights": 0}, "min_nights"),
    "years": ({"max_nights": 366}, "max_nights"),
    "nights the wrong way": ({"min_nights": 5, "max_nights": 4}, "max_nights"),
    "more nights than the default": ({"min_nights": 31}, "max_nights"),
    "a late hour": ({"check_in_time": "24:00"}, "check_in_time"),
    "an hour with its line's end": ({"check_in_time": "15:00\n"}, None),
    "a loose hour": ({"check_out_time": "9:00"}, "check_out_time"),
    "a made-up zone": ({"time_zone": "Mars/Olympus"}, "time_zone"),
    "a path as a zone": ({"time_zone": "../../etc/passwd"}, "time_zone"),
    "neither yes nor no": ({"is_active": "perhaps"}, "is_active"),
}


@pytest.mark.parametrize(("changes", "field"), BAD_CHANGES.values(), ids=BAD_CHANGES.keys())
def test_bad_input_is_named_and_stores_nothing(host, changes, field):
    reply = host.post("/api/properties", changed(**changes))
    if field is None:
        assert reply.json()["check_in_time"] == "15:00"
        return
    assert reply.status_code == 400
    error = reply.json()["error"]
    assert error["code"] == "VALIDATION_ERROR"
    assert list(error["fields"]) == [field]
    assert listings.count({}) == 0


@pytest.fixture
def mine(host):
    return host.post("/api/properties", BODY).json()


def test_a_change_sets_what_it_names_and_merges_the_parts(host, mine):
    body = {
        "version": 1,
        "price_per_night": 99,
        "location": {"address": "Main St", "area": "Mid-City", "state": "California"},
        "capacity": {"beds": 5},
    }
    reply = host.put(f"/api/properties/{mine['id']}", body)

    assert reply.status_code == 200
    named = {"area": "Mid-City", "state": "California"}
    location = {**BODY["location"], **named, "address": "Main St"}
    assert reply.json() == {
        **mine,
        "price_per_night": 99.0,
        "location": location,
        "public_location": {**mine["public_location"], **named, "address": "Mid-City"},
        "capacity": {**BODY["capacity"], "beds": 5},
        "version": 2,
    }
    found = host.get("/api/properties/search", location="Mid-City, ca").json()
    assert [card["id"] for card in found["results"]] == [mine["id"]]
    for name in ("Ocean Park", "Main St"):
        assert host.get("/api/properties/search", location=name).json()["results"] == []


def test_a_point_that_is_far_from_its_city_is_named(host, mine):
    def moved(lng, lat, **names):
        place = {"coordinates": {"type": "Point", "coordinates": [lng, lat]}, **names}
        body = {"location": place, "version": host.get(path).json()["version"]}
        return host.put(f"/api/properties/{mine['id']}", body).json()["far_from_city_km"]

    path = f"/api/owner/listings/{mine['id']}"
    singapore, exchanged = (103.85, 1.29), (1.29, 53.85)
    assert moved(*singapore, city="Singapore", country="Singapore") is None
    assert 10_000 < moved(*exchanged) < 12_000
    assert host.get(path).json()["far_from_city_km"] > 10_000
    assert moved(*exchanged, city="Nowhere-on-Sea") is None


def test_a_whole_listing_can_be_sent_back(host, mine):
    """All that can be written of it; what cannot be is refused by name, not ignored."""
    path = f"/api/properties/{mine['id']}"
    refused = host.put(path, mine)
    assert refused.status_code == 400
    only_shown = refused.json()["error"]["fields"].keys()
    assert only_shown <= mine.keys() - {"title", "location", "capacity", "seasons", "version"}
    written = {
        name: value for name, value in mine.items() if name in ListingChangeSerializer().fields
    }
    assert host.put(path, written).json() == {**mine, "version": 2}


def test_a_stale_change_is_refused_with_the_current_version(host, mine):
    path = f"/api/properties/{mine['id']}"
    assert host.put(path, {"version": 1, "title": "First"}).status_code == 200
    before = snapshot()
    stale = host.put(path, {"version": 1, "title": "Second"})
    assert stale.status_code == 412
    error = stale.json()["error"]
    assert (error["code"], error["details"]) == ("STALE_VERSION", {"version": 2})
    assert host.http.delete(f"{path}?version=1").status_code == 412
    assert snapshot() == before


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"title": "No version"}, "version"),
        ({"version": 1}, "non_field_errors"),
        ({"version": "one", "title": "x"}, "version"),
        ({"version": 1, "min_nights": 31}, "max_nights"),
        ({"version": 1, "location": {"coordinates": [1, 2]}}, "location"),
        ({"version": 1, "capacity": {"max_guests": None}}, "capacity"),
    ],
)
def test_bad_changes_change_nothing(host, mine, body, field):
    before = snapshot()
    reply = host.put(f"/api/properties/{mine['id']}", body)
    assert reply.status_code == 400
    assert list(reply.json()["error"]["fields"]) == [field]
    assert snapshot() == before


def test_owners_reach_only_their_own(mine, guest, make_person, anonymous):
    before, path = snapshot(), f"/api/properties/{mine['id']}"
    other = make_person("owner")
    assert other.put(path, {"version": 1, "title": "Mine now"}).status_code == 404
    assert other.http.delete(path).status_code == 404
    assert other.get(f"/api/owner/listings/{mine['id']}").status_code == 404
    assert other.get("/api/owner/listings").json()["results"] == []
    assert guest.http.delete(path).status_code == 403
    assert guest.get("/api/owner/listings").status_code == 403
    assert anonymous.delete(path).status_code == 401
    assert anonymous.put(path, {"version": 1}, content_type="application/json").status_code == 401
    assert anonymous.head(path).status_code == 200
    assert snapshot() == before


def test_owners_see_theirs_also_off_the_market(host, mine, anonymous):
    second = host.post("/api/properties", changed(title="Second", is_active=False)).json()
    page = host.get("/api/owner/listings", per_page=1).json()
    assert [card["id"] for card in page["results"]] == [second["id"]]
    assert page["pagination"] == {
        "page": 1,
        "per_page": 1,
        "total": 2,
        "total_capped": False,
        "has_next": True,
    }
    for status, wanted in (("active", mine), ("inactive", second)):
        [card] = host.get("/api/owner/listings", status=status).json()["results"]
        assert (card["id"], card["is_active"], card["version"]) == (
            wanted["id"],
            status == "active",
            1,
        )
    assert host.get("/api/owner/listings", status="gone").status_code == 400
    assert host.get(f"/api/owner/listings/{second['id']}").json() == second
    assert anonymous.get(f"/api/properties/{second['id']}").status_code == 404
    on = host.put(f"/api/properties/{second['id']}", {"version": 1, "is_active": True})
    assert on.status_code == 200
    assert anonymous.get(f"/api/properties/{second['id']}").json()["version"] == 2


def test_writes_are_counted_against_the_rate_limit_and_reads_are_not(host, settings):
    settings.RATE_LIMIT_USER = "2/day"
    statuses = [host.post("/api/properties", {}).status_code for _ in range(3)]
    assert statuses == [400, 400, 429]
    assert [host.get("/api/properties").status_code for _ in range(3)] == [200, 200, 200]


def test_amenities_are_there_without_the_cache(anonymous, make_listing, settings):
    make_listing(amenities=["Wifi"])
    backend = "django.core.cache.backends.redis.RedisCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "redis://127.0.0.1:1/0"}}
    reply = anonymous.get("/api/properties/amenities")
    assert reply.json() == {"amenities": [{"name": "Wifi", "count": 1}]}


def test_amenities_are_counted_by_name(anonymous, make_listing):
    make_listing(amenities=["Wifi", "Hot tub"])
    make_listing(amenities=["Wifi", "hot tub", "Sauna, Finnish"])
    make_listing(amenities=["wi-fi", "WIFI"])
    make_listing(amenities=["Wifi"], is_active=False)
    reply = anonymous.get("/api/properties/amenities")
    assert reply.json() == {
        "amenities": [
            {"name": "Wifi", "count": 3},
            {"name": "Hot tub", "count": 2},
            {"name": "wi-fi", "count": 1},
        ]
    }
    assert reply["Cache-Control"] == "max-age=600"


def test_listings_stored_before_there_were_names_get_theirs(anonymous, make_listing):
    listing_id = make_listing(city="São Paulo", amenities=["Hot tub"])
    listings.update_one(
        {"_id": listing_id}, {"$unset": {"amenity_keys": 1}, "$set": {"place_names": []}}
    )
    query = {"location": "sao paulo", "amenities": "hot tub"}
    assert stored(listing_id)["place_names"] == []

    importlib.import_module("apps.properties.migrations.0003_listing_search_keys").fill()
    assert "sao paulo" in stored(listing_id)["place_names"]
    assert stored(listing_id)["amenity_keys"] == ["hot tub"]
    call_command("rebuild_search", stdout=io.StringIO())
    [card] = anonymous.get("/api/properties/search", query).json()["results"]
    assert card["id"] == str(listing_id)
