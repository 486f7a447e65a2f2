"""One stay in a currency without hundredths: search, quote, booking, ledger, bank, event, e-mail
and figures say the same amount."""

import datetime as dt

import pytest

from apps.bookings.enums import Action, Actor
from apps.bookings.quote import SIGNER
from apps.bookings.rows import bookings
from apps.bookings.services import booking_change
from apps.common import mongo
from apps.events.rows import outbox_messages
from apps.events.schemas import BookingCreated, BookingStatusUpdated, NotificationRequested
from apps.notifications.handlers import deliver
from apps.notifications.rows import emails
from apps.notifications.services.messages import email_message
from apps.notifications.services.preferences import delivery_preference
from apps.owners.rows import booking_facts
from apps.owners.services.facts import fact_of
from apps.payments.rows import ledger_entries, payments, sandbox_charges
from apps.properties.rows import listings
from apps.travelers.services import guest_notify_confirmation

HERE = {"lat": 1.29, "lng": 103.85}
PRICES = [
    # 29,997 and 3,599.64 for us.
    ("JPY", 9_999, 33_597, 33_597, "¥33,597"),
    ("VND", 25_000_000, 84_000_000, 84_000_000, "₫84,000,000"),
    # 37.035 and 4.4442 for us are 41.479, and a dinar moves by tens of fils.
    ("KWD", 12.345, 41.48, 41_480, "KWD\N{NO-BREAK SPACE}41.480"),
    ("EUR", 99.99, 335.97, 33_597, "€335.97"),
    # Babel knows no decimals of a forint.
    ("HUF", 99.99, 335.97, 33_597, "HUF\N{NO-BREAK SPACE}335.97"),
]


@pytest.fixture
def nights(today):
    first = today + dt.timedelta(days=30)
    return {"check_in": str(first), "check_out": str(first + dt.timedelta(days=3))}


def listed(host, make_listing, currency, price):
    listing_id = make_listing(cleaning_fee=0)
    change = {"version": 1, "currency": currency, "price_per_night": price}
    assert host.put(f"/api/properties/{listing_id}", change).status_code == 200
    return listing_id


@pytest.mark.parametrize(("currency", "price", "total", "minor", "written"), PRICES)
def test_everything_says_the_same(
    host, guest, anonymous, make_listing, nights, now, currency, price, total, minor, written
):
    listing_id = listed(host, make_listing, currency, price)
    assert listings.find_one({"_id": listing_id})["currency"] == currency
    asked = {"listing_id": str(listing_id), **nights, "guest_count": 1}
    found = anonymous.get("/api/properties/search", {**HERE, **nights, "guests": 1}).json()
    quoted = guest.get("/api/bookings/quote", **asked).json()
    assert found["results"][0]["price_per_night"] == price
    assert found["results"][0]["stay"]["total_price"] == quoted["total_price"] == total
    body = {**asked, "quote_token": quoted["quote_token"]}
    made = guest.post("/api/bookings", body).json()
    assert made["total_price"] == total
    assert round(sum(line["amount"] for line in made["lines"]), 3) == total

    (booking,) = bookings.find({})
    booking_change(booking_id=booking["_id"], action=Action.ACCEPT, actor=Actor.OWNER, now=now)
    after = guest.get(f"/api/bookings/{made['id']}").json()
    assert (after["paid"], booking["total_price"]) == (total, minor)
    (payment,), (entry,), (charge,) = payments.find({}), ledger_entries.find({}), _charges()
    cash = {posting["account"]: posting["amount"] for posting in entry["postings"]}["cash"]
    assert cash == payment["captured"] == charge["captured"] == minor
    _event_says(total, minor, currency)
    assert f"Total: {written}\n" in _mail(now)
    preview = guest.get(f"/api/bookings/{made['id']}/cancellation").json()
    assert preview["refund"] + preview["non_refundable"] == total
    cancelled = {"expected_refund": preview["refund"]}
    assert guest.post(f"/api/bookings/{made['id']}/cancel", cancelled).status_code == 200


def _charges():
    return sandbox_charges.find({})


def _event_says(total, minor, currency):
    (created,) = outbox_messages.find({"payload.event_type": "booking_created"})
    event = BookingCreated.from_payload(created["payload"])
    assert (event.total_price, event.currency) == (total, currency)
    booking_facts.bulk_write([fact_of(event)])
    (fact,) = booking_facts.find({})
    assert fact["total"] == minor


def _mail(now):
    query = {"payload.event_type": "booking_status_updated"}
    (changed, *_) = outbox_messages.find(query)
    event = BookingStatusUpdated.from_payload(changed["payload"])
    mongo.run_in_transaction(lambda: guest_notify_confirmation(event, now=now))
    (asked,) = outbox_messages.find({"payload.kind": "booking_confirmed"})
    event = NotificationRequested.from_payload(asked["payload"])
    mongo.run_in_transaction(lambda: deliver(event, now=now))
    (email,) = emails.find({"kind": "booking_confirmed"})
    preference = delivery_preference(email["user_id"], "booking_confirmed")
    return email_message(email, preference, now=now).body


@pytest.mark.parametrize(("currency", "status"), [("JPY", 409), ("EUR", 201)])
def test_a_quote_in_hundredths_has_expired_where_they_are_none(
    host, guest, make_listing, nights, currency, status
):
    """It is of an older release, which named no decimals."""
    listing_id = listed(host, make_listing, currency, 100)
    asked = {"listing_id": str(listing_id), **nights, "guest_count": 1}
    quoted = guest.get("/api/bookings/quote", **asked).json()
    said = SIGNER.unsign_object(quoted["quote_token"])
    older = {name: value for name, value in said.items() if name != "digits"}
    token = SIGNER.sign_object(older, compress=True)
    reply = guest.post("/api/bookings", {**asked, "quote_token": token})
    assert reply.status_code == status
    if status == 409:
        assert reply.json()["error"]["code"] == "QUOTE_EXPIRED"


@pytest.mark.parametrize(
    ("currency", "amount", "sentence"),
    [
        ("JPY", 0.5, "JPY has no decimals: give a whole amount."),
        ("EUR", 1.005, "EUR has 2 decimals: give at most 2."),
        ("KWD", 1.0005, "No currency has more than 3 decimals."),
    ],
)
def test_an_amount_with_too_many_decimals_names_how_many_there_may_be(
    host, guest, anonymous, make_listing, nights, currency, amount, sentence
):
    listing_id = listed(host, make_listing, currency, 100)
    asked = {"listing_id": str(listing_id), **nights, "guest_count": 1}
    made = guest.post("/api/bookings", asked).json()
    before = bookings.find_one({})
    search = {**HERE, "currency": currency, "min_price": amount}
    replies = {
        "expected_refund": guest.post(
            f"/api/bookings/{made['id']}/cancel", {"expected_refund": amount}
        ),
        "min_price": anonymous.get("/api/properties/search", search),
        "max_price_per_night": guest.put(
            "/api/traveler/preferences", {"max_price_per_night": amount, "currency": currency}
        ),
    }
    for name, reply in replies.items():
        assert (reply.status_code, reply.json()["error"]["fields"]) == (400, {name: [sentence]})
    assert bookings.find_one({}) == before
