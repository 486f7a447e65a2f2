import datetime as dt
import random
import zoneinfo
from collections import Counter

import pytest
from bson import ObjectId
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.bookings.enums import Action, Actor
from apps.bookings.policies import (
    check_in_at,
    deadlines,
    grace_until,
    policy_of,
    refund,
    summary,
)
from apps.bookings.rows import bookings
from apps.bookings.services import booking_change, booking_request, stays_remind
from apps.bookings.services.charges import refund_allocation
from apps.common.money import units_of
from apps.payments.enums import Command
from apps.payments.rows import ledger_entries, sandbox_charges
from apps.payments.services import commands_execute
from apps.payments.services.ledger import allocation_of, postings
from apps.payments.services.plan import BookingPayments, commands_planned
from apps.properties.enums import CancellationPolicy
from apps.properties.pricing import stay_price
from apps.properties.tests.test_pricing import TERMS

ZONES = sorted(zoneinfo.available_timezones())
CHECK_IN = dt.date(2027, 6, 30)
UTC = dt.UTC


def booked(policy="moderate", *, zone="Asia/Singapore", at=dt.datetime(2027, 1, 1, tzinfo=UTC)):
    """Three nights at 100 less 10 %, 40 to clean, 37.20 for us, 6 tax: 353.20."""
    lines = [
        ("NIGHTS", 30_000),
        ("LENGTH_DISCOUNT", -3_000),
        ("CLEANING_FEE", 4_000),
        ("SERVICE_FEE", 3_720),
        ("OCCUPANCY_TAX", 600),
    ]
    return {
        "status": "confirmed",
        "check_in": dt.datetime.combine(CHECK_IN, dt.time()),
        "created_at": at,
        "policy": policy_of({"cancellation_policy": policy, "time_zone": zone}),
        "currency": "EUR",
        "lines": [{"code": code, "label": code, "amount": amount} for code, amount in lines],
        "total_price": 35_320,
    }


# At check-in less so many days, at 15:00 in Singapore: nights, discount and fee by the tier, the
# cleaning and the tax in full.
TIERS = [
    ("flexible", 1, 100, 35_320),
    ("flexible", 0.9, 0, 4_600),
    ("moderate", 5, 100, 35_320),
    ("moderate", 4.9, 50, 19_960),
    ("moderate", 1, 50, 19_960),
    ("moderate", 0.9, 0, 4_600),
    ("firm", 30, 100, 35_320),
    ("firm", 29, 50, 19_960),
    ("firm", 6.9, 0, 4_600),
    ("strict", 60, 100, 35_320),
    ("strict", 14, 50, 19_960),
    ("strict", 13.9, 0, 4_600),
    ("strict", 0, 0, 0),
    ("flexible", -1, 0, 0),
]


@pytest.mark.unit
@pytest.mark.parametrize(("policy", "days", "percent", "amount"), TIERS)
def test_the_tiers_of_the_policies(policy, days, percent, amount):
    at = dt.datetime(2027, 6, 30, 7, tzinfo=UTC) - dt.timedelta(days=days)
    back = refund(booked(policy), actor=Actor.GUEST, at=at)
    assert (back.percent, back.amount) == (percent, amount)
    assert sum(line["amount"] for line in back.lines) == amount


@pytest.mark.unit
def test_within_a_day_of_booking_all_comes_back_unless_the_stay_is_near():
    late = dt.datetime(2027, 6, 16, 7, tzinfo=UTC)
    in_time = refund(booked("strict", at=late), actor=Actor.GUEST, at=late + dt.timedelta(days=1))
    assert in_time.amount == 35_320
    second = dt.timedelta(days=1, seconds=1)
    assert refund(booked("strict", at=late), actor=Actor.GUEST, at=late + second).percent == 0
    later = late + dt.timedelta(seconds=1)
    assert refund(booked("strict", at=later), actor=Actor.GUEST, at=later).percent == 0


@pytest.mark.unit
def test_whom_the_host_or_we_cancel_on_gets_everything_back():
    after_check_in = dt.datetime(2027, 7, 1, tzinfo=UTC)
    for actor in (Actor.OWNER, Actor.STAFF):
        assert refund(booked("strict"), actor=actor, at=after_check_in).amount == 35_320


@pytest.mark.unit
def test_a_deadline_is_on_the_wall_clock_of_the_place():
    """Berlin's clocks go forward on 28 March 2027: the day before has 23 hours to it."""
    policy = policy_of({"cancellation_policy": "flexible", "time_zone": "Europe/Berlin"})
    [tier] = deadlines(policy, dt.date(2027, 3, 29))
    assert tier["until"] == dt.datetime(2027, 3, 28, 13, tzinfo=UTC)
    [tier] = deadlines(policy, dt.date(2027, 3, 28))
    assert tier["until"] == dt.datetime(2027, 3, 27, 14, tzinfo=UTC)


@pytest.mark.unit
def test_a_policy_in_a_sentence():
    assert summary(policy_of({"cancellation_policy": "firm", "time_zone": "UTC"})) == (
        "Firm: 100 % back until 30 days before check-in, 50 % back until 7 days before check-in."
    )


@pytest.mark.unit
@given(
    policy=st.sampled_from(CancellationPolicy.values),
    zone=st.sampled_from(ZONES),
    check_in=st.dates(dt.date(2026, 1, 1), dt.date(2032, 1, 1)),
    nights=st.integers(1, 40),
    price=st.integers(1, 10_000_000),
    discount=st.integers(0, 90),
    tax=st.integers(0, 10_000),
    booked_before=st.timedeltas(dt.timedelta(), dt.timedelta(days=200)),
    cancelled_before=st.timedeltas(dt.timedelta(days=-3), dt.timedelta(days=200)),
)
@settings(max_examples=300)
def test_a_refund_sums_up_falls_with_time_and_never_is_more_than_was_paid(
    policy, zone, check_in, nights, price, discount, tax, booked_before, cancelled_before
):
    kept = policy_of({"cancellation_policy": policy, "time_zone": zone})
    begins = check_in_at(kept, check_in)
    terms = {
        **TERMS,
        "price_per_night": price,
        "weekly_discount_percent": discount,
        "tax_per_person_night": tax,
    }
    made = stay_price(
        terms, check_in=check_in, check_out=check_in + dt.timedelta(days=nights), guest_count=2
    )
    booking = {
        **booked(),
        "check_in": dt.datetime.combine(check_in, dt.time()),
        "created_at": begins - booked_before,
        "policy": kept,
        "currency": "EUR",
        "lines": made.lines,
        "total_price": made.total,
    }
    at = max(begins - cancelled_before, booking["created_at"])
    back = refund(booking, actor=Actor.GUEST, at=at)
    assert back.amount == sum(line["amount"] for line in back.lines)
    assert 0 <= back.amount <= made.total
    later = refund(booking, actor=Actor.GUEST, at=at + dt.timedelta(hours=7))
    assert later.amount <= back.amount
    local = begins.astimezone(zoneinfo.ZoneInfo(zone))
    assert abs(local.replace(tzinfo=None) - dt.datetime.combine(check_in, dt.time(15))) <= (
        dt.timedelta(days=1)
    )
    until = grace_until(kept, check_in, booking["created_at"])
    if until and at <= until:
        assert back.amount == made.total


def _drawn(rng):
    """A confirmed and paid booking, and an instant in its life."""
    kept = policy_of(
        {
            "cancellation_policy": rng.choice(CancellationPolicy.values),
            "time_zone": rng.choice(ZONES),
            "check_in_time": f"{rng.randrange(24):02d}:30",
        }
    )
    check_in = dt.date(2026, 1, 1) + dt.timedelta(days=rng.randrange(2000))
    terms = {
        **TERMS,
        "price_per_night": rng.randint(1, 100_000),
        "cleaning_fee": rng.choice([0, 3_333]),
        "weekly_discount_percent": rng.choice([0, 7, 50]),
        "tax_per_person_night": rng.choice([0, 111]),
    }
    check_out = check_in + dt.timedelta(days=rng.randint(1, 20))
    made = stay_price(terms, check_in=check_in, check_out=check_out, guest_count=3)
    begins = check_in_at(kept, check_in)
    booked_at = begins - dt.timedelta(hours=rng.randrange(24 * 100))
    booking = {
        **booked(),
        "_id": ObjectId(),
        "host_id": ObjectId(),
        "check_in": dt.datetime.combine(check_in, dt.time()),
        "created_at": booked_at,
        "policy": kept,
        "currency": "EUR",
        "lines": made.lines,
        "total_price": made.total,
    }
    at = booked_at + dt.timedelta(seconds=rng.randrange(100 * 86_400))
    return booking, at


def test_ten_thousand_previews_are_what_the_provider_is_asked_to_pay_back():
    """By the plan that the services carry out: the refund, its postings, what stays taken."""
    rng = random.Random(20261123)
    percents = Counter()
    for _ in range(10_000):
        booking, at = _drawn(rng)
        preview = refund(booking, actor=Actor.GUEST, at=at)
        price = allocation_of(booking["lines"], host_id=booking["host_id"])
        payment = {"_id": ObjectId(), "amount": booking["total_price"], "status": "captured"}
        capture = {
            "payment_id": payment["_id"],
            "kind": Command.CAPTURE,
            "amount": booking["total_price"],
            "postings": postings(price),
        }
        payments = BookingPayments([payment], [capture])
        kept = payments.kept_after(refund_allocation(booking, Actor.GUEST, at))

        asked = commands_planned(payments, kept)

        assert sum(ask.amount for ask in asked) == preview.amount
        assert all(ask.kind is Command.REFUND for ask in asked)
        for ask in asked:
            assert sum(posting["amount"] for posting in ask.postings) == 0
        percents[preview.percent] += 1
    assert min(percents[percent] for percent in (0, 50, 100)) > 500


@given(
    policy=st.sampled_from(CancellationPolicy.values),
    days=st.integers(1, 90),
    hours=st.integers(0, 24 * 90),
    nights=st.integers(1, 10),
    guests=st.integers(1, 4),
    tax=st.sampled_from([0, 333]),
    weekly=st.sampled_from([0, 15]),
)
@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_the_preview_says_is_what_is_paid_back(
    guest, make_listing, now, policy, days, hours, nights, guests, tax, weekly
):
    """Through the services, the sandbox's bank and the ledger."""
    listing_id = make_listing(
        cancellation_policy=policy,
        price_per_night=12_345,
        tax_per_person_night=tax,
        weekly_discount_percent=weekly,
    )
    first = now.date() + dt.timedelta(days=days)
    booking_id = booking_request(
        guest_id=guest.id,
        listing_id=listing_id,
        check_in=first,
        check_out=first + dt.timedelta(days=nights),
        guest_count=guests,
        now=now,
    ).reply.id
    change = {"booking_id": booking_id}
    booking_change(**change, action=Action.ACCEPT, actor=Actor.OWNER, now=now)
    at = now + dt.timedelta(hours=hours)
    commands_execute(now=at)
    stored = bookings.find_one({"_id": booking_id})
    preview = refund(stored, actor=Actor.GUEST, at=at)

    booking_change(
        **change,
        action=Action.CANCEL,
        actor=Actor.GUEST,
        now=at,
        expected_refund=units_of(preview.amount, stored["currency"]),
    )
    commands_execute(now=at + dt.timedelta(days=1))

    after = bookings.find_one({"_id": booking_id})
    assert (after["paid"], after["refunded"]) == (stored["total_price"], preview.amount)
    charge = sandbox_charges.find_one({}, sort=[("_id", -1)])
    assert charge["refunded"] == preview.amount
    entries = ledger_entries.find({"booking_id": booking_id})
    postings = [posting for entry in entries for posting in entry["postings"]]
    assert sum(posting["amount"] for posting in postings) == 0
    cash = sum(posting["amount"] for posting in postings if posting["account"] == "cash")
    assert cash == stored["total_price"] - preview.amount


@pytest.fixture
def confirmed(book, now):
    booking = book()
    booking_change(booking_id=booking["_id"], action=Action.ACCEPT, actor=Actor.OWNER, now=now)
    return booking["_id"]


def _stored(booking_id):
    return bookings.find_one({"_id": ObjectId(booking_id)})


def test_a_guest_looks_and_cancels(guest, confirmed):
    preview = guest.get(f"/api/bookings/{confirmed}/cancellation").json()
    assert (preview["refund"], preview["paid"], preview["non_refundable"]) == (302.4, 302.4, 0.0)
    assert preview["reason"] == "Full refund: within 24 hours of booking."
    assert sum(line["amount"] for line in preview["lines"]) == pytest.approx(302.4)

    url, before = f"/api/bookings/{confirmed}/cancel", _stored(confirmed)
    changed = guest.post(url, {"expected_refund": 100.0})
    assert (changed.status_code, changed.json()["error"]["code"]) == (409, "REFUND_CHANGED")
    assert changed.json()["error"]["details"] == {"refund": 302.4}
    assert guest.post(url, {"version": 1}).status_code == 412
    assert guest.post(url, {"expected_refund": {"$gt": 0}}).status_code == 400
    assert _stored(confirmed) == before

    done = guest.post(url, {"expected_refund": preview["refund"], "version": 2})
    assert done.status_code == 200
    stored = _stored(confirmed)
    assert (stored["refunded"], stored["payment_status"]) == (30_240, "refunded")
    over = guest.get(f"/api/bookings/{confirmed}/cancellation")
    assert (over.status_code, over.json()["error"]["code"]) == (409, "INVALID_TRANSITION")


def test_nobody_else_sees_what_comes_back(confirmed, make_person, anonymous):
    url = f"/api/bookings/{confirmed}/cancellation"
    assert make_person("traveler").get(url).status_code == 404
    assert anonymous.get(url).status_code == 401


def test_of_a_request_nothing_was_taken(guest, book):
    preview = guest.get(f"/api/bookings/{book()['_id']}/cancellation").json()
    assert (preview["refund"], preview["paid"], preview["lines"]) == (0.0, 0.0, [])


def test_a_host_answers_what_they_have_seen(host, book):
    booking = book()
    url = f"/api/owner/bookings/{booking['_id']}"
    stale = host.post(f"{url}/accept", {"version": 2})
    assert (stale.status_code, stale.json()["error"]["code"]) == (412, "STALE_VERSION")
    assert _stored(booking["_id"])["status"] == "pending"
    assert host.post(f"{url}/accept", {"version": 1}).json()["status"] == "confirmed"


def test_a_stay_is_reminded_of_once_within_a_day(book, now):
    booking = book(days=5)
    change = {"booking_id": booking["_id"], "actor": Actor.OWNER, "now": now}
    booking_change(**change, action=Action.ACCEPT)
    begins = check_in_at(booking["policy"], booking["check_in"].date())
    early = begins - dt.timedelta(hours=24, seconds=1)
    assert stays_remind(now=early) == 0
    assert stays_remind(now=begins - dt.timedelta(hours=20)) == 1
    assert stays_remind(now=begins - dt.timedelta(hours=19)) == 0
    stored = _stored(booking["_id"])
    assert (stored["version"], stored["history"][-1]["action"]) == (3, "remind")

    missed = book(days=9)
    booking_change(**{**change, "booking_id": missed["_id"]}, action=Action.ACCEPT)
    assert stays_remind(now=check_in_at(missed["policy"], missed["check_in"].date())) == 0
