"""Bookings that are paid by Stripe, against a local server that speaks its protocol."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from bson import ObjectId

from apps.bookings.enums import Action
from apps.bookings.tests.paid_bookings import booking_insert, change_booking, money
from apps.payments.rows import ledger_entries, payment_commands, payments
from apps.payments.services import (
    commands_execute,
    execute,
    payment_notice,
)
from apps.payments.tests.local_stripe import event, notify, signed, stripe_running
from apps.payments.tests.payment_data import HOSTS, HOUR, TOTAL, authorise, bind, rows

VISA = "pm_card_visa"


@pytest.fixture
def stripe(settings):
    with stripe_running(settings) as server:
        yield server


@pytest.fixture
def booking(stripe, guest, host, listing_id, now):
    made = booking_insert(guest, host, listing_id, now)
    bind(authorise(guest, now, method=VISA), made, now)
    return made


def moved(booking, action, status, now):
    change_booking(booking, action, now=now, status=status)


@pytest.fixture
def accepted(booking, now):
    moved(booking, Action.ACCEPT, "confirmed", now)
    return booking


def paths(stripe):
    return [(method, path) for method, path, *_ in stripe.calls]


def test_nobody_waits_for_stripe_in_a_request(accepted, stripe):
    assert paths(stripe) == [("POST", "/v1/payment_intents")]
    assert money(accepted) == (0, 0, "unpaid")


def test_capture_then_refund(accepted, stripe, now):
    assert commands_execute(now=now) == 1
    assert money(accepted) == (TOTAL, 0, "paid")
    moved(accepted, Action.CANCEL, "cancelled", now)
    assert commands_execute(now=now) == 1
    assert money(accepted) == (TOTAL, TOTAL, "refunded")
    capture, refund = rows(payment_commands)
    assert stripe.calls[1][1:4] == (
        "/v1/payment_intents/pi_1/capture",
        {"amount_to_capture": str(TOTAL)},
        str(capture["_id"]),
    )
    assert stripe.calls[2][1:4] == (
        "/v1/refunds",
        {
            "payment_intent": "pi_1",
            "amount": str(TOTAL),
            "metadata[command_id]": str(refund["_id"]),
        },
        str(refund["_id"]),
    )


def test_a_decline_cancels_the_intent(booking, stripe, now):
    moved(booking, Action.DECLINE, "declined", now)
    assert commands_execute(now=now) == 1
    assert stripe.intents["pi_1"]["status"] == "canceled"
    assert rows(payments)[0]["status"] == "voided"


def test_a_lost_answer_to_a_capture_has_one_effect(accepted, stripe, now):
    stripe.fail("after", "before")
    assert commands_execute(now=now) == 0
    assert stripe.intents["pi_1"]["status"] == "succeeded"
    assert money(accepted) == (0, 0, "unpaid")
    assert commands_execute(now=now + HOUR) == 1
    assert money(accepted) == (TOTAL, 0, "paid")
    assert len(rows(ledger_entries)) == 1
    assert len({key for _, path, _, key, _ in stripe.calls if path.endswith("capture")}) == 1


def test_a_lost_answer_to_a_refund_gives_back_once(accepted, stripe, now):
    commands_execute(now=now)
    moved(accepted, Action.CANCEL, "cancelled", now)
    stripe.fail("after", "before")
    assert commands_execute(now=now) == 0
    assert commands_execute(now=now + HOUR) == 1
    assert stripe.intents["pi_1"]["amount_refunded"] == TOTAL
    assert len(stripe.refunds) == 1
    assert money(accepted) == (TOTAL, TOTAL, "refunded")


def test_a_capture_of_what_is_cancelled_fails_with_a_sentence(accepted, stripe, now):
    stripe.intents["pi_1"]["status"] = "canceled"
    assert commands_execute(now=now) == 0
    (command,) = rows(payment_commands)
    assert command["status"] == "failed"
    assert "it has a status of canceled" in command["problem"]
    assert commands_execute(now=now + HOUR) == 0


def test_what_is_so_already_is_done(accepted, stripe, now):
    stripe.intents["pi_1"] |= {"status": "succeeded", "amount_received": TOTAL}
    assert commands_execute(now=now) == 1
    assert money(accepted) == (TOTAL, 0, "paid")


def test_an_outage_is_tried_again(accepted, stripe, now):
    stripe.fail(500, 500)
    assert commands_execute(now=now) == 0
    (command,) = rows(payment_commands)
    assert command["problem"] == "Stripe is not reachable right now. (APIError)"
    assert commands_execute(now=now + HOUR) == 1


def test_a_webhook_ends_what_was_asked(accepted, stripe, now, monkeypatch):
    """The process died after Stripe's answer: the notice comes before the lease is over."""
    with monkeypatch.context() as crash:
        crash.setattr(execute, "command_done", lambda *_args, **_kwargs: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            commands_execute(now=now)
    body = event("payment_intent.succeeded", stripe.intents["pi_1"])
    for _ in range(2):
        assert payment_notice(body, signed(body), now=now)
    assert money(accepted) == (TOTAL, 0, "paid")
    assert [row["status"] for row in rows(payment_commands)] == ["done"]
    assert len(rows(ledger_entries)) == 1


def test_a_refund_at_stripes_own_pages_is_written_down_once(accepted, stripe, now):
    commands_execute(now=now)
    stripe.intents["pi_1"]["amount_refunded"] = 1_000
    body = event("charge.refunded", stripe.charge(stripe.intents["pi_1"]))
    with ThreadPoolExecutor(4) as pool:
        notified = [pool.submit(payment_notice, body, signed(body), now=now) for _ in range(4)]
        assert [future.result() for future in notified] == [True] * 4
    assert money(accepted) == (TOTAL, 1_000, "paid")
    assert [(row["kind"], row["amount"]) for row in rows(payment_commands)] == [
        ("capture", TOTAL),
        ("refund", 1_000),
    ]
    postings = {p["account"]: p["amount"] for p in rows(ledger_entries)[1]["postings"]}
    assert sum(postings.values()) == 0
    assert postings == {"cash": -1_000, f"host:{accepted['host_id']}": 876, "fees": 110, "tax": 14}
    moved(accepted, Action.CANCEL, "cancelled", now)
    commands_execute(now=now)
    assert money(accepted) == (TOTAL, TOTAL, "refunded")
    assert stripe.intents["pi_1"]["amount_refunded"] == TOTAL


def test_a_capture_at_stripes_own_pages_is_written_down(booking, stripe, now):
    stripe.intents["pi_1"] |= {"status": "succeeded", "amount_received": TOTAL}
    body = event("payment_intent.succeeded", stripe.intents["pi_1"])
    for _ in range(2):
        assert payment_notice(body, signed(body), now=now)
    assert money(booking) == (TOTAL, 0, "paid")
    (entry,) = rows(ledger_entries)
    assert {"account": f"host:{booking['host_id']}", "amount": -HOSTS} in entry["postings"]
    moved(booking, Action.DECLINE, "declined", now)
    commands_execute(now=now)
    assert money(booking) == (TOTAL, TOTAL, "refunded")


def test_a_reservation_that_stripe_let_go(booking, stripe, now):
    stripe.intents["pi_1"]["status"] = "canceled"
    body = event("payment_intent.canceled", stripe.intents["pi_1"])
    assert payment_notice(body, signed(body), now=now)
    (payment,) = rows(payments)
    assert payment["status"] == "voided"
    assert payment["problem"] == "The provider released the reservation."
    moved(booking, Action.DECLINE, "declined", now)
    assert rows(payment_commands) == []


def test_what_does_not_concern_us_changes_nothing(booking, stripe, now, anonymous):
    before = rows(payments)
    intent = stripe.intents["pi_1"]
    nobody = {"metadata": {"payment_id": str(ObjectId())}}
    things = [
        event("customer.created", {"id": "cus_1", "object": "customer"}),
        event("payment_intent.succeeded", {**intent, "metadata": {}}),
        event("payment_intent.succeeded", {**intent, "metadata": {"payment_id": "no id"}}),
        event("payment_intent.canceled", {**intent, "status": "canceled", **nobody}),
        event("payment_intent.canceled", {**intent, "status": "canceled", "id": "pi_other"}),
    ]
    for body in things:
        assert notify(anonymous, body, signed(body)).status_code == 200
    assert rows(payments) == before


@pytest.mark.parametrize(
    "signature",
    [
        lambda _: "",
        lambda _: "nonsense",
        lambda body: signed(body, secret="whsec_other"),
        lambda body: signed(body, at=int(time.time()) - 3600),
        lambda body: signed(body + b" "),
    ],
    ids=["none", "nonsense", "another secret", "an old one", "another body"],
)
def test_a_message_that_is_not_stripes_changes_nothing(booking, stripe, anonymous, signature):
    before = rows(payments)
    body = event("payment_intent.canceled", {**stripe.intents["pi_1"], "status": "canceled"})
    reply = notify(anonymous, body, signature(body))
    assert (reply.status_code, reply.json()["error"]["code"]) == (400, "PAYMENT_NOTICE_INVALID")
    assert rows(payments) == before
