"""Each refusal of a stay names its rule and offers stays that can really be booked."""

import datetime as dt

import pytest

from apps.bookings.quote import Stay, alternatives
from apps.bookings.rows import holds
from apps.bookings.services.requests import PriceChangedError
from apps.common.errors import NotFoundError
from apps.properties.house_rules import StayRuleError

ALL = list(range(7))


def weekday(offset, *, days=30):
    """The weekday `offset` days after the usual check-in."""
    return lambda today: (today + dt.timedelta(days=days + offset)).weekday()


def without(which):
    return lambda today: [day for day in ALL if day != which(today)]


# The terms, the days from today to the check-in, the nights, the guests, and the rule named.
REFUSED = {
    "PAST_DATE": ({}, -3, 2, 2),
    "LEAD_TIME": ({"lead_days": 9}, 5, 2, 2),
    "TOO_FAR_AHEAD": ({"window_days": 40}, 45, 2, 2),
    "MIN_STAY": ({"min_nights": 4}, 30, 2, 2),
    "MAX_STAY": ({"max_nights": 5}, 30, 8, 2),
    "CHECK_IN_DAY": ({"check_in_days": without(weekday(0))}, 30, 2, 2),
    "CHECK_OUT_DAY": ({"check_out_days": without(weekday(2))}, 30, 2, 2),
    "TOO_MANY_GUESTS": ({}, 30, 2, 6),
}


def test_every_code_of_the_rules_is_tried():
    assert set(REFUSED) == {error.code for error in StayRuleError.__subclasses__()}


@pytest.fixture
def refused(make_listing, stay, today):
    def make(code):
        terms, ahead, nights, guests = REFUSED[code]
        values = {name: value(today) if callable(value) else value for name, value in terms.items()}
        check_in = today + dt.timedelta(days=ahead)
        return stay(
            # Where `today` is the same day as in UTC.
            listing_id=str(make_listing(time_zone="UTC", **values)),
            check_in=str(check_in),
            check_out=str(check_in + dt.timedelta(days=nights)),
            guest_count=guests,
        )

    return make


@pytest.mark.parametrize("code", REFUSED)
def test_a_refusal_offers_what_can_be_booked(guest, refused, counts, code):
    body, before = refused(code), counts()
    for reply in (
        guest.get("/api/bookings/quote", **body),
        guest.post("/api/bookings", body),
        guest.post("/api/bookings/holds", body),
    ):
        error = reply.json()["error"]
        assert (reply.status_code, error["code"]) == (400, code)
        assert error["details"]["rule"]
        assert len(error["details"]["alternatives"]) == 3
    assert counts() == before
    assert holds.count({}) == 0

    for offer in error["details"]["alternatives"]:
        dates = {name: offer[name] for name in ("check_in", "check_out")}
        wanted = {**body, **dates, "guest_count": min(body["guest_count"], 4)}
        quote = guest.get("/api/bookings/quote", **wanted).json()
        assert (quote["available"], quote["total_price"]) == (True, offer["total_price"])
    booking = guest.post("/api/bookings", wanted)
    assert (booking.status_code, booking.json()["total_price"]) == (201, offer["total_price"])


@pytest.mark.parametrize("dates", [("0001-01-01", "0001-01-02"), ("9999-12-30", "9999-12-31")])
def test_days_at_the_ends_of_the_calendar(guest, stay, counts, dates):
    body, before = stay(check_in=dates[0], check_out=dates[1]), counts()
    for reply in (guest.get("/api/bookings/quote", **body), guest.post("/api/bookings", body)):
        assert reply.status_code == 400
        assert reply.json()["error"]["details"]["alternatives"] == []
    assert counts() == before


def test_other_errors_pass_as_they_are(listing_id, today, now):
    stay = Stay(listing_id, today, today + dt.timedelta(days=1), 1)
    for error in (PriceChangedError(), NotFoundError()):
        with pytest.raises(type(error)) as caught, alternatives(stay, now=now):
            raise error
        assert caught.value is error
        assert caught.value.details == {}
