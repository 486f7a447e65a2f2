"""Searches over prices in currencies with no, two and three decimals, against plain sums."""

import datetime as dt
from decimal import Decimal

import pytest

from apps.common.exchange import current_rates
from apps.common.money import digits, to_wire, units_of
from apps.common.pagination import Page
from apps.properties.pricing import stay_price
from apps.properties.rows import listings
from apps.properties.search import Criteria, listing_search
from apps.properties.selectors import listing_terms

PATH = "/api/properties/search"
HERE = {"lat": 1.29, "lng": 103.85}
PRICES = {"JPY": 15_333, "KRW": 150_001, "KWD": 45_345, "EUR": 9_999, "MGA": 450_050, "BHD": 7}


@pytest.fixture
def homes(make_listing):
    return {
        currency: make_listing(
            currency=currency,
            price_per_night=price,
            cleaning_fee=price // 3,
            tax_per_person_night=7,
            weekly_discount_percent=7,
        )
        for currency, price in PRICES.items()
    }


def found(anonymous, **asked):
    reply = anonymous.get(PATH, {**HERE, "per_page": 50, **asked})
    assert reply.status_code == 200, reply.json()
    return [card["currency"] for card in reply.json()["results"]]


def test_the_database_and_the_quote_have_one_total(homes, today, now):
    for nights in (1, 2, 3, 7, 10):
        first = today + dt.timedelta(days=30)
        dates = {"check_in": first, "check_out": first + dt.timedelta(days=nights)}
        cards = listing_search(Criteria(guests=3, **dates), page=Page(1, 50), now=now).results
        assert len(cards) == len(homes)
        for card in cards:
            price = stay_price(listing_terms(card.id), **dates, guest_count=3)
            assert card.stay.total_price == to_wire(price.total, card.currency), card.currency


def test_bounds_without_a_currency_are_the_same_numbers_in_each(anonymous, homes):
    for least, most in ((0, 100), (50, 5_000), (45.34, 45.35), (99.99, 99.99), (0, 0.01)):
        wanted = {
            currency
            for currency, price in PRICES.items()
            if Decimal(str(least)) <= units_of(price, currency) <= Decimal(str(most))
        }
        assert set(found(anonymous, min_price=least, max_price=most)) == wanted, (least, most)


def test_bounds_of_a_total_without_a_currency_are_too(anonymous, homes, today):
    first = today + dt.timedelta(days=30)
    dates = {"check_in": first, "check_out": first + dt.timedelta(days=2)}
    totals = {
        currency: units_of(stay_price(listing_terms(home), **dates, guest_count=1).total, currency)
        for currency, home in homes.items()
    }
    asked = {name: str(day) for name, day in dates.items()}
    for most in (1, 200, 300, 20_000, 40_000, 400_000):
        wanted = {currency for currency, total in totals.items() if total <= most}
        assert set(found(anonymous, **asked, max_total=most)) == wanted, most


@pytest.mark.parametrize("unit", ["EUR", "JPY", "KRW"])
def test_order_bounds_and_bars_follow_the_rates(anonymous, homes, unit):
    rates = current_rates()
    worth = {
        currency: units_of(price, currency) * factor
        for currency, price in PRICES.items()
        if (factor := rates.factor(currency, unit)) is not None
    }
    order = found(anonymous, currency=unit, sort="price")
    assert order[: len(worth)] == sorted(worth, key=lambda one: worth[one])
    middle = worth["JPY"].quantize(Decimal(1).scaleb(-digits(unit)))
    wanted = {currency for currency, amount in worth.items() if amount <= middle + 1}
    assert set(found(anonymous, currency=unit, max_price=middle + 1)) == wanted
    query = {**HERE, "currency": unit, "facets": "true"}
    facets = anonymous.get(PATH, query).json()["facets"]
    assert facets["currency"] == unit
    for bar in facets["prices"]:
        inside = [amount for amount in worth.values() if bar["least"] <= amount < bar["most"]]
        assert len(inside) == bar["count"], bar
    assert sum(bar["count"] for bar in facets["prices"]) == len(worth)


def test_bars_of_a_currency_without_a_rate_are_in_euros(anonymous, homes):
    query = {**HERE, "currency": "KWD", "facets": "true"}
    assert anonymous.get(PATH, query).json()["facets"]["currency"] == "EUR"


def test_stored_prices_are_those_that_were_made(homes):
    assert {row["currency"]: row["price_per_night"] for row in listings.find({})} == PRICES
