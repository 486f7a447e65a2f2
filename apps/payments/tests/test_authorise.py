"""Amounts are reserved at the sandbox bank, before there is a booking."""

import datetime as dt

import pytest
from bson import ObjectId

from apps.common import mongo
from apps.common.errors import ConflictError, InvalidInputError, NotFoundError
from apps.payments.clients.port import ProviderDownError, RefusedError
from apps.payments.clients.sandbox import Sandbox
from apps.payments.rows import payments, sandbox_charges
from apps.payments.services import (
    commands_execute,
    payment_confirm,
)
from apps.payments.services.errors import (
    PaymentActionRequiredError,
    PaymentDeclinedError,
    PaymentTimeoutError,
    PaymentUnavailableError,
)
from apps.payments.tests.payment_data import (
    TOTAL,
    authorise,
    rows,
    stored,
)


def test_an_authorised_payment(guest, now, bank):
    payment = authorise(guest, now)
    assert payment == stored(payments, payment["_id"])
    assert payment["provider_ref"] == f"sandbox_{payment['_id']}"
    assert (payment["status"], payment["method"]) == ("authorised", "pm_card_visa")
    assert (payment["amount"], payment["booking_id"]) == (TOTAL, None)
    assert payment["created_at"] == now.replace(tzinfo=None)
    assert [(row["_id"], row["amount"], row["status"]) for row in bank()] == [
        (str(payment["_id"]), TOTAL, "authorised")
    ]


@pytest.mark.parametrize(
    ("method", "code", "sentence"),
    [
        ("pm_card_declined", "card_declined", "The card was declined."),
        ("pm_card_insufficient_funds", "insufficient_funds", "The card has insufficient funds."),
    ],
)
def test_a_declined_card(guest, now, method, code, sentence):
    with pytest.raises(PaymentDeclinedError, match=sentence) as raised:
        authorise(guest, now, method=method)
    assert raised.value.details == {"decline_code": code}
    (payment,) = rows(payments)
    assert (payment["status"], payment["problem"]) == ("declined", sentence)


def test_an_unknown_card_is_refused_before_anything_is_stored(guest, now):
    with pytest.raises(InvalidInputError) as raised:
        authorise(guest, now, method="pm_card_gold")
    assert raised.value.code == "PAYMENT_METHOD_UNKNOWN"
    assert list(raised.value.fields) == ["payment_method"]
    assert rows(payments) == rows(sandbox_charges) == []


def test_a_provider_is_never_asked_inside_a_transaction(guest, now):
    with pytest.raises(RuntimeError, match="transaction"):
        mongo.run_in_transaction(lambda: authorise(guest, now))
    assert rows(payments) == []


def test_a_payment_that_its_guest_confirms(guest, now):
    with pytest.raises(PaymentActionRequiredError) as raised:
        authorise(guest, now, method="pm_card_authentication_required")
    (payment,) = rows(payments)
    assert payment["status"] == "action_required"
    name = str(payment["_id"])
    assert raised.value.details == {
        "payment_id": name,
        "confirm_url": f"/api/bookings/payments/{name}/confirm",
    }
    with pytest.raises(PaymentActionRequiredError):
        authorise(guest, now, payment_id=payment["_id"])
    for _ in range(2):
        confirmed = payment_confirm(payment["_id"], guest_id=guest.id, approve=True, now=now)
        assert confirmed["status"] == "authorised"
    assert authorise(guest, now, payment_id=payment["_id"])["_id"] == payment["_id"]
    late = payment_confirm(payment["_id"], guest_id=guest.id, approve=False, now=now)
    assert late["status"] == "authorised"


def test_a_payment_that_its_guest_does_not_confirm(guest, now):
    with pytest.raises(PaymentActionRequiredError):
        authorise(guest, now, method="pm_card_authentication_required")
    (payment,) = rows(payments)
    refused = payment_confirm(payment["_id"], guest_id=guest.id, approve=False, now=now)
    assert refused["status"] == "declined"
    with pytest.raises(PaymentDeclinedError, match="did not approve"):
        authorise(guest, now, payment_id=payment["_id"])


def test_anothers_payment_does_not_exist(guest, make_person, now):
    payment, other = authorise(guest, now), make_person("traveler")
    with pytest.raises(NotFoundError):
        authorise(other, now, payment_id=payment["_id"])
    with pytest.raises(NotFoundError):
        payment_confirm(payment["_id"], guest_id=other.id, approve=True, now=now)
    with pytest.raises(NotFoundError):
        authorise(guest, now, payment_id=ObjectId())


@pytest.mark.parametrize("other", [{"amount": TOTAL + 1}, {"currency": "EUR"}])
def test_an_earlier_payment_has_to_fit(guest, now, other):
    payment = authorise(guest, now)
    with pytest.raises(ConflictError) as raised:
        authorise(guest, now, payment_id=payment["_id"], **other)
    assert raised.value.code == "PAYMENT_MISMATCH"
    assert stored(payments, payment["_id"]) == payment


def test_the_bank_answers_the_same_key_the_same_way(guest, now):
    bank, key = Sandbox(), "66f1c2a4b8e0d3f5a7c91e55"
    call = {"key": key, "amount": 500, "currency": "SGD"}
    first = bank.authorise(**call, method="pm_card_visa")
    assert bank.authorise(**call, method="pm_card_visa") == first
    for _ in range(2):
        bank.capture(first.ref, amount=500, currency="SGD", key="capture-1")
        bank.refund(first.ref, amount=300, currency="SGD", key="refund-1")
    assert stored(sandbox_charges, key)["refunded"] == 300
    assert (bank.find(key), bank.find("another")) == (first.ref, None)
    with pytest.raises(RefusedError, match=r"cannot refund 3\.00 SGD"):
        bank.refund(first.ref, amount=300, currency="SGD", key="refund-2")
    with pytest.raises(RefusedError, match="cannot void"):
        bank.void(first.ref, key="void-1")


def test_a_bank_without_an_answer(guest, now, bank, settings):
    with pytest.raises(PaymentTimeoutError):
        authorise(guest, now, method="pm_card_timeout")
    (payment,) = rows(payments)
    assert (payment["status"], payment["provider_ref"]) == ("started", None)
    assert bank()[0]["status"] == "authorised"
    just_before = now + settings.PAYMENT_DROP_AFTER - dt.timedelta(milliseconds=1)
    assert commands_execute(now=just_before) == 0
    assert commands_execute(now=now + settings.PAYMENT_DROP_AFTER) == 1
    assert bank()[0]["status"] == stored(payments, payment["_id"])["status"] == "voided"
    assert stored(payments, payment["_id"])["provider_ref"] == f"sandbox_{payment['_id']}"


def test_a_bank_that_never_heard_of_it(guest, now, bank, monkeypatch, settings):
    def down(*_args, **_kwargs):
        raise ProviderDownError("The bank is closed.")

    monkeypatch.setattr(Sandbox, "authorise", down)
    with pytest.raises(PaymentUnavailableError):
        authorise(guest, now)
    assert bank() == []
    assert commands_execute(now=now + settings.PAYMENT_DROP_AFTER) == 1
    (payment,) = rows(payments)
    assert (payment["status"], payment["provider_ref"]) == ("voided", None)
