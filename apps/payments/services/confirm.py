"""The guest confirms a payment that their bank asks about."""

import datetime as dt

from bson import ObjectId

from apps.payments.clients import provider
from apps.payments.enums import PaymentState
from apps.payments.rows import PaymentRow
from apps.payments.selectors import payment_owned
from apps.payments.services.authorise import outcome_of, outcome_store
from apps.payments.services.errors import PaymentUsedError


def payment_confirm(
    payment_id: ObjectId, *, guest_id: ObjectId, approve: bool, now: dt.datetime
) -> PaymentRow:
    """Returns the payment after its guest confirmed it (or did not); repeating changes nothing.

    Raises `PaymentUnknownError`, also for another's payment, `PaymentUsedError`, and
    `PaymentTimeoutError` or `PaymentUnavailableError` for the provider.
    """
    payment = payment_owned(payment_id, guest_id=guest_id)
    if payment["dropped_at"] is not None:
        raise PaymentUsedError
    if payment["status"] != PaymentState.ACTION_REQUIRED:
        return payment
    bank, ref = provider(payment["provider"]), str(payment["provider_ref"])
    outcome = outcome_of(payment_id, lambda: bank.confirm(ref, approve=approve), now=now)
    return outcome_store(payment_id, outcome, now=now)
