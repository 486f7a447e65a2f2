"""Accounts, passwords, tokens, sessions and cookies."""

from datetime import timedelta
from typing import Any

from airbnb.settings.environment import IS_PRODUCTION, ROLE, env, secret
from airbnb.settings.strength import require_rsa

# Whether staff act only after a log-in with second factor, in the admin and by the API.
REQUIRE_STAFF_SECOND_FACTOR = env.bool("REQUIRE_STAFF_SECOND_FACTOR", default=IS_PRODUCTION)
SESSION_ENGINE = "apps.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = IS_PRODUCTION
LOGIN_REDIRECT_URL = "/admin/"
CSRF_COOKIE_SECURE = IS_PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"


def public_keys() -> str:
    """PEMs of the keys that tokens are accepted from beside the own private one's. A role that
    takes tokens and does not sign cannot start without."""
    if ROLE.is_web and not ROLE.signs:
        return secret("JWT_PUBLIC_KEYS")
    return env.str("JWT_PUBLIC_KEYS", default="").replace("\\n", "\n")


AUTHENTICATION_BACKENDS = ["apps.accounts.authentication.StaffBackend"]
AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["apps.accounts.hashers.NormalisingHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Who e-mails what an account asks for: an `AccountMail`, which accounts must not import.
ACCOUNT_MAIL = "apps.notifications.services.account_emails.ACCOUNT_MAIL"
_signing_key, _public_keys = secret("JWT_SECRET_KEY") if ROLE.signs else "", public_keys()
if IS_PRODUCTION:
    require_rsa("JWT_SECRET_KEY", _signing_key)
    require_rsa("JWT_PUBLIC_KEYS", _public_keys)
# Only the roles that log people in hold the private key; the others verify by the public ones.
SIMPLE_JWT: dict[str, Any] = {
    "ALGORITHM": "RS256",
    "SIGNING_KEY": _signing_key,
    "VERIFYING_KEY": _public_keys,
    "ACCESS_TOKEN_LIFETIME": timedelta(hours=24),
    "AUDIENCE": "airbnb-api",
    "ISSUER": "airbnb",
}
