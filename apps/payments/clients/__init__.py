"""Payment providers: PAYMENT_PROVIDER names the one of new payments; an old payment is finished by
the one that authorised it."""

from collections.abc import Callable, Mapping

from django.conf import settings

from apps.payments.clients.port import Provider
from apps.payments.clients.sandbox import Sandbox


def _stripe() -> Provider:
    # Loads two thousand modules, which a sandbox does without.
    from apps.payments.clients.stripe import stripe_provider

    return stripe_provider()


PROVIDERS: Mapping[str, Callable[[], Provider]] = {"sandbox": Sandbox, "stripe": _stripe}


def is_local(name: str) -> bool:
    """Of a payment's provider, without loading it."""
    return name == Sandbox.name and Sandbox.is_local


def provider(name: str | None = None) -> Provider:
    return PROVIDERS[name or settings.PAYMENT_PROVIDER]()
