import pytest

from apps.properties.enums import PropertyType
from apps.properties.imports import values
from apps.properties.imports.amenities import amenities
from apps.properties.imports.errors import RowError
from apps.properties.imports.html import plain_text
from apps.properties.imports.listings import listing_fields, property_type
from apps.properties.imports.places import Place
from apps.properties.imports.prices import price
from apps.properties.tests.dumps import listing

pytestmark = pytest.mark.unit

SINGAPORE = Place(city="Singapore", country="Singapore", currency="SGD", time_zone="Asia/Singapore")


def fields(**changes):
    return listing_fields(listing(**changes), place=SINGAPORE, median_price=None)


def test_a_row_becomes_a_listing():
    assert fields() == {
        "title": "Rental unit in Singapore · 2 bedrooms · 3 beds · 1.5 baths",
        "description": "Near the park\nTwo rooms & a view",
        "price_per_night": 123_400,
        "currency": "SGD",
        "location": {
            "area": "Kallang, Central Region",
            "city": "Singapore",
            "state": "",
            "country": "Singapore",
            "coordinates": {"type": "Point", "coordinates": [103.86, 1.31]},
        },
        "property_type": "apartment",
        "amenities": ["Wifi", "Free washer \u2013 In unit"],
        "place_names": ["kallang central region", "kallang", "central region", "singapore"],
        "amenity_keys": ["wifi", "free washer in unit"],
        "capacity": {"max_guests": 4, "bedrooms": 2, "bathrooms": 1.5, "beds": 3},
        "images": ["https://pictures.example.com/1.jpg"],
        "rating": {"average": 4.4, "count": 12},
        "min_nights": 92,
        "max_nights": 1125,
        "time_zone": "Asia/Singapore",
    }


@pytest.mark.parametrize(
    ("written", "minor"),
    [("$1,234.00", 123_400), ("$70.00", 7_000), ("150", 15_000), ("$109,999.50", 10_999_950)],
)
def test_price(written, minor):
    assert price(written) == minor


@pytest.mark.parametrize(
    "written", ["$0.00", "", "-5", "a lot", "$1e400", "NaN", "Infinity", "$99,999,999,999.00"]
)
def test_price_that_is_none(written):
    with pytest.raises(RowError, match="price is"):
        price(written)


@pytest.mark.parametrize(
    ("words", "number", "bathrooms"),
    [
        ("1.5 shared baths", "", 1.5),
        ("Half-bath", "", 0.5),
        ("Private half-bath", "0.5", 0.5),
        ("0 baths", "", 0.0),
        ("", "2.5", 2.5),
        ("", "", None),
    ],
)
def test_bathrooms(words, number, bathrooms):
    row = listing(bathrooms_text=words, bathrooms=number)
    assert values.bathrooms(row) == bathrooms


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (r'["Wifi", "Caf\u00e9 \"next door\"", "Wifi"]', ["Wifi", 'Café "next door"']),
        ('{TV,"Cable TV",Wifi,"Pool, shared"}', ["TV", "Cable TV", "Wifi", "Pool, shared"]),
        ("{}", []),
        ("", []),
        ("[]", []),
    ],
)
def test_amenities(written, names):
    assert amenities(listing(amenities=written)) == names


def test_amenities_that_are_no_list():
    with pytest.raises(RowError, match="amenities is"):
        amenities(listing(amenities='["Wifi"'))


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Marina<sup>&reg;</sup> Bay<sub>1</sub>", "Marina® Bay1"),
        ("<b>The space<br /><br />Quiet</i>", "The space\n\nQuiet"),
        ("I <3 it, a < b and b > a", "I <3 it, a < b and b > a"),
        ("Write to <me@home.org> <br/>or ring", "Write to <me@home.org>\nor ring"),
        ("Fish &amp; chips&nbsp;&lt;br&gt;", "Fish & chips <br>"),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("cut off <br", "cut off"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_plain_text(markup, text):
    assert plain_text(markup) == text


@pytest.mark.parametrize(
    ("room", "kind", "expected"),
    [
        ("Entire home/apt", "Entire condo", PropertyType.APARTMENT),
        ("Entire home/apt", "Entire townhouse", PropertyType.HOUSE),
        ("Entire home/apt", "Tiny home", PropertyType.CABIN),
        ("Entire home/apt", "Boat", PropertyType.OTHER),
        ("Entire home/apt", "", PropertyType.APARTMENT),
        ("Private room", "Private room in rental unit", PropertyType.ROOM),
        ("Private room", "Room in boutique hotel", PropertyType.HOTEL),
        ("Private room", "Room in hostel", PropertyType.ROOM),
        ("Hotel room", "Room in aparthotel", PropertyType.HOTEL),
        ("Shared room", "Shared room in hotel", PropertyType.SHARED_ROOM),
    ],
)
def test_property_type(room, kind, expected):
    assert property_type(listing(room_type=room, property_type=kind)) == expected


def test_rating_of_a_hundred_and_of_nobody():
    assert fields(review_scores_rating="96")["rating"] == {"average": 4.8, "count": 12}
    nobody = fields(review_scores_rating="", number_of_reviews="0")
    assert nobody["rating"] == {"average": None, "count": 0}


def test_nights_stay_in_bounds():
    odd = fields(minimum_nights="1250", maximum_nights="2147483647")
    assert (odd["min_nights"], odd["max_nights"]) == (1250, 1250)


def test_unknown_rooms_stay_unknown():
    row = fields(name="A flat", bedrooms="", beds="", bathrooms_text="")
    assert row["capacity"] == {"max_guests": 4, "bedrooms": None, "bathrooms": None, "beds": None}
    assert fields(name="Loft · Studio · 1 bed", bedrooms="")["capacity"]["bedrooms"] == 0


def test_a_blank_price_leaves_the_stored_one():
    assert "price_per_night" not in fields(price="")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"latitude": "here"}, "latitude is 'here', not a number"),
        ({"longitude": "203.8"}, "longitude is 203.8, outside -180 to 180"),
        ({"latitude": "nan"}, "latitude is 'nan', not a number"),
        ({"accommodates": "four"}, "accommodates is 'four', not a number"),
        ({"beds": "-1"}, "beds is '-1', not a whole number"),
        ({"name": " "}, "name is blank"),
    ],
)
def test_rows_that_cannot_be_used(changes, reason):
    with pytest.raises(RowError) as caught:
        fields(**changes)
    assert str(caught.value) == reason
