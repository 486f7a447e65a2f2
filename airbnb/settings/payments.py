"""Who takes the guests' money."""

from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured

from airbnb.settings.environment import IS_PRODUCTION, ROLE, SERVICE_ROLE, env
from airbnb.settings.strength import require_https

# Who takes the guests' money. A call, tried twice at most, stays below gunicorn's 30 s.
PAYMENT_PROVIDER = env.str("PAYMENT_PROVIDER", default="sandbox")
STRIPE_SECRET_KEY = env.str("STRIPE_SECRET_KEY", default="")
STRIPE_WEBHOOK_SECRET = env.str("STRIPE_WEBHOOK_SECRET", default="")
STRIPE_API_BASE = env.str("STRIPE_API_BASE", default="") or "https://api.stripe.com"
PAYMENT_TIMEOUT_SECONDS = min(env.float("PAYMENT_TIMEOUT_SECONDS", default=8.0), 12.0)
if PAYMENT_PROVIDER not in {"sandbox", "stripe"}:
    raise ImproperlyConfigured(f"PAYMENT_PROVIDER={PAYMENT_PROVIDER!r}: choose sandbox or stripe.")
_pays = "payments" in ROLE.routes or SERVICE_ROLE == "worker"
if _pays and PAYMENT_PROVIDER == "stripe" and not (STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET):
    raise ImproperlyConfigured(
        "PAYMENT_PROVIDER=stripe needs STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET."
    )
if _pays and IS_PRODUCTION:
    if PAYMENT_PROVIDER == "sandbox":
        raise ImproperlyConfigured(
            "PAYMENT_PROVIDER=sandbox takes test cards and moves no money: production needs "
            "PAYMENT_PROVIDER=stripe, STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET."
        )
    if not STRIPE_SECRET_KEY.startswith(("sk_live_", "rk_live_")):
        raise ImproperlyConfigured(
            "STRIPE_SECRET_KEY is no live key: one of test mode takes test cards and moves no "
            "money. Set the account's sk_live_ or rk_live_ key."
        )
    require_https("STRIPE_API_BASE", STRIPE_API_BASE)
# When an authorised payment without a booking is given up, and how long after an authorisation
# without an answer the provider is asked what became of it.
PAYMENT_ORPHAN_AFTER = timedelta(minutes=20)
PAYMENT_DROP_AFTER = timedelta(minutes=2)
# Ten seconds, then twice as long after each try up to an hour: seven hours in all.
PAYMENT_TRIES = 15
# What is paid for: a `Payable`, which payments must not import.
PAYABLE = "apps.bookings.services.charges.PAYABLE"
