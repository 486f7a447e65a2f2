"""Stripe by its own library: PaymentIntents that are confirmed when they are made and captured
later. Our payment's id is in their metadata and our keys are their idempotency keys."""

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

import stripe
from django.conf import settings

from apps.common.money import digits, money_text, smallest
from apps.payments.clients.port import (
    ActionRequired,
    Authorised,
    Declined,
    Method,
    MethodRequiredError,
    MethodUnknownError,
    Notice,
    NoticeInvalidError,
    Outcome,
    ProviderDownError,
    ProviderTimeoutError,
    RefusedError,
)

T = TypeVar("T")
# https://docs.stripe.com/currencies: Stripe counts in the units of ISO 4217 but for these. Kronur
# and Ugandan shillings come as hundredths, which are always 0; ariary come whole.
DIGITS_AT_STRIPE = {"ISK": 2, "UGX": 2, "MGA": 0}
UNREADABLE = (ValueError, TypeError, AttributeError, KeyError)
NO_MONEY = "Stripe is not reachable right now."
EVENTS = {
    "payment_intent.amount_capturable_updated",
    "payment_intent.succeeded",
    "payment_intent.canceled",
    "charge.refunded",
}


@lru_cache(maxsize=4)
def _client(key: str, api_base: str, seconds: float) -> stripe.StripeClient:
    """One retry, with the same idempotency key, mends what is over in a moment."""
    return stripe.StripeClient(
        key,
        base_addresses={"api": api_base},
        http_client=stripe.RequestsClient(timeout=seconds),
        max_network_retries=1,
    )


def stripe_provider() -> "Stripe":
    return Stripe(
        _client(
            settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE, settings.PAYMENT_TIMEOUT_SECONDS
        )
    )


class Stripe:
    name = "stripe"
    is_local = False

    def __init__(self, client: stripe.StripeClient) -> None:
        self._intents = client.v1.payment_intents
        self._refunds = client.v1.refunds

    def methods(self) -> list[Method]:
        """Cards are entered at Stripe's own fields, which make a payment method of them."""
        return []

    def method(self, chosen: str | None) -> str:
        if not chosen:
            raise MethodRequiredError("Choose how to pay.")
        return chosen

    def authorise(self, *, key: str, amount: int, currency: str, method: str) -> Outcome:
        call: Any = {
            "amount": _amount(amount, currency),
            "currency": currency.lower(),
            "payment_method": method,
            "payment_method_types": ["card"],
            "capture_method": "manual",
            "confirm": True,
            "metadata": {"payment_id": key},
        }
        try:
            intent = _asked(lambda: self._intents.create(call, {"idempotency_key": key}))
        except stripe.CardError as error:
            return _declined(error)
        except stripe.InvalidRequestError as error:
            if error.param == "payment_method":
                raise MethodUnknownError("Stripe does not know this payment method.") from error
            raise _refused(error) from error
        return _outcome(intent)

    def confirm(self, ref: str, *, approve: bool) -> Outcome:
        """What the guest did at Stripe; nobody else can approve it."""
        return _outcome(self._intent(ref))

    def find(self, key: str) -> str | None:
        query: Any = {"query": f"metadata['payment_id']:'{key}'", "limit": 1}
        found = _asked(lambda: self._intents.search(query)).data
        return found[0].id if found else None

    def capture(self, ref: str, *, amount: int, currency: str, key: str) -> None:
        units = _amount(amount, currency)
        call: Any = {"amount_to_capture": units}

        def is_so(intent: stripe.PaymentIntent) -> bool:
            return (intent.status, intent.amount_received) == ("succeeded", units)

        self._moved(lambda: self._intents.capture(ref, call, {"idempotency_key": key}), ref, is_so)

    def void(self, ref: str, *, key: str) -> None:
        def is_so(intent: stripe.PaymentIntent) -> bool:
            return intent.status == "canceled"

        self._moved(lambda: self._intents.cancel(ref, None, {"idempotency_key": key}), ref, is_so)

    def refund(self, ref: str, *, amount: int, currency: str, key: str) -> None:
        call: Any = {
            "payment_intent": ref,
            "amount": _amount(amount, currency),
            "metadata": {"command_id": key},
        }
        try:
            _asked(lambda: self._refunds.create(call, {"idempotency_key": key}))
        except (stripe.InvalidRequestError, stripe.CardError) as error:
            raise _refused(error) from error

    def notice(self, body: bytes, signature: str) -> Notice | None:
        try:
            event = stripe.Webhook.construct_event(body, signature, settings.STRIPE_WEBHOOK_SECRET)
            return _notice(event.type, event.data.to_dict()["object"])
        except stripe.SignatureVerificationError as error:
            raise NoticeInvalidError("The signature of this message is not Stripe's.") from error
        except UNREADABLE as error:
            raise NoticeInvalidError("This message is not an event of Stripe's.") from error

    def _moved(
        self,
        move: Callable[[], object],
        ref: str,
        is_so: Callable[[stripe.PaymentIntent], bool],
    ) -> None:
        """What has become so by another way is done as well."""
        try:
            _asked(move)
        except (stripe.InvalidRequestError, stripe.CardError) as error:
            if error.code == "payment_intent_unexpected_state" and is_so(self._intent(ref)):
                return
            raise _refused(error) from error

    def _intent(self, ref: str) -> stripe.PaymentIntent:
        try:
            return _asked(lambda: self._intents.retrieve(ref))
        except stripe.InvalidRequestError as error:
            raise _refused(error) from error


def _asked(ask: Callable[[], T]) -> T:
    """Raises `CardError` and `InvalidRequestError` as they come: what they mean depends."""
    try:
        return ask()
    except (stripe.CardError, stripe.InvalidRequestError):
        raise
    except stripe.APIConnectionError as error:
        if "Timeout" in type(error.__cause__).__name__:
            raise ProviderTimeoutError("Stripe does not answer.") from error
        raise ProviderDownError(NO_MONEY) from error
    except stripe.StripeError as error:
        # An outage, a limit, a key in use by another call, or a wrong secret of ours.
        raise ProviderDownError(f"{NO_MONEY} ({type(error).__name__})") from error


def _amount(minor: int, currency: str) -> int:
    """Raises `RefusedError` for what is no multiple of the smallest amount that can be paid."""
    if minor % smallest(currency):
        step = money_text(smallest(currency), currency)
        raise RefusedError(f"Stripe moves {currency} in steps of {step}.")
    return int(Decimal(minor).scaleb(_shift(currency)))


def _minor(amount: int, currency: str) -> int:
    return int(Decimal(amount).scaleb(-_shift(currency.upper())))


def _shift(currency: str) -> int:
    """By how many decimals Stripe's amounts are finer than ours."""
    return DIGITS_AT_STRIPE.get(currency, digits(currency)) - digits(currency)


def _outcome(intent: stripe.PaymentIntent) -> Outcome:
    if intent.status in {"requires_capture", "succeeded"}:
        return Authorised(intent.id)
    if intent.status in {"requires_action", "requires_confirmation", "processing"}:
        return ActionRequired(intent.id, intent.client_secret)
    error = intent.to_dict().get("last_payment_error") or {}
    code = error.get("decline_code") or error.get("code") or "card_declined"
    return Declined(code, error.get("message") or "The payment was not approved.", intent.id)


def _declined(error: stripe.CardError) -> Declined:
    body: Any = error.json_body or {}
    details = body.get("error", {})
    intent = details.get("payment_intent") or {}
    code = details.get("decline_code") or error.code or "card_declined"
    return Declined(str(code), error.user_message or "The card was declined.", intent.get("id"))


def _refused(error: stripe.StripeError) -> RefusedError:
    return RefusedError(f"Stripe: {error.user_message or 'the request was refused.'}")


def _notice(kind: str, thing: dict[str, Any]) -> Notice | None:
    payment_id = (thing.get("metadata") or {}).get("payment_id")
    if kind not in EVENTS or not payment_id:
        return None
    if kind == "charge.refunded":
        returned = _minor(thing["amount_refunded"], thing["currency"])
        return Notice(payment_id=payment_id, ref=thing["payment_intent"], refunded=returned)
    is_captured = thing["status"] == "succeeded"
    return Notice(
        payment_id=payment_id,
        ref=thing["id"],
        is_authorised=thing["status"] == "requires_capture",
        is_voided=thing["status"] == "canceled",
        captured=_minor(thing["amount_received"], thing["currency"]) if is_captured else None,
    )
