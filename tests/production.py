"""An environment with which production starts, for tests that start it or take something away."""

from stack.processes.keys import new_rsa_key, public_of

_PRIVATE = new_rsa_key()

PRODUCTION = {
    "DJANGO_ENV": "production",
    "SECRET_KEY": "kV2-t9Qw_81xLzR0mBnE5yUcJh7dGfAoPsi3K6vXTq4WbZ",
    "JWT_SECRET_KEY": _PRIVATE,
    "JWT_PUBLIC_KEYS": public_of(_PRIVATE),
    "ALLOWED_HOSTS": "a.example",
    "SITE_URL": "https://a.example",
    "PAYMENT_PROVIDER": "stripe",
    "STRIPE_SECRET_KEY": "sk_live_of_no_account",
    "STRIPE_WEBHOOK_SECRET": "whsec_of_no_account",
    "EMAIL_HOST": "mail.example",
    "CORS_ALLOWED_ORIGINS": "",
}
