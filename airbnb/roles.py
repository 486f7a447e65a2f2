"""What each `SERVICE_ROLE` runs and serves. The entrypoint, the URLs, the local stack, the
manifests and a test read this table; nothing else decides by role."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass

GUNICORN = ("gunicorn", "--config", "docker/gunicorn.conf.py")
WSGI = (*GUNICORN, "airbnb.wsgi:application")
ASGI = (*GUNICORN, "--worker-class", "docker.workers.StreamWorker", "airbnb.asgi:application")
CELERY = ("celery", "--app", "airbnb", "--quiet")


@dataclass(frozen=True, kw_only=True)
class Role:
    """`routes` are keys of `airbnb.urls.ROUTES`; `needs` are what readiness checks; a role that
    `signs` logs people in, and alone gets the private key of the tokens."""

    command: tuple[str, ...]
    routes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ("mongodb", "redis")
    signs: bool = False

    @property
    def is_web(self) -> bool:
        return bool(self.routes)


def _manage(*arguments: str) -> Role:
    return Role(command=(sys.executable, "manage.py", *arguments), needs=("mongodb", "kafka"))


ROLES: Mapping[str, Role] = {
    "all": Role(
        command=WSGI,
        routes=(
            "account",
            "keys",
            "traveler",
            "owner",
            "properties",
            "texts",
            "bookings",
            "payments",
            "ai",
            "notifications",
            "messages",
            "admin",
            "docs",
            "files",
            "pages",
        ),
        signs=True,
    ),
    "traveler": Role(command=WSGI, routes=("account", "keys", "traveler"), signs=True),
    "owner": Role(command=WSGI, routes=("owner",), signs=True),
    "property": Role(command=WSGI, routes=("properties", "texts", "pages")),
    "booking": Role(command=WSGI, routes=("bookings", "payments")),
    "ai": Role(command=WSGI, routes=("ai",)),
    "notification": Role(command=ASGI, routes=("notifications", "messages")),
    "admin": Role(command=WSGI, routes=("admin", "docs")),
    "relay": _manage("relay_outbox"),
    "consumer-owners": _manage("consume_bookings", "--group", "owners"),
    "consumer-travelers": _manage("consume_bookings", "--group", "travelers"),
    "consumer-notifications": _manage("consume_notifications"),
    "worker": Role(command=(*CELERY, "worker", "--concurrency", "1")),
    "beat": Role(command=(*CELERY, "beat", "--pidfile", "")),
}


class UnknownRoleError(ValueError):
    pass


def role_current(environ: Mapping[str, str] = os.environ) -> tuple[str, Role]:
    """The role of this process; raises `UnknownRoleError`, which lists the known ones."""
    name = environ.get("SERVICE_ROLE") or "all"
    if name not in ROLES:
        known = ", ".join(sorted(ROLES))
        raise UnknownRoleError(f"SERVICE_ROLE={name!r} is not a role. Known roles: {known}.")
    return name, ROLES[name]
