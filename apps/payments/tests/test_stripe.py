"""Stripe's own library against a local server that speaks its protocol."""

import time

import pytest

from apps.common.errors import InvalidInputError
from apps.payments.clients import provider
from apps.payments.clients.port import ProviderDownError, RefusedError
from apps.payments.rows import payments, sandbox_charges
from apps.payments.services import (
    commands_execute,
    payment_confirm,
    payment_notice,
    payments_release_unused,
)
from apps.payments.services.errors import (
    PaymentActionRequiredError,
    PaymentDeclinedError,
    PaymentTimeoutError,
    PaymentUnavailableError,
)
from apps.payments.tests.local_stripe import event, notify, signed, stripe_running
from apps.payments.tests.payment_data import HOUR, TOTAL, authorise, rows, stored

VISA = "pm_card_visa"


@pytest.fixture
def stripe(settings):
    with stripe_running(settings) as server:
        yield server


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
    ("currency", "amount", "sent"),
    [
        ("EUR", 1_999, 1_999),
        ("JPY", 4_800, 4_800),
        ("VND", 25_000_000, 25_000_000),
        ("KWD", 12_340, 12_340),
        # Whole kronur as hundredths, ariary without their fifths: Stripe's own exceptions.
        ("ISK", 4_800, 480_000),
        ("UGX", 4_800, 480_000),
        ("MGA", 480_000, 4_800),
    ],
)
def test_currencies_at_stripe(stripe, guest, now, currency, amount, sent):
    authorise(guest, now, method=VISA, amount=amount, currency=currency)
    assert stripe.calls[0][2]["amount"] == str(sent)


@pytest.mark.parametrize(
    ("currency", "step"), [("KWD", r"KWD in steps of 0\.010 KWD"), ("MGA", r"steps of 1\.00 MGA")]
)
def test_amounts_that_stripe_cannot_move_are_declined(stripe, guest, now, currency, step):
    with pytest.raises(PaymentDeclinedError, match=step):
        authorise(guest, now, method=VISA, amount=480_005, currency=currency)
    assert stripe.calls == []
    assert rows(payments)[0]["status"] == "declined"


def test_a_method_has_to_be_chosen_and_known(stripe, guest, now):
    with pytest.raises(InvalidInputError) as raised:
        authorise(guest, now)
    assert raised.value.code == "PAYMENT_METHOD_REQUIRED"
    assert (stripe.calls, rows(payments)) == ([], [])
    with pytest.raises(InvalidInputError) as raised:
        authorise(guest, now, method="pm_nobodys")
    assert raised.value.code == "PAYMENT_METHOD_UNKNOWN"
    assert rows(payments)[0]["status"] == "declined"


def test_a_declined_card(stripe, guest, now):
    with pytest.raises(PaymentDeclinedError, match="Your card was declined") as raised:
        authorise(guest, now, method="pm_card_chargeDeclined")
    assert raised.value.details == {"decline_code": "generic_decline"}
    (payment,) = rows(payments)
    assert (payment["status"], payment["provider_ref"]) == ("declined", "pi_1")


def test_a_card_whose_bank_asks_its_holder(stripe, guest, now):
    with pytest.raises(PaymentActionRequiredError) as raised:
        authorise(guest, now, method="pm_card_authenticationRequired")
    (payment,) = rows(payments)
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
    assert rows(payments)[0]["provider_ref"] is None
    assert commands_execute(now=now + settings.PAYMENT_DROP_AFTER) == 1
    (payment,) = rows(payments)
    assert (payment["status"], payment["provider_ref"]) == ("voided", "pi_1")
    assert stripe.intents["pi_1"]["status"] == "canceled"


def test_a_call_that_never_arrived_leaves_nothing(stripe, guest, now, settings):
    stripe.fail("before", "before")
    with pytest.raises(PaymentTimeoutError):
        authorise(guest, now, method=VISA)
    assert commands_execute(now=now + settings.PAYMENT_DROP_AFTER) == 1
    assert stripe.intents == {}
    assert rows(payments)[0]["status"] == "voided"


def test_an_unknown_reference_is_refused(stripe):
    with pytest.raises(RefusedError, match="No such payment_intent"):
        provider().capture("pi_9", amount=1, currency="SGD", key="some-key")
    stripe.fail(500, 500)
    with pytest.raises(ProviderDownError):
        provider().find("66f1c2a4b8e0d3f5a7c91e88")


def test_a_confirmation_at_stripe_arrives_by_webhook(stripe, guest, now, anonymous):
    with pytest.raises(PaymentActionRequiredError):
        authorise(guest, now, method="pm_card_authenticationRequired")
    stripe.intents["pi_1"]["status"] = "requires_capture"
    body = event("payment_intent.amount_capturable_updated", stripe.intents["pi_1"])
    for _ in range(2):
        reply = notify(anonymous, body, signed(body))
        assert (reply.status_code, reply.json()) == (200, {"received": True})
    (payment,) = rows(payments)
    assert (payment["status"], payment["provider_ref"]) == ("authorised", "pi_1")


def test_an_authorisation_whose_answer_was_lost_arrives_by_webhook_and_is_void(
    stripe, guest, now, settings
):
    stripe.fail("after", "before")
    with pytest.raises(PaymentTimeoutError):
        authorise(guest, now, method=VISA)
    body = event("payment_intent.amount_capturable_updated", stripe.intents["pi_1"])
    assert payment_notice(body, signed(body), now=now)
    assert rows(payments)[0]["status"] == "authorised"
    commands_execute(now=now + settings.PAYMENT_DROP_AFTER)
    assert rows(payments)[0]["status"] == "voided"
    assert stripe.intents["pi_1"]["status"] == "canceled"


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b"\xff\xfe", b'{"object": "event"}'])
def test_a_signed_message_that_is_no_event(stripe, anonymous, body):
    reply = notify(anonymous, body, signed(body))
    assert (reply.status_code, reply.json()["error"]["code"]) == (400, "PAYMENT_NOTICE_INVALID")


def test_a_message_has_a_size(stripe, anonymous):
    body = b'{"a": "' + b"x" * 64_000 + b'"}'
    reply = notify(anonymous, body, signed(body))
    assert (reply.status_code, reply.json()["error"]["code"]) == (413, "PAYLOAD_TOO_LARGE")


def test_messages_have_a_limit(stripe, anonymous, settings):
    settings.RATE_LIMIT_ANONYMOUS = "2/minute"
    codes = [notify(anonymous, b"{}", "").status_code for _ in range(3)]
    assert codes == [400, 400, 429]


def test_the_sandbox_has_no_messages(anonymous):
    body = event("payment_intent.canceled", {})
    assert notify(anonymous, body, signed(body)).status_code == 400


def test_an_old_payment_is_finished_by_its_own_provider(stripe, guest, now, settings):
    settings.PAYMENT_PROVIDER = "sandbox"
    payment = authorise(guest, now)
    settings.PAYMENT_PROVIDER = "stripe"
    assert payments_release_unused(now=now + HOUR) == 1
    assert stored(sandbox_charges, str(payment["_id"]))["status"] == "voided"
    assert stripe.calls == []
