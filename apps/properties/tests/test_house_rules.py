import datetime as dt
import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.errors import AppError
from apps.properties.house_rules import nights_allowed, stay_check, stay_refusal, today_at
from apps.properties.tests.test_pricing import TERMS, season

pytestmark = pytest.mark.unit

NOON = dt.datetime(2027, 6, 7, 12, tzinfo=dt.UTC)
TODAY = NOON.date()
ZONES = sorted(zoneinfo.available_timezones())


def asked(days=10, nights=3, guests=2, **terms):
    check_in = TODAY + dt.timedelta(days=days)
    return stay_refusal(
        {**TERMS, **terms},
        check_in=check_in,
        check_out=check_in + dt.timedelta(days=nights),
        guest_count=guests,
        now=NOON,
    )


HIGH = season("High", TODAY + dt.timedelta(days=10), 5, min_nights=4, max_nights=6)
# The stay, the code of the error, and the rule in its details.
BROKEN_RULES = {
    "yesterday": (asked(-1), "PAST_DATE", {"earliest": TODAY}),
    "no notice": (
        asked(1, lead_days=2),
        "LEAD_TIME",
        {"earliest": TODAY + dt.timedelta(days=2)},
    ),
    "too far": (
        asked(91, window_days=90),
        "TOO_FAR_AHEAD",
        {"latest": TODAY + dt.timedelta(days=90)},
    ),
    "short": (asked(nights=1, min_nights=2), "MIN_STAY", {"min_nights": 2}),
    "long": (asked(nights=9, max_nights=8), "MAX_STAY", {"max_nights": 8}),
    "short in the season": (asked(14, seasons=[HIGH]), "MIN_STAY", {"min_nights": 4}),
    "long in the season": (asked(nights=7, seasons=[HIGH]), "MAX_STAY", {"max_nights": 6}),
    "a Thursday": (asked(check_in_days=[4, 5]), "CHECK_IN_DAY", {"days": [4, 5]}),
    "to a Sunday": (asked(check_out_days=[0]), "CHECK_OUT_DAY", {"days": [0]}),
    "a crowd": (asked(guests=5), "TOO_MANY_GUESTS", {"max_guests": 4}),
}


@pytest.mark.parametrize(
    ("refusal", "code", "rule"), BROKEN_RULES.values(), ids=BROKEN_RULES.keys()
)
def test_a_refusal_has_a_code_and_tells_the_rule(refusal, code, rule):
    assert refusal is not None
    assert (refusal.code, refusal.details["rule"]) == (code, rule)
    [(field, sentences)] = refusal.fields.items()
    assert refusal.message == f"{field}: {sentences[0]}"


def test_sentences_name_what_is_allowed():
    assert asked(check_in_days=[4, 5, 6]).message == (
        "check_in: Check-in is on Friday, Saturday or Sunday; 2027-06-17 is a Thursday."
    )
    assert asked(0, lead_days=1).message == (
        "check_in: The host needs 1 day's notice: choose 2027-06-08 or a later date."
    )


def test_stays_on_the_edge_of_the_rules_are_taken():
    edges = [
        asked(0),
        asked(2, lead_days=2),
        asked(90, window_days=90),
        asked(nights=2, min_nights=2),
        asked(nights=8, max_nights=8),
        asked(nights=4, seasons=[HIGH]),
        asked(15, nights=1, seasons=[HIGH]),
        asked(9, nights=1, seasons=[HIGH]),
        asked(check_in_days=[3], check_out_days=[6]),
        asked(guests=4),
    ]
    assert edges == [None] * len(edges)


def test_a_season_of_longer_stays_than_the_year_allows_has_its_own_least():
    assert nights_allowed({**TERMS, "max_nights": 2, "seasons": [HIGH]}, HIGH["start"]) == (4, 6)
    long = season("Long", TODAY, 3, min_nights=10)
    assert nights_allowed({**TERMS, "max_nights": 2, "seasons": [long]}, TODAY) == (10, 10)


def test_a_withdrawn_listing_takes_none():
    with pytest.raises(AppError) as caught:
        stay_check(
            {**TERMS, "is_active": False},
            check_in=TODAY,
            check_out=TODAY + dt.timedelta(days=1),
            guest_count=1,
            now=NOON,
        )
    assert (caught.value.code, caught.value.status) == ("LISTING_INACTIVE", 409)


@given(
    zone=st.sampled_from(ZONES),
    now=st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2037, 12, 31)),
    lead=st.integers(0, 5),
)
def test_notice_counts_the_days_of_the_place(zone, now, lead):
    """Against the wall clock there, over every time zone and change of its clocks."""
    now = now.replace(tzinfo=dt.UTC)
    terms = {**TERMS, "time_zone": zone, "lead_days": lead}
    there = now.astimezone(zoneinfo.ZoneInfo(zone)).date()
    assert today_at(terms, now) == there
    for days, code in ((lead, None), (lead - 1, "LEAD_TIME" if lead else "PAST_DATE")):
        check_in = there + dt.timedelta(days=days)
        end = check_in + dt.timedelta(days=2)
        found = stay_refusal(terms, check_in=check_in, check_out=end, guest_count=1, now=now)
        assert (found and found.code) == code
