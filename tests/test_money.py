"""Amounts in every currency of ISO 4217: a price, what comes back of it, and how each is shown."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from babel import Locale
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from apps.bookings.enums import Actor
from apps.bookings.policies import policy_of, refund
from apps.bookings.replies.bookings import LineReply
from apps.common.json import dumps
from apps.common.money import (
    CURRENCIES,
    currencies_of,
    digits,
    from_wire,
    money_text,
    percent_of,
    smallest,
    to_wire,
)
from apps.notifications.services.messages.facts import _money
from apps.payments.clients.stripe import _amount, _minor
from apps.payments.services import ledger
from apps.properties.enums import CancellationPolicy
from apps.properties.pricing import stay_price, total_of
from apps.properties.tests.test_pricing import TERMS

pytestmark = pytest.mark.unit
FIRST = dt.date(2027, 6, 1)
AMOUNTS = st.integers(0, 60_000_000)
TERMS_OF_ALL = st.builds(
    lambda currency, night, weekend, cleaning, tax, weekly, monthly: {
        **TERMS,
        "currency": currency,
        "price_per_night": night + 1,
        "weekend_price": weekend,
        "cleaning_fee": cleaning,
        "tax_per_person_night": tax,
        "weekly_discount_percent": weekly,
        "monthly_discount_percent": monthly,
    },
    st.sampled_from(sorted(CURRENCIES)),
    AMOUNTS,
    st.one_of(st.none(), AMOUNTS.map(lambda amount: amount + 1)),
    AMOUNTS,
    st.integers(0, 999),
    st.integers(0, 90),
    st.integers(0, 90),
)


def priced(terms, nights, guests):
    end = FIRST + dt.timedelta(days=nights)
    return stay_price(terms, check_in=FIRST, check_out=end, guest_count=guests)


@given(TERMS_OF_ALL, st.integers(1, 40), st.integers(1, 8))
def test_a_price_is_the_sum_of_its_lines_and_can_be_paid(terms, nights, guests):
    price, currency = priced(terms, nights, guests), terms["currency"]
    lines = {line["code"]: line["amount"] for line in price.lines if line["code"] != "NIGHTS"}
    lodging = sum(line["amount"] for line in price.lines if line["code"] == "NIGHTS")
    assert lodging == sum(night.rate for night in price.nights)
    before = lodging + lines.get("LENGTH_DISCOUNT", 0) + lines.get("CLEANING_FEE", 0)
    fee = lines.get("SERVICE_FEE", 0)
    assert 0 <= fee - percent_of(before, 12) < smallest(currency)
    assert before + fee + lines.get("OCCUPANCY_TAX", 0) == price.total == total_of(price.lines)
    assert price.total % smallest(currency) == 0
    assert _minor(_amount(price.total, currency), currency.lower()) == price.total
    wire = [LineReply.of(line, currency) for line in price.lines]
    assert sum(exact(line.amount) for line in wire) == exact(to_wire(price.total, currency))


def test_the_page_knows_the_decimals_that_we_know():
    source = (settings.BASE_DIR / "frontend/src/lib/currencyDigits.ts").read_text()
    for name, count in (("WHOLE", 0), ("THREE", 3)):
        listed = re.search(rf"{name} = new Set\('([A-Z ]+)'", source)[1].split()
        assert listed == currencies_of(count)
    odd = [*currencies_of(0), *currencies_of(3)]
    assert {digits(code) for code in CURRENCIES - {*odd}} == {2}


def exact(number):
    return Decimal(str(number))


@given(st.sampled_from(sorted(CURRENCIES)), st.integers(0, 10**13), st.sampled_from(["en", "de"]))
def test_wire_page_e_mail_and_ledger_show_the_same_amount(currency, minor, locale):
    """The page shows the number of the wire with the digits of `currencyDigits.ts`."""
    wire = dumps({"amount": to_wire(minor, currency)}).decode()
    number = re.fullmatch(r'{"amount":(.*)}', wire)[1]
    assert -Decimal(number).normalize().as_tuple().exponent <= digits(currency)
    assert from_wire(number, currency) == minor
    stay = {"currency": currency, "total_price": minor}
    for text in (money_text(minor, currency), _money(stay, Locale.parse(locale))):
        assert int(re.sub(r"[^0-9]", "", text)) == minor, text


@given(
    TERMS_OF_ALL,
    st.integers(1, 40),
    st.sampled_from(CancellationPolicy.values),
    st.integers(0, 100 * 24),
)
def test_what_a_policy_refunds_adds_up_and_can_be_paid(terms, nights, policy, hours):
    price, currency = priced(terms, nights, 2), terms["currency"]
    check_in = dt.datetime.combine(FIRST, dt.time())
    booking = {
        "status": "confirmed",
        "host_id": "h",
        "currency": currency,
        "lines": price.lines,
        "total_price": price.total,
        "check_in": check_in,
        "created_at": check_in - dt.timedelta(days=200),
        "policy": policy_of({**terms, "cancellation_policy": policy}),
    }
    at = (check_in - dt.timedelta(hours=hours)).replace(tzinfo=dt.UTC)
    back = refund(booking, actor=Actor.GUEST, at=at)
    assert back.amount == sum(line["amount"] for line in back.lines)
    assert 0 <= back.amount <= price.total
    assert back.amount % smallest(currency) == 0
    assert _minor(_amount(back.amount, currency), currency) == back.amount
    if back.percent == 100:
        assert back.amount == price.total
    whole = ledger.allocation_of(price.lines, host_id="h")
    part = ledger.allocation_of(back.lines, host_id="h")
    assert sum(part.values()) == back.amount
    assert all(0 <= part[name] <= whole[name] for name in part)
