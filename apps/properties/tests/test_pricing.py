import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.properties.pricing import rules_applied, stay_price, total_of
from apps.properties.selectors.terms import TERM_DEFAULTS

pytestmark = pytest.mark.unit

WEDNESDAY = dt.date(2027, 6, 9)
TERMS = {
    **TERM_DEFAULTS,
    "price_per_night": 10_000,
    "cleaning_fee": 4_000,
    "currency": "EUR",
    "capacity": {"max_guests": 4},
    "min_nights": 1,
    "max_nights": 365,
    "time_zone": "Europe/Lisbon",
    "is_active": True,
}


def season(name="Summer", start=WEDNESDAY, nights=2, **values):
    rest = {"price_per_night": None, "min_nights": None, "max_nights": None, **values}
    return {"name": name, "start": start, "end": start + dt.timedelta(days=nights), **rest}


def priced(nights, *, start=WEDNESDAY, guests=1, **terms):
    return stay_price(
        {**TERMS, **terms},
        check_in=start,
        check_out=start + dt.timedelta(days=nights),
        guest_count=guests,
    )


def amounts(price):
    return [(line["code"], line["quantity"], line["amount"]) for line in price.lines]


def test_a_plain_stay_is_nights_cleaning_and_service():
    price = priced(3)
    assert amounts(price) == [
        ("NIGHTS", 3, 30_000),
        ("CLEANING_FEE", 1, 4_000),
        ("SERVICE_FEE", 1, 4_080),
    ]
    assert price.total == 38_080
    assert [one.rule for one in price.nights] == ["base"] * 3


def test_a_season_beats_the_weekend_and_the_weekend_the_base():
    terms = {
        "weekend_price": 13_000,
        "seasons": [
            season("Fair", WEDNESDAY + dt.timedelta(days=2), 1, price_per_night=20_000),
            season("Quiet", WEDNESDAY + dt.timedelta(days=3), 1, min_nights=2),
        ],
        "cleaning_fee": 0,
    }
    price = priced(5, **terms)

    rules = [(one.night.day, one.rate, one.rule) for one in price.nights]
    assert rules == [
        (9, 10_000, "base"),
        (10, 10_000, "base"),
        (11, 20_000, "season:Fair"),
        (12, 13_000, "weekend"),
        (13, 10_000, "base"),
    ]
    labels = [(line["label"], line["quantity"], line["unit_amount"]) for line in price.lines[:3]]
    assert labels == [("Nights", 3, 10_000), ("Fair", 1, 20_000), ("Weekend nights", 1, 13_000)]
    assert rules_applied({**TERMS, **terms}, price) == [
        "Nights cost the base price.",
        "Nights in Fair cost the season's price.",
        "The nights of Friday and Saturday cost the weekend price.",
        "The service fee is 12 % of the amounts above it.",
    ]


def test_the_discount_for_length_is_off_the_nights_alone_and_before_the_service_fee():
    discounts = {"weekly_discount_percent": 10, "monthly_discount_percent": 25}
    assert "LENGTH_DISCOUNT" not in [code for code, _, _ in amounts(priced(6, **discounts))]
    assert amounts(priced(7, **discounts)) == [
        ("NIGHTS", 7, 70_000),
        ("LENGTH_DISCOUNT", 1, -7_000),
        ("CLEANING_FEE", 1, 4_000),
        ("SERVICE_FEE", 1, 8_040),
    ]
    assert amounts(priced(27, **discounts))[1] == ("LENGTH_DISCOUNT", 1, -27_000)
    assert amounts(priced(28, **discounts))[1] == ("LENGTH_DISCOUNT", 1, -70_000)
    only_weekly = {"weekly_discount_percent": 10}
    assert amounts(priced(28, **only_weekly))[1] == ("LENGTH_DISCOUNT", 1, -28_000)


def test_half_a_minor_unit_rounds_up():
    terms = {"price_per_night": 1, "cleaning_fee": 0, "weekly_discount_percent": 50}
    assert amounts(priced(7, **terms))[:2] == [("NIGHTS", 7, 7), ("LENGTH_DISCOUNT", 1, -4)]


def test_the_tax_is_for_each_guest_and_night_up_to_the_cap():
    tax = {"tax_per_person_night": 200}
    assert amounts(priced(3, guests=2, **tax))[-1] == ("OCCUPANCY_TAX", 6, 1_200)
    assert amounts(priced(9, guests=2, tax_nights_cap=7, **tax))[-1] == ("OCCUPANCY_TAX", 14, 2_800)
    assert amounts(priced(9, guests=2, **tax))[-1] == ("OCCUPANCY_TAX", 18, 3_600)
    price = priced(9, tax_nights_cap=7, **tax)
    rules = rules_applied({**TERMS, **tax, "tax_nights_cap": 7}, price)
    assert rules[-1] == "The tax is charged per guest and night, for at most 7 nights."


prices = st.integers(1, 2_000_000_000)
seasons = st.lists(st.tuples(st.integers(1, 9), st.none() | prices), max_size=4)


@given(
    nights=st.integers(1, 60),
    guests=st.integers(1, 50),
    start=st.dates(dt.date(2026, 1, 1), dt.date(2030, 1, 1)),
    base=prices,
    weekend=st.none() | prices,
    cleaning=st.integers(0, 2_000_000_000),
    weekly=st.integers(0, 90),
    monthly=st.integers(0, 90),
    tax=st.integers(0, 1_000_000),
    cap=st.none() | st.integers(1, 30),
    spans=seasons,
)
def test_the_lines_of_any_stay_sum_to_its_total(
    nights, guests, start, base, weekend, cleaning, weekly, monthly, tax, cap, spans
):
    kept, day = [], start
    for number, (length, price) in enumerate(spans):
        kept.append(season(f"S{number}", day, length, price_per_night=price))
        day += dt.timedelta(days=length)
    terms = {
        **TERMS,
        "price_per_night": base,
        "weekend_price": weekend,
        "cleaning_fee": cleaning,
        "weekly_discount_percent": weekly,
        "monthly_discount_percent": monthly,
        "tax_per_person_night": tax,
        "tax_nights_cap": cap,
        "seasons": kept,
    }
    end = start + dt.timedelta(days=nights)
    price = stay_price(terms, check_in=start, check_out=end, guest_count=guests)

    assert price.total == sum(line["amount"] for line in price.lines) > 0
    assert all(line["amount"] == line["quantity"] * line["unit_amount"] for line in price.lines)
    assert [one.night for one in price.nights] == [
        start + dt.timedelta(days=day) for day in range(nights)
    ]
    lodging = [line for line in price.lines if line["code"] == "NIGHTS"]
    assert total_of(lodging) == sum(one.rate for one in price.nights)
    assert sum(line["quantity"] for line in lodging) == nights
