"""The environment of this process: its role, and secrets that it cannot start without."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from airbnb.roles import role_current

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.FileAwareEnv()

SERVICE_ROLE, ROLE = role_current()
ENVIRONMENT = env.str("DJANGO_ENV", default="development")
if ENVIRONMENT not in {"development", "test", "production"}:
    raise ImproperlyConfigured(
        f"DJANGO_ENV={ENVIRONMENT!r}: choose development, test or production."
    )
IS_PRODUCTION = ENVIRONMENT == "production"


def secret(name: str) -> str:
    value: str = env.str(name, default="").replace("\\n", "\n")
    if not value or "change-me" in value:
        raise ImproperlyConfigured(
            f"{name} is not set. `make up` makes one for development; in production set {name} "
            f"or {name}_FILE (see .env.example)."
        )
    return value
