"""What changes of a booking ask of its payments, by the sandbox bank and the real database."""

import datetime as dt
import random

import pytest

from apps.bookings.enums import Action, Actor, Status
from apps.bookings.events import change_row
from apps.bookings.rows import bookings
from apps.bookings.services.charges import payment_commands_add, payment_missing
from apps.bookings.tests.paid_bookings import (
    booking_insert,
    money,
    sound,
    sums,
)
from apps.common import mongo
from apps.payments.rows import ledger_entries, payment_commands, payments
from apps.payments.services import (
    ledger,
    payment_bind,
)
from apps.payments.tests.payment_data import (
    HOSTS,
    HOUR,
    LINES,
    TOTAL,
    authorise,
    bind,
    commands,
    line,
    rows,
    stored,
)


def test_accepting_captures(accepted, now, bank):
    assert commands(accepted) == [("capture", TOTAL, "done")]
    (payment,) = rows(payments)
    assert (payment["status"], payment["captured"], payment["refunded"]) == ("captured", TOTAL, 0)
    assert (bank()[0]["status"], bank()[0]["captured"]) == ("captured", TOTAL)
    assert money(accepted) == (TOTAL, 0, "paid")
    assert sums(accepted) == {
        "cash": TOTAL,
        f"host:{accepted['host_id']}": -HOSTS,
        "fees": -3_072,
        "tax": -400,
    }
    (entry,) = rows(ledger_entries)
    assert entry["_id"] == rows(payment_commands)[0]["_id"]
    assert (entry["text"], entry["currency"]) == ("Taken for the stay", "SGD")
    assert sound(now)


@pytest.mark.parametrize(
    ("action", "status", "actor"),
    [
        (Action.DECLINE, "declined", Actor.OWNER),
        (Action.EXPIRE, "expired", Actor.SYSTEM),
        (Action.CANCEL, "cancelled", Actor.GUEST),
    ],
)
def test_a_request_that_ends_takes_nothing(booking, change, now, bank, action, status, actor):
    change(booking, action, status=status, actor=actor)
    assert commands(booking) == [("void", TOTAL, "done")]
    assert bank()[0]["status"] == rows(payments)[0]["status"] == "voided"
    assert money(booking) == (0, 0, "unpaid")
    assert rows(ledger_entries) == []
    assert sound(now)


@pytest.mark.parametrize("actor", [Actor.OWNER, Actor.STAFF])
def test_a_host_who_cancels_gives_everything_back(accepted, change, now, bank, actor):
    change(accepted, Action.CANCEL, status="cancelled", actor=actor)
    assert commands(accepted) == [("capture", TOTAL, "done"), ("refund", TOTAL, "done")]
    assert money(accepted) == (TOTAL, TOTAL, "refunded")
    assert set(sums(accepted).values()) == {0}
    assert bank()[0]["refunded"] == TOTAL
    assert sound(now)


def test_a_guest_who_cancels_gets_what_the_policy_says(accepted, change, now, bank):
    """Moderate, three days before: half of nights, discount and fee; cleaning and tax in full."""
    at = accepted["check_in"].replace(tzinfo=dt.UTC) - dt.timedelta(days=3)
    change(accepted, Action.CANCEL, status="cancelled", actor=Actor.GUEST, at=at)
    back = 10_800 + 3_000 + 1_536 + 400
    assert commands(accepted)[1] == ("refund", back, "done")
    assert money(accepted) == (TOTAL, back, "paid")
    assert sums(accepted) == {
        "cash": TOTAL - back,
        f"host:{accepted['host_id']}": -10_800,
        "fees": -1_536,
        "tax": 0,
    }
    assert bank()[0]["refunded"] == back
    assert sound(now)


def test_nothing_comes_back_of_a_stay_that_has_begun(accepted, change, now):
    at = accepted["check_in"].replace(tzinfo=dt.UTC) + dt.timedelta(hours=16)
    change(accepted, Action.CANCEL, status="cancelled", actor=Actor.GUEST, at=at)
    assert commands(accepted) == [("capture", TOTAL, "done")]
    assert money(accepted) == (TOTAL, 0, "paid")
    assert sound(now)


def test_a_stay_that_completes_moves_nothing(accepted, change, now):
    change(accepted, Action.COMPLETE, status="completed", actor=Actor.SYSTEM)
    change(accepted, Action.REMIND, actor=Actor.SYSTEM)
    assert commands(accepted) == [("capture", TOTAL, "done")]


def test_a_booking_without_payment_asks_nobody(guest, host, listing_id, change, now):
    made = booking_insert(guest, host, listing_id, now)
    change(made, Action.ACCEPT, status="confirmed")
    change(made, Action.CANCEL, status="cancelled")
    assert commands() == []
    assert money(made) == (0, 0, "unpaid")


LONGER = [
    line("NIGHTS", 36_000, 3),
    line("CLEANING_FEE", 3_000),
    line("SERVICE_FEE", 4_680),
    line("OCCUPANCY_TAX", 600),
]
LONGER_TOTAL = 44_280
SHORTER = [line("NIGHTS", 12_000), line("CLEANING_FEE", 3_000), line("SERVICE_FEE", 1_800)]
SHORTER_TOTAL = 16_800


def altered(lines):
    return {"lines": lines, "total_price": sum(each["amount"] for each in lines)}


def test_a_request_that_grew_is_captured_from_both_payments(booking, change, guest, now, bank):
    assert payment_missing(booking, total=LONGER_TOTAL) == LONGER_TOTAL - TOTAL
    bind(authorise(guest, now + HOUR, amount=LONGER_TOTAL - TOTAL), booking, now)
    assert payment_missing(booking, total=LONGER_TOTAL) == 0
    change(booking, Action.ALTER, actor=Actor.GUEST, **altered(LONGER))
    assert commands(booking) == []
    change(booking, Action.ACCEPT, status="confirmed")
    assert commands(booking) == [
        ("capture", TOTAL, "done"),
        ("capture", LONGER_TOTAL - TOTAL, "done"),
    ]
    assert money(booking) == (LONGER_TOTAL, 0, "paid")
    assert sums(booking) == {
        "cash": LONGER_TOTAL,
        f"host:{booking['host_id']}": -39_000,
        "fees": -4_680,
        "tax": -600,
    }
    assert sound(now)


def test_a_request_that_shrank_is_captured_in_part_and_its_other_payment_void(
    booking, change, guest, now, bank
):
    bind(authorise(guest, now + HOUR, amount=500), booking, now)
    change(booking, Action.ALTER, actor=Actor.GUEST, **altered(SHORTER))
    change(booking, Action.ACCEPT, status="confirmed")
    assert commands(booking) == [("capture", SHORTER_TOTAL, "done"), ("void", 500, "done")]
    assert [(row["status"], row["captured"]) for row in bank()] == [
        ("captured", SHORTER_TOTAL),
        ("voided", 0),
    ]
    assert money(booking) == (SHORTER_TOTAL, 0, "paid")
    assert sound(now)


def test_a_confirmed_stay_that_grows_captures_the_difference(accepted, change, guest, now):
    assert payment_missing(accepted, total=LONGER_TOTAL) == LONGER_TOTAL - TOTAL
    bind(authorise(guest, now + HOUR, amount=LONGER_TOTAL - TOTAL), accepted, now)
    change(accepted, Action.ALTER, actor=Actor.GUEST, **altered(LONGER))
    assert commands(accepted)[1:] == [("capture", LONGER_TOTAL - TOTAL, "done")]
    assert money(accepted) == (LONGER_TOTAL, 0, "paid")
    assert sums(accepted)["fees"] == -4_680
    change(accepted, Action.CANCEL, status="cancelled", actor=Actor.OWNER)
    assert commands(accepted)[2:] == [
        ("refund", LONGER_TOTAL - TOTAL, "done"),
        ("refund", TOTAL, "done"),
    ]
    assert money(accepted) == (LONGER_TOTAL, LONGER_TOTAL, "refunded")
    assert set(sums(accepted).values()) == {0}
    assert sound(now)


def test_a_confirmed_stay_that_shrinks_refunds_the_difference(accepted, change, now):
    change(accepted, Action.ALTER, actor=Actor.GUEST, **altered(SHORTER))
    assert commands(accepted)[1:] == [("refund", TOTAL - SHORTER_TOTAL, "done")]
    assert money(accepted) == (TOTAL, TOTAL - SHORTER_TOTAL, "paid")
    assert sums(accepted) == {
        "cash": SHORTER_TOTAL,
        f"host:{accepted['host_id']}": -15_000,
        "fees": -1_800,
        "tax": 0,
    }
    assert sound(now)


def test_the_same_price_for_other_things_moves_what_is_owed_once(accepted, change, now):
    other = [line("NIGHTS", 24_572), line("SERVICE_FEE", 3_500)]
    assert sum(each["amount"] for each in other) == TOTAL
    for _ in range(2):
        change(accepted, Action.ALTER, actor=Actor.GUEST, **altered(other))
    assert commands(accepted) == [("capture", TOTAL, "done")]
    assert sums(accepted) == {
        "cash": TOTAL,
        f"host:{accepted['host_id']}": -24_572,
        "fees": -3_500,
        "tax": 0,
    }
    assert [entry["text"] for entry in rows(ledger_entries)] == ["Taken for the stay", "Altered"]
    assert sound(now)


@pytest.mark.parametrize(
    ("action", "actor"),
    [
        (Action.REFUSE, Actor.OWNER),
        (Action.WITHDRAW, Actor.GUEST),
        (Action.LAPSE, Actor.SYSTEM),
    ],
)
def test_a_proposal_reserves_until_it_is_answered(accepted, change, guest, now, action, actor):
    bind(authorise(guest, now, amount=16_208), accepted, now)
    change(accepted, Action.PROPOSE, actor=Actor.GUEST)
    assert commands(accepted)[1:] == []
    change(accepted, action, actor=actor)
    assert commands(accepted)[1:] == [("void", 16_208, "done")]
    assert money(accepted) == (TOTAL, 0, "paid")
    assert sound(now)


def test_an_agreed_proposal_is_captured(accepted, change, guest, now):
    bind(authorise(guest, now, amount=LONGER_TOTAL - TOTAL), accepted, now)
    change(accepted, Action.PROPOSE, actor=Actor.GUEST)
    change(accepted, Action.AGREE, **altered(LONGER))
    assert commands(accepted)[1:] == [("capture", LONGER_TOTAL - TOTAL, "done")]
    assert money(accepted) == (LONGER_TOTAL, 0, "paid")
    assert sound(now)


def test_a_cancelled_stay_lets_its_proposal_go(accepted, change, guest, now):
    bind(authorise(guest, now, amount=16_208), accepted, now)
    change(accepted, Action.PROPOSE, actor=Actor.GUEST)
    change(accepted, Action.CANCEL, status="cancelled", actor=Actor.OWNER)
    assert commands(accepted)[1:] == [("refund", TOTAL, "done"), ("void", 16_208, "done")]
    assert sound(now)


def test_binding_and_charging_in_one_transaction(guest, host, listing_id, now):
    """As an instant booking does it."""
    payment = authorise(guest, now)
    before = booking_insert(guest, host, listing_id, now)

    def transaction():
        payment_bind(payment["_id"], booking_id=before["_id"], now=now)
        change = change_row(Action.ACCEPT, "pending", Status.CONFIRMED, Actor.SYSTEM, None, now)
        payment_commands_add(before, {**before, "status": "confirmed"}, change, now=now)

    mongo.run_in_transaction(transaction)
    assert commands(before) == [("capture", TOTAL, "done")]
    assert money(before) == (TOTAL, 0, "paid")


def test_lines_of_the_data_are_consistent():
    assert sum(each["amount"] for each in LINES) == TOTAL
    assert sum(each["amount"] for each in LONGER) == LONGER_TOTAL
    assert sum(each["amount"] for each in SHORTER) == SHORTER_TOTAL


def test_a_stay_without_payment_that_grows_pays_the_difference(
    guest, host, listing_id, change, now
):
    """As bookings of before there were payments."""
    made = booking_insert(guest, host, listing_id, now, status="confirmed")
    assert payment_missing(made, total=TOTAL - 1) == 0
    missing = payment_missing(made, total=LONGER_TOTAL)
    assert missing == LONGER_TOTAL - TOTAL
    bind(authorise(guest, now, amount=missing), made, now)
    change(made, Action.ALTER, actor=Actor.GUEST, **altered(LONGER))
    assert commands(made) == [("capture", missing, "done")]
    assert money(made) == (missing, 0, "paid")
    change(made, Action.CANCEL, status="cancelled", actor=Actor.OWNER)
    assert money(made) == (missing, missing, "refunded")
    assert set(sums(made).values()) == {0}
    assert sound(now)


@pytest.mark.parametrize("steps", range(12))
def test_any_way_through_alterations_ends_at_zero(accepted, change, guest, now, steps):
    """Prices that go up and down at random, then everything back: to the minor unit."""
    chosen, total = random.Random(steps), TOTAL
    for _ in range(6):
        lines = [
            line("NIGHTS", chosen.randrange(1_000, 60_000)),
            line("CLEANING_FEE", chosen.choice([0, 3_000])),
            line("SERVICE_FEE", chosen.randrange(9_000)),
            line("OCCUPANCY_TAX", chosen.choice([0, 333, 400])),
        ]
        wanted = sum(each["amount"] for each in lines)
        missing = payment_missing(stored(bookings, accepted["_id"]), total=wanted)
        assert missing == max(0, wanted - total)
        if missing:
            bind(authorise(guest, now, amount=missing), accepted, now)
        change(accepted, Action.ALTER, actor=Actor.GUEST, **altered(lines))
        paid, refunded, _ = money(accepted)
        assert paid - refunded == wanted
        allocation = ledger.allocation_of(lines, host_id=accepted["host_id"])
        assert sums(accepted) == {"cash": wanted} | {
            account: -allocation.get(account, 0) for account in sums(accepted) if account != "cash"
        }
        total = wanted
    change(accepted, Action.CANCEL, status="cancelled", actor=Actor.OWNER)
    assert money(accepted)[2] == "refunded"
    assert set(sums(accepted).values()) == {0}
    assert sound(now)
