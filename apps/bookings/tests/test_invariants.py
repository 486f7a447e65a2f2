"""The oracle finds each kind of breach, and nothing where there is none."""

import datetime as dt
from collections import Counter

import pytest
from bson import Binary, ObjectId
from django.core.management import call_command

from apps.bookings.enums import Action, Actor
from apps.bookings.invariants import breaches
from apps.bookings.rows import bookings, holds, idempotency_keys
from apps.bookings.services import booking_change
from apps.common.json import dumps
from apps.events.rows import outbox_messages
from apps.payments.rows import ledger_entries, payment_commands, payments
from apps.properties.enums import ClaimKind
from apps.properties.nights import claim_row, midnight, nights_of
from apps.properties.rows import night_claims

CLAIMS = "bookings whose claims are not exactly their nights"
ORPHANS = "claims without an active owner"
HISTORY = "bookings with a history that the state table does not allow"
EVENTS = "bookings with a change without its event, or the reverse"
UNCHARGED = "bookings that are confirmed and not charged their price"
MONEY = "bookings whose paid and refunded are not those of their payments"
CASH = "bookings whose cash in the ledger is not theirs"
HOLDS = "holds whose claims are not exactly their nights"
PROPOSALS = "proposed alterations whose new nights are not held"
OVERDRAWN = "payments with more captured or refunded than there was"


@pytest.fixture
def booked(book, now):
    """One pending, one confirmed, one cancelled."""
    made = [book(days=30), book(days=40), book(days=50)]
    for booking, action in zip(made[1:], (Action.ACCEPT, Action.CANCEL), strict=True):
        booking_change(booking_id=booking["_id"], action=action, actor=Actor.OWNER, now=now)
    return [booking["_id"] for booking in made]


def found(now):
    return {name: ids for name, ids in breaches(now=now).items() if ids}


def change(handle, row_id, **values):
    assert handle.update_one({"_id": row_id}, {"$set": values}).modified_count == 1


def claim(listing_id, first, nights, **owner):
    days = nights_of(first, first + dt.timedelta(days=nights))
    night_claims.insert_many([claim_row(listing_id, night, **owner) for night in days])


def test_what_the_services_do_breaks_nothing(booked, now, capsys):
    assert found(now) == {}
    call_command("verify_bookings")
    assert capsys.readouterr().out.startswith("3 bookings\n     0  stays of one listing")


def test_a_breach_ends_the_command_with_1(booked, capsys):
    night_claims.delete_one({"owner_id": str(booked[0])})
    with pytest.raises(SystemExit) as ended:
        call_command("verify_bookings")
    assert ended.value.code == 1
    assert f"     1  {CLAIMS}: {booked[0]}" in capsys.readouterr().out


def test_overlap(booked, now):
    copy = bookings.find_one({"_id": booked[1]})
    copy.update(_id=ObjectId(), check_in=copy["check_in"] + dt.timedelta(days=1))
    bookings.insert_one(copy)
    assert found(now)["stays of one listing that overlap"] == [str(copy["_id"])]


def test_a_lost_claim_and_a_left_over_one(booked, now):
    night_claims.delete_one({"owner_id": str(booked[0])})
    night_claims.update_many({"owner_id": str(booked[1])}, {"$set": {"owner_id": "gone"}})
    assert found(now) == {CLAIMS: [str(i) for i in booked[:2]], ORPHANS: ["gone"]}


def test_a_claim_too_many(booked, now, listing_id):
    booking = bookings.find_one({"_id": booked[0]})
    owner = {"kind": ClaimKind.BOOKING, "owner_id": str(booked[0])}
    claim(listing_id, booking["check_out"].date(), 1, **owner)
    assert found(now) == {CLAIMS: [str(booked[0])]}


def test_a_claim_on_another_listing(booked, now, make_listing):
    night_claims.update_one({"owner_id": str(booked[0])}, {"$set": {"listing_id": make_listing()}})
    assert found(now)[CLAIMS] == [str(booked[0])]


def test_a_claim_of_a_booking_that_would_lapse(booked, now):
    night_claims.update_many(
        {"owner_id": str(booked[0])}, {"$set": {"expires_at": now + dt.timedelta(hours=1)}}
    )
    assert found(now) == {CLAIMS: [str(booked[0])]}


def test_claims_of_a_cancelled_booking(booked, now, listing_id, today):
    owner = {"kind": ClaimKind.BOOKING, "owner_id": str(booked[2])}
    claim(listing_id, today + dt.timedelta(days=50), 2, **owner)
    assert found(now) == {CLAIMS: [str(booked[2])]}


@pytest.mark.parametrize(
    ("prep_nights", "after", "is_found"), [(1, 0, []), (1, 1, [0]), (0, 0, [0])]
)
def test_nights_to_prepare(booked, now, listing_id, prep_nights, after, is_found):
    """They are within the nights that the booking says, and need not be all of them."""
    change(bookings, booked[0], updated_at=now + dt.timedelta(days=1), prep_nights=prep_nights)
    out = bookings.find_one({"_id": booked[0]})["check_out"].date()
    owner = {"kind": ClaimKind.PREP, "owner_id": str(booked[0])}
    claim(listing_id, out + dt.timedelta(days=after), 1, **owner)
    assert found(now).get(CLAIMS, []) == [str(booked[place]) for place in is_found]


def test_a_key_that_is_not_its_night(booked, now):
    row = night_claims.collection.find_one_and_delete({"owner_id": str(booked[0])})
    night_claims.insert_one({**row, "_id": f"{row['_id']}#2"})
    assert found(now) == {"claims whose key is not their listing and night": [f"{row['_id']}#2"]}


@pytest.fixture
def hold(guest, listing_id, now, today):
    first = today + dt.timedelta(days=60)
    until = now + dt.timedelta(minutes=15)
    row = {
        "_id": ObjectId(),
        "guest_id": guest.id,
        "slot": 0,
        "listing_id": listing_id,
        "check_in": midnight(first),
        "check_out": midnight(first + dt.timedelta(days=2)),
        "expires_at": until,
        "created_at": now,
    }
    holds.insert_one(row)
    owner = {"owner_id": f"hold:{row['_id']}", "expires_at": until}
    claim(listing_id, first, 2, kind=ClaimKind.HOLD, **owner)
    claim(listing_id, first + dt.timedelta(days=2), 1, kind=ClaimKind.PREP, **owner)
    return row


def test_a_hold(hold, now):
    assert found(now) == {}
    assert found(now + dt.timedelta(minutes=16)) == {}


def test_a_hold_without_one_of_its_nights(hold, now):
    night_claims.delete_one({"kind": "hold"})
    assert found(now) == {HOLDS: [str(hold["_id"])]}


def test_a_hold_that_never_lapses(hold, now):
    night_claims.update_many({}, {"$set": {"expires_at": None}})
    assert found(now) == {HOLDS: [str(hold["_id"])]}


def test_claims_of_a_hold_that_is_gone(hold, now):
    holds.delete_many({})
    assert found(now) == {ORPHANS: [f"hold:{hold['_id']}"]}
    assert found(now + dt.timedelta(minutes=16)) == {}


@pytest.fixture
def proposal(booked, guest, today):
    """A confirmed stay of two nights from day 40 on, to be moved by one day."""
    first = today + dt.timedelta(days=41)
    dates = {"check_in": str(first), "check_out": str(first + dt.timedelta(days=2))}
    reply = guest.post(f"/api/bookings/{booked[1]}/alter", dates)
    assert reply.status_code == 200, reply.content
    return booked[1]


def test_a_proposed_alteration(proposal, now):
    assert found(now) == {}
    assert found(now + dt.timedelta(hours=25)) == {}


def test_a_proposed_alteration_without_its_night(proposal, now):
    night_claims.delete_one({"kind": "hold"})
    assert found(now) == {PROPOSALS: [str(proposal)]}


def test_an_alteration_that_ended_without_a_change(proposal, now):
    change(bookings, proposal, alteration=None)
    assert found(now) == {PROPOSALS: [str(proposal)], HISTORY: [str(proposal)]}


def test_an_answer_to_no_proposal(proposal, now):
    bookings.update_one({"_id": proposal}, {"$set": {"history.2.action": "refuse"}})
    assert found(now) == {HISTORY: [str(proposal)]}


def test_calendars(now, listing_id, make_listing, today):
    """A block is the listing's own, and another calendar may be called anything."""
    claim(listing_id, today, 1, kind=ClaimKind.BLOCK, owner_id=f"block:{listing_id}")
    claim(make_listing(), today, 1, kind=ClaimKind.EXTERNAL, owner_id="import:somewhere")
    assert found(now) == {}
    claim(make_listing(), today, 1, kind=ClaimKind.BLOCK, owner_id=f"block:{listing_id}")
    claim(ObjectId(), today, 1, kind=ClaimKind.EXTERNAL, owner_id="import:nowhere")
    assert Counter(found(now)[ORPHANS]) == Counter([f"block:{listing_id}", "import:nowhere"])


def test_a_change_past_the_state_table(booked, now):
    bookings.update_one({"_id": booked[2]}, {"$set": {"history.1.actor": "system"}})
    assert found(now) == {HISTORY: [str(booked[2])]}


def test_a_version_that_counts_no_change(booked, now):
    change(bookings, booked[0], version=2)
    assert found(now) == {HISTORY: [str(booked[0])]}


def test_a_lost_event_and_one_without_its_booking(booked, now):
    outbox_messages.delete_one({"aggregate_id": f"booking:{booked[1]}", "version": 1})
    outbox_messages.update_one({"version": 1}, {"$set": {"aggregate_id": "booking:gone"}})
    assert found(now) == {
        EVENTS: [str(i) for i in booked[:2]],
        "events without their booking": ["gone"],
    }


def test_an_event_of_another_state(booked, now):
    outbox_messages.update_one(
        {"aggregate_id": f"booking:{booked[1]}", "version": 2},
        {"$set": {"payload.new_status": "declined"}},
    )
    assert found(now) == {EVENTS: [str(booked[1])]}


def test_an_event_of_no_change(booked, now):
    row = outbox_messages.find_one({"aggregate_id": f"booking:{booked[0]}"})
    outbox_messages.insert_one({**row, "_id": "more", "version": 2})
    assert found(now) == {EVENTS: [str(booked[0])]}


def test_events_are_kept_for_a_week_only(booked, now):
    outbox_messages.delete_many({"version": 1})
    at = now - dt.timedelta(days=8)
    bookings.update_many({}, {"$set": {"history.0.at": at}})
    assert found(now) == {}
    outbox_messages.delete_many({"aggregate_id": f"booking:{booked[1]}"})
    assert found(now) == {EVENTS: [str(booked[1])]}


@pytest.fixture
def paid(booked, guest, now):
    """The confirmed booking with its payment, captured, and 10.00 of it refunded."""
    return charge(booked[1], guest, now)


def charge(booking_id, guest, now):
    """Stores a payment that is captured to the price and 1,000 more, which are refunded."""
    payments.delete_many({"booking_id": booking_id})
    payment_commands.delete_many({"booking_id": booking_id})
    ledger_entries.delete_many({"booking_id": booking_id})
    price = bookings.find_one({"_id": booking_id})["total_price"]
    payment = {
        "_id": ObjectId(),
        "booking_id": booking_id,
        "guest_id": guest.id,
        "provider_ref": "ch_1",
        "status": "captured",
        "amount": price + 1000,
        "captured": price + 1000,
        "refunded": 1000,
    }
    payments.insert_one(payment)
    for kind, amount, sign in (("capture", price + 1000, 1), ("refund", 1000, -1)):
        command = {
            "_id": ObjectId(),
            "booking_id": booking_id,
            "payment_id": payment["_id"],
            "kind": kind,
            "amount": amount,
            "status": "done",
        }
        payment_commands.insert_one(command)
        postings = [
            {"account": "cash", "amount": sign * amount},
            {"account": "fees", "amount": -sign * amount},
        ]
        entry = {"_id": command["_id"], "booking_id": booking_id, "currency": "SGD"}
        ledger_entries.insert_one({**entry, "postings": postings})
    values = {"paid": price + 1000, "refunded": 1000, "payment_status": "paid"}
    bookings.update_one({"_id": booking_id}, {"$set": {**values, "policy": {"name": "firm"}}})
    return {"payment": payment["_id"], "booking": booking_id}


def test_money_that_agrees(paid, now):
    assert found(now) == {}


def test_a_confirmed_booking_that_nobody_is_charged_for(paid, now):
    payment_commands.update_many({"kind": "capture"}, {"$set": {"status": "due"}})
    payment_commands.update_many({"kind": "refund"}, {"$set": {"amount": 999}})
    assert found(now)[UNCHARGED] == [str(paid["booking"])]


def test_a_charge_that_is_due_is_one(paid, now):
    payment_commands.update_many({}, {"$set": {"status": "due"}})
    assert UNCHARGED not in found(now)


@pytest.mark.parametrize("wrong", [{"paid": 1}, {"refunded": 0}, {"payment_status": "refunded"}])
def test_a_booking_that_says_another_amount(paid, now, wrong):
    change(bookings, paid["booking"], **wrong)
    assert found(now) == {MONEY: [str(paid["booking"])]}


def test_a_payment_that_no_command_moved(paid, now):
    payment_commands.update_many({"kind": "refund"}, {"$set": {"status": "failed"}})
    assert found(now) == {MONEY: [str(paid["booking"])]}


def test_money_that_is_not_in_the_ledger(paid, now):
    ledger_entries.delete_one({"postings.amount": 1000})
    assert found(now) == {CASH: [str(paid["booking"])]}


def test_an_entry_that_does_not_sum_to_zero(paid, now):
    entry = ledger_entries.find_one({})
    change(ledger_entries, entry["_id"], **{"postings.1.amount": 1})
    assert found(now) == {
        "ledger entries that do not sum to zero": [str(entry["_id"])],
        "currencies whose ledger does not sum to zero": ["SGD"],
    }


def test_a_payment_that_is_overdrawn(paid, now):
    change(payments, paid["payment"], amount=5)
    assert found(now) == {OVERDRAWN: [str(paid["payment"])]}


def test_a_payment_of_no_booking_that_was_taken(now):
    row = {"_id": ObjectId(), "booking_id": None, "amount": 5, "captured": 5, "refunded": 0}
    payments.insert_one(row)
    assert found(now) == {OVERDRAWN: [str(row["_id"])]}


def key(name, booking_id, **values):
    body = Binary(dumps({"id": str(booking_id), "payment_status": "unpaid"}))
    row = {"_id": f"user:{name}", "fingerprint": "0", "status": 201, "body": body}
    idempotency_keys.insert_one({**row, **values})


def test_keys_of_bookings(booked, now):
    key("first", booked[0])
    key("running", booked[1], status=None, body=None)
    assert found(now) == {}


def test_a_key_whose_booking_was_lost(booked, now):
    key("lost", ObjectId())
    assert found(now) == {"idempotency keys whose booking does not exist": ["user:lost"]}


def test_two_keys_of_one_booking_and_half_an_answer(booked, now):
    key("first", booked[0])
    key("second", booked[0])
    key("half", booked[1], body=None)
    assert found(now) == {
        "idempotency keys with two results": ["user:first", "user:second", "user:half"]
    }
