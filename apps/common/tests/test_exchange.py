"""What is published, and what one amount is in another currency."""

import datetime as dt
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import pytest

from apps.common.ecb import RatesUnreadableError, read
from apps.common.exchange import BUNDLED, Rates, current_rates
from apps.common.money import CURRENCIES, digits, smallest

pytestmark = pytest.mark.unit
DAY = dt.date(2026, 11, 27)
RATES = Rates(DAY, {"EUR": Decimal(1), "USD": Decimal("1.1"), "JPY": Decimal("176.05")})
PUBLISHED = BUNDLED.read_bytes()


def test_decimals_are_those_of_iso_4217():
    others = {code: digits(code) for code in CURRENCIES if digits(code) != 2}
    assert {code for code, places in others.items() if places == 3} == {
        *("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")
    }
    assert {code for code, places in others.items() if places == 0} == {
        *("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW"),
        *("PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"),
    }
    assert (smallest("JPY"), smallest("USD"), smallest("KWD"), smallest("MGA")) == (1, 1, 10, 100)


def test_the_bundled_rates_have_a_day_and_every_published_currency():
    rates = current_rates()
    assert rates.day == dt.date(2026, 10, 30)
    assert rates.per_euro["USD"] == Decimal("1.1172")
    assert (len(rates.per_euro), rates.per_euro["EUR"]) == (30, 1)
    assert rates.per_euro.keys() < CURRENCIES


def test_an_amount_to_show_is_rounded_half_up_to_what_can_be_paid():
    # 100.00 USD are 16,004.545 yen, which have no decimals.
    assert RATES.converted(10_000, "USD", "JPY") == 16_005
    assert RATES.converted(176, "JPY", "EUR") == 100
    assert RATES.converted(17_693, "JPY", "EUR") == 10_050
    assert RATES.converted(17_694, "JPY", "EUR") == 10_051
    assert RATES.converted(12_345, "EUR", "EUR") == 12_345


def test_currencies_without_a_rate_are_compared_with_nothing_else():
    assert RATES.factor("KWD", "USD") is None
    assert RATES.factor("USD", "KWD") is None
    assert RATES.converted(100, "KWD", "EUR") is None
    assert RATES.bounds(10, 100, "KWD") == {"KWD": (10, 100)}


def test_bounds_are_the_same_in_each_currency_and_let_nothing_in_from_outside():
    bounds = RATES.bounds(5_000, 20_000, "USD")
    assert bounds.keys() == {"EUR", "USD", "JPY"}
    assert bounds["USD"] == (5_000, 20_000)
    # 45.4545... and 181.8181... euros; 8,002.27 and 32,009.09 yen.
    assert bounds["EUR"] == (4_546, 18_181)
    assert bounds["JPY"] == (8_003, 32_009)
    assert RATES.bounds(None, 110, "USD")["EUR"] == (None, 100)
    assert RATES.bounds(110, None, "USD")["EUR"] == (100, None)


@pytest.mark.parametrize("target", ["EUR", "JPY", "USD"])
def test_bounds_are_exact_at_their_edges(target):
    least, most = RATES.bounds(3_333, 7_777, "USD")[target]
    factor = RATES.factor("USD", target) * Decimal(10) ** (digits(target) - digits("USD"))
    assert least == (3_333 * factor).to_integral_value(ROUND_CEILING)
    assert most == (7_777 * factor).to_integral_value(ROUND_FLOOR)
    assert (least - 1) / factor < 3_333 <= least / factor
    assert most / factor <= 7_777 < (most + 1) / factor


def test_a_file_that_changes_is_read_again_and_a_broken_one_replaced_by_the_bundled(
    tmp_path, settings
):
    file = tmp_path / "rates.xml"
    settings.EXCHANGE_RATES_FILE = str(file)
    assert current_rates().day == dt.date(2026, 10, 30)
    file.write_bytes(PUBLISHED.replace(b"2026-10-30", b"2026-11-27"))
    assert current_rates().day == DAY
    file.write_bytes(b"<html>")
    assert current_rates().day == dt.date(2026, 10, 30)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (PUBLISHED, b"", "not XML"),
        (b"</Cube>", b"", "not XML"),
        (PUBLISHED, b"<html><body>Sorry</body></html>", "0 days"),
        (b"<Cube time='2026-10-30'>", b"<Cube>", "0 days"),
        (b"<Cube>", b"<Cube time='2026-10-29'>", "2 days"),
        (b"2026-10-30", b"30.10.2026", "not a date"),
        (b"rate='1.1172'", b"rate='0'", "rate '0' of USD"),
        (b"rate='1.1172'", b"rate='-1'", "rate '-1' of USD"),
        (b"rate='1.1172'", b"rate='NaN'", "rate 'NaN' of USD"),
        (b"rate='1.1172'", b"rate='1,1172'", "rate '1,1172' of USD"),
        (b"rate='1.1172'", b"", "rate '' of USD"),
        (b"currency='USD'", b"currency='XXX'", "'XXX' is unknown"),
        (b"currency='USD'", b"currency='EUR'", "'EUR' is unknown or named twice"),
        (b"currency='USD'", b"currency='JPY'", "'JPY' is unknown or named twice"),
        (b"<Cube currency='USD' rate='1.1172'/>", b"", "28 rates; 20 and USD"),
        (b"<gesmes:Envelope ", b'<!DOCTYPE x [<!ENTITY a "b">]><gesmes:Envelope ', "document type"),
    ],
)
def test_nonsense_is_refused_with_its_reason(old, new, reason):
    assert old in PUBLISHED
    with pytest.raises(RatesUnreadableError, match=reason):
        read(PUBLISHED.replace(old, new, 1))


def test_too_few_rates_are_not_the_banks():
    few = PUBLISHED.split(b"<Cube currency='CZK'")[0] + b"</Cube></Cube></gesmes:Envelope>"
    with pytest.raises(RatesUnreadableError, match="2 rates"):
        read(few)
