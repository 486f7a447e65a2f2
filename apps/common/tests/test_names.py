import pytest

from apps.common.names import nearest_name, unknown_name

pytestmark = pytest.mark.unit
SEARCH = ("lat", "lng", "radius_km", "bbox", "min_price", "max_price", "property_type", "guests")
MORE = (*SEARCH, "check_in", "check_out", "location", "amenities", "page", "per_page")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("checkin", "check_in"),
        ("checkOut", "check_out"),
        ("CHECK-IN", "check_in"),
        ("price_max", "max_price"),
        ("maxPrice", "max_price"),
        ("minprice", "min_price"),
        ("guest", "guests"),
        ("amenity", "amenities"),
        ("ammenities", "amenities"),
        ("radius", "radius_km"),
        ("perPage", "per_page"),
        ("propertyType", "property_type"),
        ("lon", None),
        ("utm_source", None),
        ("$where", None),
        ("", None),
        ("\u0441heck_in", "check_in"),
        ("check_in" * 2000, None),
    ],
)
def test_the_nearest_name_is_the_one_that_was_meant(typed, meant):
    assert nearest_name(typed, MORE) == meant


def test_the_sentence_names_the_nearest_before_all():
    assert unknown_name("pages", ["page", "per_page"]) == (
        "This is not accepted here. Did you mean page? Accepted: page, per_page."
    )
    assert unknown_name("sort", ["page"]) == "This is not accepted here. Accepted: page."
    assert unknown_name("sort", []) == "This is not accepted here. Accepted: nothing."
