"""Before a booking: an amount is reserved on the guest's card, then bound to the booking in its
transaction, or released. The row comes before the provider is asked, so that whatever crashes, the
timer finds what was reserved for nothing."""

import datetime as dt
from collections.abc import Callable

from bson import ObjectId
from pymongo import ReturnDocument

from apps.common import mongo
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
from apps.payments.rows import PaymentRow, payments
from apps.payments.selectors import payment_owned, payment_stored
from apps.payments.services.errors import (
    PaymentActionRequiredError,
    PaymentDeclinedError,
    PaymentMethodRequiredError,
    PaymentMethodUnknownError,
    PaymentMismatchError,
    PaymentTimeoutError,
    PaymentUnavailableError,
    PaymentUsedError,
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
) -> PaymentRow:
    """Returns the payment as it is stored, authorised and bound to nothing. With `payment_id` it is
    the guest's earlier one, which they have confirmed.

    Raises `PaymentDeclinedError`, `PaymentActionRequiredError`, `PaymentTimeoutError`,
    `PaymentUnavailableError`, `PaymentMethodRequiredError` and `PaymentMethodUnknownError`; for an
    earlier payment `PaymentUnknownError`, `PaymentMismatchError` and `PaymentUsedError`.
    """
    if mongo.session() is not None:
        raise RuntimeError("A provider is never asked inside a transaction, which may run again.")
    if payment_id is not None:
        return _earlier(payment_id, guest_id, amount, currency, now)
    bank = provider()
    method = _chosen(lambda: bank.method(method))
    payment: PaymentRow = {
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
    payments.insert_one(payment)

    def ask() -> Outcome:
        key = str(payment["_id"])
        return bank.authorise(key=key, amount=amount, currency=currency, method=method)

    return _concluded(payment, outcome_of(payment["_id"], ask, now=now), now)


def _chosen(ask: Callable[[], str]) -> str:
    try:
        return ask()
    except MethodRequiredError as error:
        raise PaymentMethodRequiredError from error
    except MethodUnknownError as error:
        raise PaymentMethodUnknownError(reason=error.sentence) from error


def outcome_of(payment_id: ObjectId, ask: Callable[[], Outcome], *, now: dt.datetime) -> Outcome:
    """Returns what the provider answers to `ask`. Where nobody knows what it did, the payment is
    released; raises `PaymentTimeoutError`, `PaymentUnavailableError` and
    `PaymentMethodUnknownError`."""
    try:
        return ask()
    except ProviderTimeoutError as error:
        payment_release(payment_id, now=now)
        raise PaymentTimeoutError from error
    except ProviderDownError as error:
        payment_release(payment_id, now=now)
        raise PaymentUnavailableError from error
    except MethodUnknownError as error:
        outcome_store(payment_id, Declined("method_unknown", error.sentence), now=now)
        raise PaymentMethodUnknownError(reason=error.sentence) from error
    except RefusedError as error:
        return Declined("refused", error.sentence)


def _concluded(payment: PaymentRow, outcome: Outcome, now: dt.datetime) -> PaymentRow:
    stored = outcome_store(payment["_id"], outcome, now=now)
    if isinstance(outcome, Declined):
        raise PaymentDeclinedError(reason=outcome.sentence, decline_code=outcome.code)
    if isinstance(outcome, ActionRequired):
        raise _action_required(stored, outcome)
    return stored


def _action_required(payment: PaymentRow, outcome: ActionRequired) -> PaymentActionRequiredError:
    name = str(payment["_id"])
    if outcome.client_secret:
        return PaymentActionRequiredError(payment_id=name, client_secret=outcome.client_secret)
    url = f"/api/bookings/payments/{name}/confirm"
    return PaymentActionRequiredError(payment_id=name, confirm_url=url)


def outcome_store(payment_id: ObjectId, outcome: Outcome, *, now: dt.datetime) -> PaymentRow:
    """Returns the payment after the provider's answer; one that is further already stays so."""
    values = {"status": _status(outcome).value, "updated_at": now}
    if outcome.ref is not None:
        values["provider_ref"] = outcome.ref
    if isinstance(outcome, Declined):
        values["problem"] = outcome.sentence[:300]
    stored = payments.find_one_and_update(
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
) -> PaymentRow:
    payment = payment_owned(payment_id, guest_id=guest_id)
    if payment["booking_id"] is not None or payment["dropped_at"] is not None:
        raise PaymentUsedError
    if (payment["amount"], payment["currency"]) != (amount, currency):
        raise PaymentMismatchError(
            authorised=money_text(payment["amount"], payment["currency"]),
            due=money_text(amount, currency),
        )
    if payment["status"] == PaymentState.ACTION_REQUIRED:
        return _concluded(payment, _asked_again(payment, now), now)
    if payment["status"] == PaymentState.DECLINED:
        raise PaymentDeclinedError(reason=payment["problem"], decline_code="declined")
    if payment["status"] != PaymentState.AUTHORISED:
        raise PaymentUsedError
    return payment


def _asked_again(payment: PaymentRow, now: dt.datetime) -> Outcome:
    """Asks whether the guest has confirmed at the provider, who has not notified us yet."""
    bank, ref = provider(payment["provider"]), str(payment["provider_ref"])
    if bank.is_local:
        return ActionRequired(ref)
    return outcome_of(payment["_id"], lambda: bank.confirm(ref, approve=True), now=now)


def payment_bind(payment_id: ObjectId, *, booking_id: ObjectId, now: dt.datetime) -> None:
    """Binds it in the booking's transaction; raises `PaymentUsedError`."""
    free = {
        "_id": payment_id,
        "booking_id": None,
        "dropped_at": None,
        "status": PaymentState.AUTHORISED.value,
    }
    values = {"booking_id": booking_id, "updated_at": now}
    bound = payments.update_one(free, {"$set": values})
    if not bound.matched_count:
        raise PaymentUsedError
