"""Who takes the guests' money: PAYMENT_PROVIDER says it for new payments, and an old payment is
finished by the one that authorised it."""

from collections.abc import Callable, Mapping

from django.conf import settings

from apps.bookings.clients.payments.port import Provider
from apps.bookings.clients.payments.sandbox import Sandbox


def _stripe() -> Provider:
    # Loads two thousand modules, which a sandbox does without.
    from apps.bookings.clients.payments.stripe import stripe_provider

    return stripe_provider()


PROVIDERS: Mapping[str, Callable[[], Provider]] = {"sandbox": Sandbox, "stripe": _stripe}


def is_local(name: str) -> bool:
    """Of a payment's provider, without loading it."""
    return name == Sandbox.name and Sandbox.is_local


def provider(name: str | None = None) -> Provider:
    return PROVIDERS[name or settings.PAYMENT_PROVIDER]()
