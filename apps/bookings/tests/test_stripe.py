"""Stripe's own library against a local server that speaks its protocol."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from bson import ObjectId

from apps.bookings.clients.payments import provider
from apps.bookings.clients.payments.port import ProviderDownError, RefusedError
from apps.bookings.enums import Action
from apps.bookings.services.payments import (
    payment_confirm,
    payment_notice,
    payments_settle,
    payments_sweep,
    settle,
)
from apps.bookings.services.payments.errors import (
    PaymentActionRequiredError,
    PaymentDeclinedError,
    PaymentTimeoutError,
    PaymentUnavailableError,
)
from apps.bookings.tests.local_stripe import SECRET, LocalStripe, event, signed
from apps.bookings.tests.payment_data import (
    HOSTS,
    HOUR,
    TOTAL,
    authorise,
    bind,
    booking_insert,
    change_booking,
    rows,
    stored,
)
from apps.common.errors import InvalidInputError

WEBHOOK = "/api/payments/webhook"
VISA = "pm_card_visa"


@pytest.fixture
def stripe(settings):
    server = LocalStripe()
    settings.PAYMENT_PROVIDER = "stripe"
    settings.STRIPE_SECRET_KEY = "sk_test_local"
    settings.STRIPE_WEBHOOK_SECRET = SECRET
    settings.STRIPE_API_BASE = server.url
    settings.PAYMENT_TIMEOUT_SECONDS = 0.3
    yield server
    server.close()


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


def money(booking):
    found = stored("bookings", booking["_id"])
    return found["paid"], found["refunded"], found["payment_status"]


def paths(stripe):
    return [(method, path) for method, path, *_ in stripe.calls]


def test_what_is_sent(stripe, guest, now):
    payment = authorise(guest, now, method=VISA)
    name = str(payment["_id"])
    (call,) = stripe.calls
    assert call == (
        "POST",
        "/v1/payment_intents",
        {
            "amount": str(TOTAL),
            "currency": "sgd",
            "payment_method": VISA,
            "payment_method_types[0]": "card",
            "capture_method": "manual",
            "confirm": "true",
            "metadata[payment_id]": name,
        },
        name,
        "Bearer sk_test_local",
    )
    assert (payment["status"], payment["provider_ref"]) == ("authorised", "pi_1")
    assert payment["provider"] == "stripe"


@pytest.mark.parametrize(
    ("currency", "amount", "sent"), [("EUR", 1_999, 1_999), ("JPY", 480_000, 4_800), ("KWD", 5, 50)]
)
def test_currencies_at_stripe(stripe, guest, now, currency, amount, sent):
    authorise(guest, now, method=VISA, amount=amount, currency=currency)
    assert stripe.calls[0][2]["amount"] == str(sent)


def test_hundredths_of_a_yen_are_declined(stripe, guest, now):
    with pytest.raises(PaymentDeclinedError, match="JPY has no hundredths"):
        authorise(guest, now, method=VISA, amount=480_050, currency="JPY")
    assert stripe.calls == []
    assert rows("payments")[0]["status"] == "declined"


def test_a_method_has_to_be_chosen_and_known(stripe, guest, now):
    with pytest.raises(InvalidInputError) as raised:
        authorise(guest, now)
    assert raised.value.code == "PAYMENT_METHOD_REQUIRED"
    assert (stripe.calls, rows("payments")) == ([], [])
    with pytest.raises(InvalidInputError) as raised:
        authorise(guest, now, method="pm_nobodys")
    assert raised.value.code == "PAYMENT_METHOD_UNKNOWN"
    assert rows("payments")[0]["status"] == "declined"


def test_a_declined_card(stripe, guest, now):
    with pytest.raises(PaymentDeclinedError, match="Your card was declined") as raised:
        authorise(guest, now, method="pm_card_chargeDeclined")
    assert raised.value.details == {"decline_code": "generic_decline"}
    (payment,) = rows("payments")
    assert (payment["status"], payment["provider_ref"]) == ("declined", "pi_1")


def test_a_card_whose_bank_asks_its_holder(stripe, guest, now):
    with pytest.raises(PaymentActionRequiredError) as raised:
        authorise(guest, now, method="pm_card_authenticationRequired")
    (payment,) = rows("payments")
    name = str(payment["_id"])
    assert raised.value.details == {"payment_id": name, "client_secret": "pi_1_secret"}
    with pytest.raises(PaymentActionRequiredError):
        authorise(guest, now, payment_id=payment["_id"])
    waiting = payment_confirm(payment["_id"], guest_id=guest.id, approve=True, now=now)
    assert waiting["status"] == "action_required"
    stripe.intents["pi_1"]["status"] = "requires_capture"
    found = authorise(guest, now, payment_id=payment["_id"])
    assert (found["_id"], found["status"]) == (payment["_id"], "authorised")


def test_a_failure_that_is_over_in_a_moment(stripe, guest, now):
    stripe.fail(500)
    assert authorise(guest, now, method=VISA)["status"] == "authorised"
    assert len(stripe.calls) == 2
    assert len({key for *_, key, _ in stripe.calls}) == 1
    assert len(stripe.intents) == 1


@pytest.mark.parametrize("status", [500, 503, 429, 401])
def test_an_outage(stripe, guest, now, status):
    stripe.fail(status, status)
    with pytest.raises(PaymentUnavailableError):
        authorise(guest, now, method=VISA)
    assert stripe.intents == {}


def test_an_unreachable_stripe(stripe, guest, now, settings):
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    with pytest.raises(PaymentUnavailableError):
        authorise(guest, now, method=VISA)


def test_an_answer_that_never_comes_is_found_and_void(stripe, guest, now, settings):
    stripe.fail("after", "before")
    started = time.monotonic()
    with pytest.raises(PaymentTimeoutError):
        authorise(guest, now, method=VISA)
    assert time.monotonic() - started < 4
    assert stripe.intents["pi_1"]["status"] == "requires_capture"
    assert rows("payments")[0]["provider_ref"] is None
    assert payments_settle(now=now + settings.PAYMENT_DROP_AFTER) == 1
    (payment,) = rows("payments")
    assert (payment["status"], payment["provider_ref"]) == ("voided", "pi_1")
    assert stripe.intents["pi_1"]["status"] == "canceled"


def test_a_call_that_never_arrived_leaves_nothing(stripe, guest, now, settings):
    stripe.fail("before", "before")
    with pytest.raises(PaymentTimeoutError):
        authorise(guest, now, method=VISA)
    assert payments_settle(now=now + settings.PAYMENT_DROP_AFTER) == 1
    assert stripe.intents == {}
    assert rows("payments")[0]["status"] == "voided"


def test_nobody_waits_for_stripe_in_a_request(accepted, stripe):
    assert paths(stripe) == [("POST", "/v1/payment_intents")]
    assert money(accepted) == (0, 0, "unpaid")


def test_capture_then_refund(accepted, stripe, now):
    assert payments_settle(now=now) == 1
    assert money(accepted) == (TOTAL, 0, "paid")
    moved(accepted, Action.CANCEL, "cancelled", now)
    assert payments_settle(now=now) == 1
    assert money(accepted) == (TOTAL, TOTAL, "refunded")
    capture, refund = rows("payment_commands")
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
    assert payments_settle(now=now) == 1
    assert stripe.intents["pi_1"]["status"] == "canceled"
    assert rows("payments")[0]["status"] == "voided"


def test_a_lost_answer_to_a_capture_has_one_effect(accepted, stripe, now):
    stripe.fail("after", "before")
    assert payments_settle(now=now) == 0
    assert stripe.intents["pi_1"]["status"] == "succeeded"
    assert money(accepted) == (0, 0, "unpaid")
    assert payments_settle(now=now + HOUR) == 1
    assert money(accepted) == (TOTAL, 0, "paid")
    assert len(rows("ledger_entries")) == 1
    assert len({key for _, path, _, key, _ in stripe.calls if path.endswith("capture")}) == 1


def test_a_lost_answer_to_a_refund_gives_back_once(accepted, stripe, now):
    payments_settle(now=now)
    moved(accepted, Action.CANCEL, "cancelled", now)
    stripe.fail("after", "before")
    assert payments_settle(now=now) == 0
    assert payments_settle(now=now + HOUR) == 1
    assert stripe.intents["pi_1"]["amount_refunded"] == TOTAL
    assert len(stripe.refunds) == 1
    assert money(accepted) == (TOTAL, TOTAL, "refunded")


def test_a_capture_of_what_is_cancelled_fails_with_a_sentence(accepted, stripe, now):
    stripe.intents["pi_1"]["status"] = "canceled"
    assert payments_settle(now=now) == 0
    (command,) = rows("payment_commands")
    assert command["status"] == "failed"
    assert "it has a status of canceled" in command["problem"]
    assert payments_settle(now=now + HOUR) == 0


def test_what_is_so_already_is_done(accepted, stripe, now):
    stripe.intents["pi_1"] |= {"status": "succeeded", "amount_received": TOTAL}
    assert payments_settle(now=now) == 1
    assert money(accepted) == (TOTAL, 0, "paid")


def test_an_outage_is_tried_again(accepted, stripe, now):
    stripe.fail(500, 500)
    assert payments_settle(now=now) == 0
    (command,) = rows("payment_commands")
    assert command["problem"] == "Stripe is not reachable right now. (APIError)"
    assert payments_settle(now=now + HOUR) == 1


def test_an_unknown_reference_is_refused(stripe):
    with pytest.raises(RefusedError, match="No such payment_intent"):
        provider().capture("pi_9", amount=1, currency="SGD", key="some-key")
    stripe.fail(500, 500)
    with pytest.raises(ProviderDownError):
        provider().find("66f1c2a4b8e0d3f5a7c91e88")


def tell(anonymous, body, signature):
    return anonymous.generic(
        "POST",
        WEBHOOK,
        body,
        "application/json; charset=utf-8",
        headers={"stripe-signature": signature},
    )


def test_a_confirmation_at_stripe_arrives_by_webhook(stripe, guest, now, anonymous):
    with pytest.raises(PaymentActionRequiredError):
        authorise(guest, now, method="pm_card_authenticationRequired")
    stripe.intents["pi_1"]["status"] = "requires_capture"
    body = event("payment_intent.amount_capturable_updated", stripe.intents["pi_1"])
    for _ in range(2):
        reply = tell(anonymous, body, signed(body))
        assert (reply.status_code, reply.json()) == (200, {"received": True})
    (payment,) = rows("payments")
    assert (payment["status"], payment["provider_ref"]) == ("authorised", "pi_1")


def test_an_authorisation_whose_answer_was_lost_arrives_by_webhook_and_is_void(
    stripe, guest, now, settings
):
    stripe.fail("after", "before")
    with pytest.raises(PaymentTimeoutError):
        authorise(guest, now, method=VISA)
    body = event("payment_intent.amount_capturable_updated", stripe.intents["pi_1"])
    assert payment_notice(body, signed(body), now=now)
    assert rows("payments")[0]["status"] == "authorised"
    payments_settle(now=now + settings.PAYMENT_DROP_AFTER)
    assert rows("payments")[0]["status"] == "voided"
    assert stripe.intents["pi_1"]["status"] == "canceled"


def test_a_webhook_ends_what_was_asked(accepted, stripe, now, monkeypatch):
    """The process died after Stripe's answer: the notice comes before the lease is over."""
    with monkeypatch.context() as crash:
        crash.setattr(settle, "command_done", lambda *_args, **_kwargs: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            payments_settle(now=now)
    body = event("payment_intent.succeeded", stripe.intents["pi_1"])
    for _ in range(2):
        assert payment_notice(body, signed(body), now=now)
    assert money(accepted) == (TOTAL, 0, "paid")
    assert [row["status"] for row in rows("payment_commands")] == ["done"]
    assert len(rows("ledger_entries")) == 1


def test_a_refund_at_stripes_own_pages_is_written_down_once(accepted, stripe, now):
    payments_settle(now=now)
    stripe.intents["pi_1"]["amount_refunded"] = 1_000
    body = event("charge.refunded", stripe.charge(stripe.intents["pi_1"]))
    with ThreadPoolExecutor(4) as pool:
        told = [pool.submit(payment_notice, body, signed(body), now=now) for _ in range(4)]
        assert [future.result() for future in told] == [True] * 4
    assert money(accepted) == (TOTAL, 1_000, "paid")
    assert [(row["kind"], row["amount"]) for row in rows("payment_commands")] == [
        ("capture", TOTAL),
        ("refund", 1_000),
    ]
    postings = {p["account"]: p["amount"] for p in rows("ledger_entries")[1]["postings"]}
    assert sum(postings.values()) == 0
    assert postings == {"cash": -1_000, f"host:{accepted['host_id']}": 876, "fees": 110, "tax": 14}
    moved(accepted, Action.CANCEL, "cancelled", now)
    payments_settle(now=now)
    assert money(accepted) == (TOTAL, TOTAL, "refunded")
    assert stripe.intents["pi_1"]["amount_refunded"] == TOTAL


def test_a_capture_at_stripes_own_pages_is_written_down(booking, stripe, now):
    stripe.intents["pi_1"] |= {"status": "succeeded", "amount_received": TOTAL}
    body = event("payment_intent.succeeded", stripe.intents["pi_1"])
    for _ in range(2):
        assert payment_notice(body, signed(body), now=now)
    assert money(booking) == (TOTAL, 0, "paid")
    (entry,) = rows("ledger_entries")
    assert {"account": f"host:{booking['host_id']}", "amount": -HOSTS} in entry["postings"]
    moved(booking, Action.DECLINE, "declined", now)
    payments_settle(now=now)
    assert money(booking) == (TOTAL, TOTAL, "refunded")


def test_a_reservation_that_stripe_let_go(booking, stripe, now):
    stripe.intents["pi_1"]["status"] = "canceled"
    body = event("payment_intent.canceled", stripe.intents["pi_1"])
    assert payment_notice(body, signed(body), now=now)
    (payment,) = rows("payments")
    assert payment["status"] == "voided"
    assert payment["problem"] == "The provider let the reservation go."
    moved(booking, Action.DECLINE, "declined", now)
    assert rows("payment_commands") == []


def test_what_does_not_concern_us_is_taken_and_dropped(booking, stripe, now, anonymous):
    before = rows("payments")
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
        assert tell(anonymous, body, signed(body)).status_code == 200
    assert rows("payments") == before


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
    before = rows("payments")
    body = event("payment_intent.canceled", {**stripe.intents["pi_1"], "status": "canceled"})
    reply = tell(anonymous, body, signature(body))
    assert (reply.status_code, reply.json()["error"]["code"]) == (400, "PAYMENT_NOTICE_INVALID")
    assert rows("payments") == before


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b"\xff\xfe", b'{"object": "event"}'])
def test_a_signed_message_that_is_no_event(stripe, anonymous, body):
    reply = tell(anonymous, body, signed(body))
    assert (reply.status_code, reply.json()["error"]["code"]) == (400, "PAYMENT_NOTICE_INVALID")


def test_a_message_has_a_size(stripe, anonymous):
    body = b'{"a": "' + b"x" * 64_000 + b'"}'
    reply = tell(anonymous, body, signed(body))
    assert (reply.status_code, reply.json()["error"]["code"]) == (413, "PAYLOAD_TOO_LARGE")


def test_messages_have_a_limit(stripe, anonymous, settings):
    settings.RATE_LIMIT_ANONYMOUS = "2/minute"
    codes = [tell(anonymous, b"{}", "").status_code for _ in range(3)]
    assert codes == [400, 400, 429]


def test_the_sandbox_has_no_messages(anonymous):
    body = event("payment_intent.canceled", {})
    assert tell(anonymous, body, signed(body)).status_code == 400


def test_an_old_payment_is_finished_by_its_own_provider(stripe, guest, now, settings):
    settings.PAYMENT_PROVIDER = "sandbox"
    payment = authorise(guest, now)
    settings.PAYMENT_PROVIDER = "stripe"
    assert payments_sweep(now=now + HOUR) == 1
    assert stored("sandbox_charges", str(payment["_id"]))["status"] == "voided"
    assert stripe.calls == []
