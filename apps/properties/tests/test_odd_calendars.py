"""Calendars: nights and prices that are read right, or refused by name."""

import datetime as dt

import pytest

from apps.properties.imports.calendar import Night, Said
from apps.properties.imports.seasons import MAX_SEASONS, Year, rates_of
from apps.properties.tests.odd_dumps import FIELDS, NIGHT, REVIEW, read, table

pytestmark = pytest.mark.unit
MONDAY = dt.date(2024, 1, 1)
YEAR = Year(price=10_000, min_nights=1, max_nights=30)


def nights(*rows: dict[str, str], base: dict[str, str] = NIGHT) -> str:
    return table(*rows, base=base)


def taken(found) -> list[str]:
    days = sorted(found.context.calendar.listings["7"].taken)
    return [dt.date.fromordinal(day).isoformat() for day in days]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"date": "02/03/2024"}, "date is '02/03/2024', not a date as YYYY-MM-DD"),
        ({"date": "2024-02-30"}, "date is '2024-02-30', not a date as YYYY-MM-DD"),
        ({"date": "0024-02-03"}, "date is '0024-02-03', not of 2000 to 2100"),
        ({"date": "9999-12-31"}, "date is '9999-12-31', not of 2000 to 2100"),
        ({"date": "45325"}, "date is '45325', not a date as YYYY-MM-DD"),
        ({"date": ""}, "date is '', not a date as YYYY-MM-DD"),
        ({"available": "x"}, "available is 'x', neither t nor f"),
        ({"available": ""}, "available is '', neither t nor f"),
        ({"listing_id": "6.1E+17"}, "listing_id is '6.1E+17': a spreadsheet has cut"),
    ],
)
def test_nights_that_are_refused(tmp_path, changes, reason):
    found = read(tmp_path, table({}), calendar=nights({}, {"date": "2024-02-05", **changes}))
    assert taken(found) == ["2024-02-01"]
    [rejected] = found.rejected
    assert rejected.startswith("calendar.csv, line 3: ")
    assert reason in rejected


@pytest.mark.parametrize(
    "changes",
    [{"date": "2024-02-01T00:00:00"}, {"date": " 2024-02-01 00:00 "}, {"listing_id": "7.0"}],
)
@pytest.mark.parametrize("available", ["f", "False", "FALSE"])
def test_nights_as_programs_print_them(tmp_path, changes, available):
    found = read(tmp_path, table({}), calendar=nights({"available": available, **changes}))
    assert (taken(found), found.rejected) == (["2024-02-01"], [])


@pytest.mark.parametrize(
    "rows",
    ["listing_id,date,available\n", nights({"listing_id": "6.1E+17"}), nights({"date": "x"})],
)
def test_a_calendar_without_one_night_would_free_all(tmp_path, rows):
    found = read(tmp_path, table({}), calendar=rows)
    assert "has no night that can be used" in found.error
    assert found.listings == {}


def test_a_night_of_two_rows_is_taken_if_one_says_so(tmp_path):
    rows = [{"available": "t", "price": "$90.00"}, {}, {"available": "t"}]
    found = read(tmp_path, table({}), calendar=nights(*rows))
    assert taken(found) == ["2024-02-01"]


def test_one_wrong_date_moves_no_calendar(tmp_path):
    rows = [{"listing_id": str(n), "date": "2023-06-01"} for n in range(5)]
    found = read(
        tmp_path, table({}), calendar=nights({"listing_id": "9", "date": "2013-06-01"}, *rows)
    )
    assert found.context.calendar.first_day == dt.date(2023, 6, 1).toordinal()


def test_prices_by_night_become_seasons(tmp_path):
    rows = [
        {"date": "2024-02-05", "available": "t"},
        {"date": "2024-02-06", "available": "t", "price": "$150.00"},
        {"date": "2024-02-07", "available": "f", "price": "$150.00"},
        {"date": "2024-02-08", "available": "t", "minimum_nights": "3"},
        {"date": "2024-02-09", "available": "t", "price": ""},
    ]
    base = {**NIGHT, "minimum_nights": "1", "maximum_nights": "30"}
    found = read(tmp_path, table({}), calendar=nights(*rows, base=base))
    listing = found.listings["7"]
    assert listing["weekend_price"] is None
    assert [
        (one["start"].day, one["end"].day, one["price_per_night"], one["min_nights"])
        for one in listing["seasons"]
    ] == [(6, 8, 15_000, None), (8, 9, None, 3)]
    assert listing["seasons"][0]["name"] == "6 Feb to 7 Feb 2024"


def test_a_price_that_cannot_be_read_leaves_the_night(tmp_path):
    found = read(tmp_path, table({}), calendar=nights({"price": "1.234"}, {"date": "2024-02-02"}))
    assert taken(found) == ["2024-02-01", "2024-02-02"]
    assert [note.partition(",")[0] for note in found.notes] == ["of the calendar"]
    found = read(tmp_path, table({}), calendar=nights({"price": "1.234"}, {"price": "85,00"}))
    assert found.context.calendar.said[0].price == 123_400


def test_a_blank_price_is_the_calendars(tmp_path):
    rows = [{"date": f"2024-02-0{day}", "price": f"${day}0.00"} for day in (1, 2, 9)]
    found = read(tmp_path, table({"price": ""}), calendar=nights(*rows))
    assert found.listings["7"]["price_per_night"] == 2_000


def year_of(price_of) -> list[Night]:
    first = MONDAY.toordinal()
    return [Night(first + n, False, Said(price_of(n))) for n in range(364)]


def priced(rates, day: int) -> int:
    """What the listing would ask for, from its rates alone."""
    date = dt.datetime(2024, 1, 1) + dt.timedelta(days=day)
    for season in rates.seasons:
        if season["start"] <= date < season["end"] and season["price_per_night"]:
            return season["price_per_night"]
    return rates.weekend_price if rates.weekend_price and day % 7 in {4, 5} else YEAR.price


@pytest.mark.parametrize(
    "price_of",
    [
        lambda _day: 10_000,
        lambda _day: 12_500,
        lambda day: 14_000 if day % 7 in {4, 5} else 10_000,
        lambda day: 14_000 if day % 7 in {4, 5} else 9_000 + 1_000 * (day // 60),
        lambda day: 10_000 + 500 * (day // 28),
        lambda day: 30_000 if 350 <= day < 360 else 10_000,
    ],
)
def test_rates_say_what_each_night_costs(price_of):
    rates = rates_of(year_of(price_of), year=YEAR, shift=0)
    said = MAX_SEASONS if rates.left else 364
    assert len(rates.seasons) <= MAX_SEASONS
    covered = [day for day in range(364) if priced(rates, day) == price_of(day)]
    assert len(covered) == 364 or rates.left
    assert covered[:said] == list(range(said))


def test_prices_of_taken_nights_are_left_where_all_do_not_fit():
    rows = [
        night._replace(is_taken=night.day % 2 == 0, said=Said(10_000 + 500 * (night.day % 2 == 0)))
        for night in year_of(lambda _day: 0)
    ]
    assert rates_of(rows, year=YEAR, shift=0) == (None, [], 0)


def test_more_changes_than_seasons_are_counted():
    rates = rates_of(year_of(lambda day: 10_000 + day), year=YEAR, shift=7)
    assert (len(rates.seasons), rates.left) == (MAX_SEASONS, 342)
    assert rates.seasons[0]["start"].date() == MONDAY + dt.timedelta(days=8)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": "6.1E+17"}, "id is '6.1E+17': a spreadsheet has cut its digits off"),
        ({"comments": "<br/>"}, "comments is blank"),
        ({"date": "05/06/2023"}, "date is '05/06/2023', not a date as YYYY-MM-DD"),
        ({"listing_id": "8"}, "listing 8 was not imported"),
        ({"id": "70"}, "review 70 stands in line 2 already"),
    ],
)
def test_reviews_that_are_refused(tmp_path, changes, reason):
    rows = table({}, {"id": "71", **changes}, base=REVIEW)
    found = read(tmp_path, table({}, base=FIELDS), reviews=rows)
    assert [review["source_id"] for review in found.reviews] == ["70"]
    assert found.rejected == [f"reviews.csv, line 3: {reason}"]
