"""What a search reads of a listing, from its row and its claims alone."""

import datetime as dt

import pytest
from bson import ObjectId

from apps.properties.entries import SOURCES, entry_of, is_shown
from apps.properties.enums import ClaimKind
from apps.properties.nights import claim_row, midnight
from apps.properties.rows import LISTING_DEFAULTS, ListingRow, SearchEntryRow, fields_of

pytestmark = pytest.mark.unit

ID, HOST = ObjectId("66f1c2a4b8e0d3f5a7c91e24"), ObjectId("66f1c2a4b8e0d3f5a7c91e25")
MADE = dt.datetime(2027, 2, 1, 12)
UNTIL = dt.datetime(2027, 2, 1, 12, 15)
POINT = {"type": "Point", "coordinates": [103.85, 1.29]}
LISTING = {
    **LISTING_DEFAULTS,
    "_id": ID,
    "host_id": HOST,
    "title": "A quiet flat",
    "description": "By the sea.",
    "price_per_night": 12_000,
    "currency": "SGD",
    "location": {
        "area": "Bugis",
        "city": "Singapore",
        "state": "",
        "country": "Singapore",
        "coordinates": POINT,
    },
    "property_type": "apartment",
    "amenities": ["Hot tub", "WiFi"],
    "amenity_keys": ["hot tub", "wifi"],
    "capacity": {"max_guests": 4, "bedrooms": 2, "bathrooms": 1.5, "beds": 3},
    "images": ["/media/1.jpg", "/media/2.jpg"],
    "rating": {"average": 4.5, "count": 8},
    "created_at": MADE,
    "updated_at": MADE,
}
DAY = dt.date(2027, 3, 1)


def entry(*claims, **fields) -> SearchEntryRow:
    return entry_of({**LISTING, **fields}, claims)


def claim(day: str, kind=ClaimKind.BOOKING, owner_id="b1", until=None):
    night = dt.date.fromisoformat(day)
    return claim_row(ID, night, kind=kind, owner_id=owner_id, expires_at=until)


def test_it_has_every_field_of_its_row():
    assert set(entry()) == set(fields_of(SearchEntryRow))


def test_the_card_is_what_a_search_shows():
    assert entry()["card"] == {
        "title": "A quiet flat",
        "property_type": "apartment",
        "price_per_night": 12_000,
        "currency": "SGD",
        "location": {
            "city": "Singapore",
            "state": "",
            "country": "Singapore",
            "coordinates": POINT,
        },
        "capacity": {"max_guests": 4, "bedrooms": 2, "bathrooms": 1.5, "beds": 3},
        "image": "/media/1.jpg",
        "rating": {"average": 4.5, "count": 8},
    }
    assert entry(images=[])["card"]["image"] is None


def test_names_words_and_amenities_are_those_of_the_listing():
    found = entry()
    assert {"bugis", "singapore"} <= set(found["place_keys"])
    assert {"quiet", "flat", "sea"} <= set(found["words"])
    assert found["amenities"] == ["hot_tub", "wifi"]
    assert found["amenity_keys"] == ["hot tub", "wifi"]


@pytest.mark.parametrize(
    ("days", "mask"), [([], 0b1111111), ([0], 1), ([5, 6], 0b1100000), ([6, 6, 0], 0b1000001)]
)
def test_weekdays_are_bits_and_none_are_all(days, mask):
    found = entry(check_in_days=days, check_out_days=days)
    assert (found["check_in_days"], found["check_out_days"]) == (mask, mask)


def season(**values):
    span = {"start": midnight(DAY), "end": midnight(DAY + dt.timedelta(days=9))}
    nothing = {"price_per_night": None, "min_nights": None, "max_nights": None}
    return {"name": "March", **span, **nothing, **values}


@pytest.mark.parametrize(
    ("own", "least", "most"),
    [({}, 2, 7), ({"min_nights": 5}, 5, 7), ({"max_nights": 3}, 2, 3), ({"min_nights": 9}, 9, 9)],
)
def test_a_season_has_the_rules_of_the_year_where_it_has_none(own, least, most):
    found = entry(min_nights=2, max_nights=7, seasons=[season(**own)])
    [made] = found["seasons"]
    assert (made["min_nights"], made["max_nights"]) == (least, most)
    assert (made["price_per_night"], made["start"]) == (None, midnight(DAY))


def test_a_year_without_room_between_its_rules_takes_the_least():
    assert entry(min_nights=9, max_nights=3)["max_nights"] == 9


def test_nights_are_bits_of_their_month():
    found = entry(
        claim("2027-03-01"),
        claim("2027-03-31"),
        claim("2027-04-02", ClaimKind.BLOCK),
        claim("2027-04-03", ClaimKind.PREP),
        claim("2027-12-30", ClaimKind.EXTERNAL),
    )
    assert found["taken"] == {"2027-03": 1 | 1 << 30, "2027-04": 0b110, "2027-12": 1 << 29}
    assert found["slept"] == {"2027-03": 1 | 1 << 30}
    assert found["holds"] == []


def test_claims_that_expire_stand_by_themselves_by_owner():
    found = entry(
        claim("2027-03-02", ClaimKind.HOLD, "hold:2", UNTIL),
        claim("2027-03-03", ClaimKind.PREP, "hold:2", UNTIL),
        claim("2027-03-09", ClaimKind.HOLD, "hold:1", UNTIL),
        claim("2027-03-05"),
    )
    assert found["taken"] == {"2027-03": 1 << 4}
    assert found["holds"] == [
        {
            "owner_id": "hold:1",
            "until": UNTIL,
            "taken": {"2027-03": 1 << 8},
            "slept": {"2027-03": 1 << 8},
        },
        {
            "owner_id": "hold:2",
            "until": UNTIL,
            "taken": {"2027-03": 0b110},
            "slept": {"2027-03": 0b10},
        },
    ]


def test_the_rank_is_as_of_the_last_ranking():
    later = {"at": MADE + dt.timedelta(days=90), "free_share": 1.0, "usual_price": None}
    assert entry()["ranking"]["free_share"] == 1.0
    old = entry_of(LISTING, [], ranking=later)
    assert old["ranking"] == later
    assert old["rank"] < entry()["rank"]


def test_ninety_nights_count_as_free_or_not():
    nights = [(MADE + dt.timedelta(days=day)).date().isoformat() for day in range(-3, 45)]
    found = entry(*map(claim, nights))
    assert found["ranking"]["free_share"] == 0.5


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, True),
        ({"is_active": False}, False),
        ({"location": {"city": "Singapore", "country": "Singapore"}}, False),
    ],
)
def test_what_is_off_or_has_no_point_is_not_shown(fields, shown):
    assert is_shown({**LISTING, **fields}) is shown


def test_a_listing_of_before_has_the_defaults():
    old = {name: LISTING[name] for name in LISTING if name not in LISTING_DEFAULTS}
    old |= {"amenities": [], "images": [], "description": "", "is_active": True}
    found = entry_of(old, [])
    assert (found["lead_days"], found["window_days"], found["seasons"]) == (0, 730, [])
    assert found["card"]["rating"] == {"average": None, "count": 0}


@pytest.mark.parametrize("name", sorted({*fields_of(ListingRow), "seasons"} - SOURCES - {"_id"}))
def test_what_is_no_source_changes_nothing(name):
    """An update of it alone is not followed."""
    assert entry(**{name: "another value"}) == entry()


@pytest.mark.parametrize(
    "first", [dt.date(2027, 12, 31), dt.date(2028, 2, 1), dt.date(2027, 3, 15)]
)
def test_the_free_nights_are_those_from_the_day_on(first):
    taken = [first + dt.timedelta(days=day) for day in (-1, 0, 1, 45, 89, 90)]
    made = dt.datetime.combine(first, dt.time(9))
    found = entry(*(claim(day.isoformat()) for day in taken), updated_at=made)
    assert found["ranking"]["free_share"] == 86 / 90
