"""Values that programs spoil: read as what they were, or refused with line, column and value."""

import pytest

from apps.properties.imports.errors import RowError
from apps.properties.imports.html import plain_text
from apps.properties.imports.ids import id_of
from apps.properties.imports.prices import Style, price, style_of
from apps.properties.tests.odd_dumps import FIELDS, read, table

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("written", "minor"),
    [
        ("$1,234.00", 123_400),
        ("$1.234,00", 123_400),
        ("1.234,5", 123_450),
        ("70,00", 7_000),
        ("70,5 €", 7_050),
        ("1 234,00 €", 123_400),
        ("1\u202f234,50\xa0EUR", 123_450),
        ("1'234.50", 123_450),
        ("1\u2019234", 123_400),
        ("1,234,567.00", 123_456_700),
        ("1.234.567", 123_456_700),
        ("12,34,567.00", 123_456_700),
        ("EUR 99", 9_900),
        ("  $85 ", 8_500),
    ],
)
def test_amounts_that_can_be_read_in_one_way(written, minor):
    assert price(written, currency="EUR") == minor


@pytest.mark.parametrize("written", ["1.234", "1,234", "$70.000", "999,999"])
def test_amounts_that_can_be_read_in_two_ways(written):
    with pytest.raises(RowError, match=r"which may be .* or .*: write it with two decimals"):
        price(written)


def test_the_other_amounts_of_a_column_tell_how_it_is_written():
    point, comma = style_of(["1.234", "$85.50", ""]), style_of(["1.234", "85,50"])
    assert (point, comma) == (Style.POINT, Style.COMMA)
    assert (price("1,234", style=point), price("1.234", style=comma)) == (123_400, 123_400)
    assert style_of(["1.234", "85.50", "85,50"]) is None
    with pytest.raises(RowError, match="more decimals than money has"):
        price("1.234", style=Style.POINT)


@pytest.mark.parametrize("written", ["10,500", "10.500", "¥10,500", "$10,500.00"])
def test_a_currency_without_decimals_has_thousands_only(written):
    assert price(written, currency="JPY") == 10_500
    with pytest.raises(RowError, match="while JPY has no decimals"):
        price("10,500.50", currency="JPY")


@pytest.mark.parametrize(
    "written",
    [
        "1e3",
        "1.2E+03",
        "(70)",
        "-70",
        "70,-",
        "1_000",
        "\u0661\u0662",
        "70.000.00",
        "1,23.00",
        "£70",
    ],
)
def test_amounts_that_are_none(written):
    with pytest.raises(RowError, match="price is"):
        price(written, currency="EUR")


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("12345", "12345"),
        ("12345.0", "12345"),
        ("12345,00", "12345"),
        (" 777 ", "777"),
        ("0777", "0777"),
        ('="888"', "888"),
        ("'889", "889"),
        ("1154887620000000001", "1154887620000000001"),
        ("abc-5", "abc-5"),
        ("0d6c2f5e-0000-4000-8000-5a5a5a5a5a5a", "0d6c2f5e-0000-4000-8000-5a5a5a5a5a5a"),
    ],
)
def test_ids_as_they_were(written, found):
    assert id_of(written, "id") == found


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("6.13469E+17", "a spreadsheet has cut its digits off"),
        ("6,1e17", "a spreadsheet has cut its digits off"),
        ("1154887620000000001.0", "a program has rounded it"),
        ("-5", "not an id"),
        ("12345.5", "not an id"),
        ("1,234", "not an id"),
        ("1 2", "not an id"),
        ("#REF!", "not an id"),
        ("nan", "id is blank"),
        ("", "id is blank"),
        ("9" * 60, "longer than 40 characters"),
    ],
)
def test_ids_that_are_lost(written, reason):
    with pytest.raises(RowError, match=reason):
        id_of(written, "id")


def test_two_spellings_of_one_id_are_one_listing(tmp_path):
    found = read(tmp_path, table({"id": "12345.0"}, {"id": "12345", "name": "Another"}))
    assert found.listings["12345"]["title"] == "Flat"
    assert found.rejected == ["listings.csv, line 3: listing 12345 stands in line 2 already"]


def test_long_ids_that_all_end_in_zeros_were_rounded(tmp_path):
    rounded = ("613469000000000000", "613469100000000000")
    found = read(tmp_path, table(*({"id": one} for one in rounded), {"id": "8"}))
    assert list(found.listings) == ["8"]
    assert all("a spreadsheet has rounded the long ids" in reason for reason in found.rejected)
    found = read(tmp_path, table(*({"id": one} for one in (*rounded, "613469100000000007"))))
    assert len(found.listings) == 3


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"latitude": "1.310.000"}, "latitude is '1.310.000', not a number"),
        ({"latitude": "131000"}, "latitude is 131000.0, outside -90 to 90"),
        ({"latitude": "103.8", "longitude": "1.3"}, "latitude is 103.8, outside -90 to 90"),
        ({"latitude": "38.8", "longitude": "1.3"}, "km from the other listings"),
        ({"latitude": "0", "longitude": "0"}, "km from the other listings"),
        ({"latitude": "\u0661.3"}, "latitude is '\u0661.3', not a number"),
        ({"price": "£70"}, "price is '£70', while the place has SGD"),
        ({"price": "1.234"}, "price is '1.234', with more decimals than money has"),
        ({"accommodates": "1_6"}, "accommodates is '1_6', not a number"),
        ({"accommodates": "99999"}, "accommodates is 99999, more than 32767"),
        ({"minimum_nights": "1.125"}, "minimum_nights is '1.125', not a whole number"),
        ({"review_scores_rating": "480"}, "review_scores_rating is 480.0, outside 0 to 100"),
        ({"instant_bookable": "maybe"}, "instant_bookable is 'maybe', neither t nor f"),
        ({"cleaning_fee": "a lot"}, "cleaning_fee is 'a lot', not an amount"),
        ({"amenities": "[" * 100_000}, "amenities is '[[[[[[[["),
        ({"amenities": '["Wifi", null, {"a": 1}]'}, "not a list of names"),
        ({"amenities": "Wifi, Kitchen"}, "not a list as JSON"),
        ({"host_id": "4.6E+08"}, "host_id is '4.6E+08': a spreadsheet has cut"),
        ({"name": "\u200b"}, "name is blank"),
    ],
)
def test_rows_that_are_refused(tmp_path, changes, reason):
    base = {**FIELDS, "review_scores_rating": "", "instant_bookable": "", "cleaning_fee": ""}
    found = read(tmp_path, table({}, {"id": "8"}, {"id": "9"}, {"id": "10", **changes}, base=base))
    assert list(found.listings) == ["7", "8", "9"]
    [rejected] = found.rejected
    assert rejected.startswith("listings.csv, line 5: ")
    assert reason in rejected


def test_decimal_commas(tmp_path):
    base = {**FIELDS, "bathrooms": "1,5", "review_scores_rating": "4,85", "number_of_reviews": "3"}
    written = {
        "latitude": "1,31",
        "longitude": "103,86",
        "price": "1.234,00",
        "minimum_nights": "2,0",
    }
    [listing] = read(tmp_path, table(written, base=base, delimiter=";")).listings.values()
    assert listing["exact"]["coordinates"]["coordinates"] == [103.86, 1.31]
    assert (listing["price_per_night"], listing["min_nights"]) == (123_400, 2)
    assert listing["capacity"]["bathrooms"] == 1.5
    assert listing["rating"] == {"average": 4.85, "count": 3}


def test_a_city_on_the_date_line(tmp_path):
    place = {"latitude": "-16.8"}
    rows = [{"id": str(n), "longitude": lng, **place} for n, lng in enumerate(("179.9", "-179.9"))]
    found = read(tmp_path, table(*rows, {"id": "2", "longitude": "180", **place}))
    assert "The dump is not of a city in places.csv" in found.error


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Fish &amp;amp; chips", "Fish & chips"),
        ("One&lt;br /&gt;two &amp;lt; three", "One\ntwo < three"),
        ("One&lt;br /&gt;two", "One\ntwo"),
        ("&amp;lt;b&amp;gt;Quiet&amp;lt;/b&amp;gt;", "Quiet"),
        ("Write &lt;br&gt; in HTML &mdash; or not", "Write <br> in HTML \u2014 or not"),
        ("See ?page=1&copy=2 & more", "See ?page=1&copy=2 & more"),
        ("&#39;Quiet&#39; &#x2764;", "'Quiet' \u2764"),
    ],
)
def test_html_that_was_escaped_again(markup, text):
    assert plain_text(markup) == text


@pytest.mark.parametrize(
    ("written", "names", "dropped"),
    [
        ("['Wifi', \"Host's tea\"]", ["Wifi", "Host's tea"], 0),
        ('["Bed &amp; breakfast"]', ["Bed & breakfast"], 0),
        ('{TV,"translation missing: en.hosting_amenity_999"}', ["TV"], 1),
        (f'["Wifi", "{"x" * 300}"]', ["Wifi"], 1),
    ],
)
def test_amenities_as_programs_print_them(tmp_path, written, names, dropped):
    found = read(tmp_path, table({"amenities": written}))
    assert found.listings["7"]["amenities"] == names
    assert len(found.notes) == dropped
    assert all("is not taken over" in note for note in found.notes)


def test_what_is_too_long_is_noted(tmp_path):
    long = {"name": "Flat " * 50, "picture_url": "https://pictures.example.com/" + "x" * 500}
    found = read(tmp_path, table({}, base={**FIELDS, **long}))
    assert (len(found.listings["7"]["title"]), found.listings["7"]["images"]) == (200, [])
    assert found.notes == [
        "a title is cut off at 200 characters",
        "a picture_url of more than 500 characters is not taken over",
    ]


def test_fees_rules_and_policies_of_older_dumps(tmp_path):
    base = {
        **FIELDS,
        "cleaning_fee": "$1,050.00",
        "cancellation_policy": "strict_14_with_grace_period",
        "instant_bookable": "t",
        "house_rules": "No parties &amp; no shoes<br/>Quiet after ten",
        "extra_people": "$20.00",
        "security_deposit": "$0.00",
    }
    found = read(
        tmp_path, table({}, {"id": "8", "cancellation_policy": "like it or not"}, base=base)
    )
    first, second = found.listings.values()
    assert (first["cleaning_fee"], first["instant_book"]) == (105_000, True)
    assert first["cancellation_policy"] == "strict"
    assert first["description"] == (
        "A quiet flat\n\nHouse rules\nNo parties & no shoes\nQuiet after ten"
    )
    assert "cancellation_policy" not in second
    assert found.notes == [
        "extra_people is not taken over: a listing has no such field (2 times)",
        "cancellation_policy 'like it or not' is not taken over: no policy here is like it",
    ]


def test_what_a_dump_does_not_say_is_left_to_the_listing(tmp_path):
    [listing] = read(tmp_path, table({})).listings.values()
    assert not {"cleaning_fee", "cancellation_policy", "instant_book", "seasons"} & set(listing)
