"""What a quote promises: its price, for its stay and its time, and only if we signed it."""

import base64
import datetime as dt
import zlib

import pytest
from bson import ObjectId
from django.core import signing
from hypothesis import given
from hypothesis import strategies as st

from apps.bookings.quote import SIGNER, Priced, Stay, quote, token_agreed, token_issue
from apps.common import mongo
from apps.common.errors import AppError
from apps.properties.enums import ClaimKind
from apps.properties.models import Season
from apps.properties.rows import listings
from apps.properties.services import nights_claim

NOW = dt.datetime(2027, 6, 7, 12, 0, 0, 1, tzinfo=dt.UTC)
STAY = Stay(ObjectId("66f1c2a4b8e0d3f5a7c91e01"), dt.date(2027, 7, 1), dt.date(2027, 7, 3), 2)
LINE = {"code": "NIGHTS", "label": "Été", "quantity": 2, "unit_amount": 12_000, "amount": 24_000}
PRICED = Priced([LINE], "EUR")
TTL = dt.timedelta(minutes=15)
GUEST, OTHER = ObjectId("66f1c2a4b8e0d3f5a7c91e0a"), ObjectId("66f1c2a4b8e0d3f5a7c91e0b")
SEARCH = {"lat": 1.29, "lng": 103.85, "radius_km": 5}


def promised(token, *, guest_id=GUEST, now=NOW):
    return token_agreed(token, STAY, guest_id=guest_id, now=now).priced


def refusal(token, stay=STAY, *, guest_id=GUEST, now=NOW):
    with pytest.raises(AppError) as caught:
        token_agreed(token, stay, guest_id=guest_id, now=now)
    return caught.value.status, caught.value.code


@pytest.mark.unit
def test_a_token_says_what_was_quoted_until_its_last_moment():
    token = token_issue(STAY, PRICED, now=NOW)
    assert promised(token) == PRICED
    assert promised(token, now=NOW + TTL - dt.timedelta(microseconds=1)) == PRICED
    assert refusal(token, now=NOW + TTL) == (409, "QUOTE_EXPIRED")


@pytest.mark.unit
def test_a_token_is_for_its_guest_alone_where_one_asked():
    own = token_issue(STAY, PRICED, now=NOW, guest_id=GUEST)
    assert promised(own) == PRICED
    assert refusal(own, guest_id=OTHER) == (409, "QUOTE_MISMATCH")
    anybodys = token_issue(STAY, PRICED, now=NOW)
    assert promised(anybodys) == promised(anybodys, guest_id=OTHER) == PRICED


@pytest.mark.unit
def test_a_token_of_an_older_release_has_expired():
    said = SIGNER.unsign_object(token_issue(STAY, PRICED, now=NOW))
    older = {name: said[name] for name in ("stay", "lines", "currency", "until")}
    assert refusal(SIGNER.sign_object(older)) == (409, "QUOTE_EXPIRED")


@pytest.mark.unit
@pytest.mark.parametrize(
    "change",
    [
        {"listing_id": ObjectId("66f1c2a4b8e0d3f5a7c91e02")},
        {"check_in": dt.date(2027, 7, 2)},
        {"check_out": dt.date(2027, 7, 4)},
        {"guest_count": 1},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_token_is_for_its_stay_alone(change):
    token = token_issue(STAY, PRICED, now=NOW)
    assert refusal(token, STAY._replace(**change)) == (409, "QUOTE_MISMATCH")


@pytest.mark.unit
def test_a_cheaper_token_signed_by_somebody_else():
    token = token_issue(STAY, PRICED, now=NOW)
    said = {**SIGNER.unsign_object(token), "lines": [["NIGHTS", "Nights", 2, 1, 2]]}
    cheaper = base64.urlsafe_b64encode(zlib.compress(signing.JSONSerializer().dumps(said)))
    for forged in (
        f".{cheaper.decode().rstrip('=')}:{token.rpartition(':')[2]}",
        signing.Signer(key="guessed", salt="bookings.quote").sign_object(said),
        signing.Signer(salt="another purpose").sign_object(said),
    ):
        assert refusal(forged) == (400, "QUOTE_INVALID")


@pytest.mark.unit
@given(st.data())
def test_no_token_with_another_character_counts(data):
    token = token_issue(STAY, PRICED, now=NOW, quote_id="always-the-same")
    at = data.draw(st.integers(0, len(token) - 2))
    other = data.draw(st.characters().filter(lambda one: one != token[at]))
    assert refusal(token[:at] + other + token[at + 1 :]) == (400, "QUOTE_INVALID")


@pytest.mark.unit
@given(st.text(max_size=60))
def test_no_text_is_a_token(text):
    assert refusal(text) == (400, "QUOTE_INVALID")


@pytest.fixture
def rich(make_listing, today):
    """Every rule of the price applies to a week that begins in thirty days."""
    start = today + dt.timedelta(days=32)
    end = start + dt.timedelta(days=1)
    fair = Season(name="Fair", start=start, end=end, price_per_night=20_000)
    return make_listing(
        weekend_price=15_000,
        seasons=[fair],
        weekly_discount_percent=15,
        tax_per_person_night=250,
        tax_nights_cap=5,
        cancellation_policy="firm",
        instant_book=True,
    )


def test_search_quote_and_booking_cost_the_same(anonymous, guest, rich, stay, today):
    dates = {
        "check_in": str(today + dt.timedelta(days=30)),
        "check_out": str(today + dt.timedelta(days=37)),
    }
    body = stay(listing_id=str(rich), **dates)
    found = anonymous.get("/api/properties/search", {**SEARCH, **dates, "guests": 2}).json()
    card = next(card for card in found["results"] if card["id"] == str(rich))
    found = anonymous.get("/api/bookings/quote", body).json()
    booking = guest.post("/api/bookings", body).json()

    assert card["stay"] == {"nights": 7, "total_price": found["total_price"]}
    assert booking["total_price"] == found["total_price"]
    assert booking["lines"] == found["lines"]
    assert round(sum(line["amount"] for line in found["lines"]), 2) == found["total_price"]
    assert [line["code"] for line in found["lines"][-4:]] == [
        "LENGTH_DISCOUNT",
        "CLEANING_FEE",
        "SERVICE_FEE",
        "OCCUPANCY_TAX",
    ]
    assert found["lines"][-1]["amount"] == 2 * 5 * 2.5
    assert [one["rate"] for one in found["nightly"] if one["rule"] == "season:Fair"] == [200.0]
    assert found["nightly"][0]["night"] == dates["check_in"]
    assert len(found["nightly"]) == found["nights"] == 7
    assert found["rules"][-4:] == [
        "Weekly discount, 15 % off the nights, for a stay of 7 nights.",
        "The cleaning fee is charged once per stay.",
        "The service fee is 12 % of the amounts above it.",
        "The tax is charged per guest and night, for at most 5 nights.",
    ]
    assert found["instant_book"] is True
    assert found["cancellation"]["name"] == "firm"
    assert booking["status"] == "confirmed"


def test_a_quote_of_taken_nights_offers_free_ones(rich, listing_id, now, today, guest, stay):
    start = today + dt.timedelta(days=30)
    asked = {"check_in": start, "check_out": start + dt.timedelta(days=2), "guest_count": 2}
    claimed = {**asked, "kind": ClaimKind.BLOCK, "owner_id": "test", "now": now}
    del claimed["guest_count"]
    mongo.run_in_transaction(lambda: nights_claim(listing_id=listing_id, **claimed))

    found = quote(listing_id=listing_id, **asked, now=now)
    assert found.available is False
    assert found.taken == [start, start + dt.timedelta(days=1)]
    assert found.expires_at == (now + TTL).replace(microsecond=0)
    assert [(one.check_in - start).days for one in found.alternatives] == [-2, 2, -3]
    for one in found.alternatives[:2]:
        dates = {"check_in": str(one.check_in), "check_out": str(one.check_out)}
        reply = guest.post("/api/bookings", stay(**dates))
        assert (reply.status_code, reply.json()["total_price"]) == (201, one.total_price)


def test_a_quote_for_an_unknown_or_withdrawn_listing(anonymous, stay, listing_id):
    unknown = anonymous.get("/api/bookings/quote", stay(listing_id="0" * 24))
    listings.update_one({"_id": listing_id}, {"$set": {"is_active": False}})
    withdrawn = anonymous.get("/api/bookings/quote", stay())
    assert unknown.status_code == 404
    assert (withdrawn.status_code, withdrawn.json()["error"]["code"]) == (409, "LISTING_INACTIVE")
    assert "alternatives" not in withdrawn.json()["error"].get("details", {})
