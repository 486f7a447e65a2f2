"""Before a booking: an amount is reserved on the guest's card, then bound to the booking in its
transaction, or released. The row comes before the provider is asked, so that whatever crashes, the
timer finds what was reserved for nothing."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from bson import ObjectId
from pymongo import ReturnDocument

from apps.common import mongo
from apps.common.errors import ConflictError, InvalidInputError
from apps.common.money import money_text
from apps.payments.clients import provider
from apps.payments.clients.port import (
    ActionRequired,
    Declined,
    MethodRequiredError,
    MethodUnknownError,
    Outcome,
    ProviderDownError,
    ProviderTimeoutError,
    RefusedError,
)
from apps.payments.enums import PaymentState
from apps.payments.selectors import payment_owned, payment_stored
from apps.payments.services.errors import (
    PaymentActionRequiredError,
    PaymentDeclinedError,
    PaymentTimeoutError,
    PaymentUnavailableError,
)
from apps.payments.services.release import payment_release

WAITING = [PaymentState.STARTED.value, PaymentState.ACTION_REQUIRED.value]


def payment_authorise(
    *,
    guest_id: ObjectId,
    amount: int,
    currency: str,
    method: str | None,
    payment_id: ObjectId | None,
    now: dt.datetime,
) -> dict[str, Any]:
    """Returns the payment as it is stored, authorised and bound to nothing. With `payment_id` it is
    the guest's earlier one, which they have confirmed.

    Raises `PaymentDeclinedError`, `PaymentActionRequiredError`, `PaymentTimeoutError`,
    `PaymentUnavailableError`, and `InvalidInputError` for the method; for an earlier payment
    `NotFoundError` and `ConflictError` PAYMENT_MISMATCH or PAYMENT_USED.
    """
    if mongo.session() is not None:
        raise RuntimeError("A provider is never asked inside a transaction, which may run again.")
    if payment_id is not None:
        return _earlier(payment_id, guest_id, amount, currency, now)
    bank = provider()
    method = _chosen(lambda: bank.method(method))
    payment = {
        "_id": ObjectId(),
        "guest_id": guest_id,
        "booking_id": None,
        "provider": bank.name,
        "provider_ref": None,
        "method": method,
        "amount": amount,
        "currency": currency,
        "status": PaymentState.STARTED.value,
        "captured": 0,
        "refunded": 0,
        "problem": "",
        "dropped_at": None,
        "created_at": now,
        "updated_at": now,
    }
    mongo.collection("payments").insert_one(payment)

    def ask() -> Outcome:
        key = str(payment["_id"])
        return bank.authorise(key=key, amount=amount, currency=currency, method=method)

    return _concluded(payment, _answer(payment, ask, now), now)


def _chosen(ask: Callable[[], str]) -> str:
    try:
        return ask()
    except MethodRequiredError as error:
        raise _method_error(error.sentence, "PAYMENT_METHOD_REQUIRED") from error
    except MethodUnknownError as error:
        raise _method_error(error.sentence, "PAYMENT_METHOD_UNKNOWN") from error


def _method_error(sentence: str, code: str) -> InvalidInputError:
    return InvalidInputError(
        f"payment_method: {sentence}", fields={"payment_method": [sentence]}, code=code
    )


def _answer(payment: dict[str, Any], ask: Callable[[], Outcome], now: dt.datetime) -> Outcome:
    try:
        return ask()
    except ProviderTimeoutError as error:
        payment_release(payment["_id"], now=now)
        raise PaymentTimeoutError from error
    except ProviderDownError as error:
        payment_release(payment["_id"], now=now)
        raise PaymentUnavailableError from error
    except MethodUnknownError as error:
        outcome_store(payment["_id"], Declined("method_unknown", error.sentence), now=now)
        raise _method_error(error.sentence, "PAYMENT_METHOD_UNKNOWN") from error
    except RefusedError as error:
        return Declined("refused", error.sentence)


def _concluded(payment: dict[str, Any], outcome: Outcome, now: dt.datetime) -> dict[str, Any]:
    stored = outcome_store(payment["_id"], outcome, now=now)
    if isinstance(outcome, Declined):
        raise PaymentDeclinedError(outcome.sentence, decline_code=outcome.code)
    if isinstance(outcome, ActionRequired):
        raise _action_required(stored, outcome)
    return stored


def _action_required(
    payment: dict[str, Any], outcome: ActionRequired
) -> PaymentActionRequiredError:
    name = str(payment["_id"])
    if outcome.client_secret:
        return PaymentActionRequiredError(payment_id=name, client_secret=outcome.client_secret)
    url = f"/api/bookings/payments/{name}/confirm"
    return PaymentActionRequiredError(payment_id=name, confirm_url=url)


def outcome_store(payment_id: ObjectId, outcome: Outcome, *, now: dt.datetime) -> dict[str, Any]:
    """Returns the payment after the provider's answer; one that is further already stays so."""
    values: dict[str, Any] = {"status": _status(outcome).value, "updated_at": now}
    if outcome.ref is not None:
        values["provider_ref"] = outcome.ref
    if isinstance(outcome, Declined):
        values["problem"] = outcome.sentence[:300]
    stored = mongo.collection("payments").find_one_and_update(
        {"_id": payment_id, "status": {"$in": WAITING}},
        {"$set": values},
        return_document=ReturnDocument.AFTER,
    )
    return stored or payment_stored(payment_id)


def _status(outcome: Outcome) -> PaymentState:
    if isinstance(outcome, Declined):
        return PaymentState.DECLINED
    return (
        PaymentState.ACTION_REQUIRED
        if isinstance(outcome, ActionRequired)
        else PaymentState.AUTHORISED
    )


def _earlier(
    payment_id: ObjectId, guest_id: ObjectId, amount: int, currency: str, now: dt.datetime
) -> dict[str, Any]:
    payment = payment_owned(payment_id, guest_id=guest_id)
    if payment["booking_id"] is not None or payment["dropped_at"] is not None:
        raise _used()
    if (payment["amount"], payment["currency"]) != (amount, currency):
        raise ConflictError(
            f"This payment is for {money_text(payment['amount'], payment['currency'])}, and now "
            f"{money_text(amount, currency)} are due. Start again without it.",
            code="PAYMENT_MISMATCH",
        )
    if payment["status"] == PaymentState.ACTION_REQUIRED:
        return _concluded(payment, _asked_again(payment, now), now)
    if payment["status"] == PaymentState.DECLINED:
        raise PaymentDeclinedError(payment["problem"], decline_code="declined")
    if payment["status"] != PaymentState.AUTHORISED:
        raise _used()
    return payment


def _asked_again(payment: dict[str, Any], now: dt.datetime) -> Outcome:
    """Asks whether the guest has confirmed at the provider, who has not notified us yet."""
    bank = provider(payment["provider"])
    if bank.is_local:
        return ActionRequired(payment["provider_ref"])
    return _answer(payment, lambda: bank.confirm(payment["provider_ref"], approve=True), now)


def _used() -> ConflictError:
    return ConflictError(
        "This payment is used or given up already. Start again without it.", code="PAYMENT_USED"
    )


def payment_bind(payment_id: ObjectId, *, booking_id: ObjectId, now: dt.datetime) -> None:
    """Binds it in the booking's transaction; raises `ConflictError` where it cannot be used."""
    free = {
        "_id": payment_id,
        "booking_id": None,
        "dropped_at": None,
        "status": PaymentState.AUTHORISED.value,
    }
    bound = mongo.collection("payments").update_one(
        free, {"$set": {"booking_id": booking_id, "updated_at": now}}, session=mongo.session()
    )
    if not bound.matched_count:
        raise _used()


def payment_confirm(
    payment_id: ObjectId, *, guest_id: ObjectId, approve: bool, now: dt.datetime
) -> dict[str, Any]:
    """Returns the payment after its guest confirmed it (or did not); repeating changes nothing.

    Raises `NotFoundError` for another's payment.
    """
    payment = payment_owned(payment_id, guest_id=guest_id)
    if payment["dropped_at"] is not None:
        raise _used()
    if payment["status"] != PaymentState.ACTION_REQUIRED:
        return payment
    bank = provider(payment["provider"])
    outcome = _answer(payment, lambda: bank.confirm(payment["provider_ref"], approve=approve), now)
    return outcome_store(payment_id, outcome, now=now)
