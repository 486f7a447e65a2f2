"""/health (the seed's probe), /livez: this process answers. /readyz: what it needs answers too."""

import time
from collections.abc import Callable, Mapping

import pymongo
from django.conf import settings
from django.http import HttpRequest, JsonResponse
from pymongo.errors import PyMongoError
from redis import Redis
from redis.exceptions import RedisError

from apps.common import indexes, mongo, redis_guard

CHECK_SECONDS = 2
INDEXES_SECONDS = 60
_indexes_good_until = 0.0


def health(_request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok", "role": settings.SERVICE_ROLE})


livez = health


def readyz(_request: HttpRequest) -> JsonResponse:
    problems = {name: CHECKS[name]() for name in _needs() if name in CHECKS}
    missing = {name: problem for name, problem in problems.items() if problem}
    body = {
        "status": "unavailable" if missing else "ready",
        "role": settings.SERVICE_ROLE,
        "checks": {name: missing.get(name, "ok") for name in problems},
    }
    return JsonResponse(body, status=503 if missing else 200)


def _needs() -> tuple[str, ...]:
    """In development a forgotten `ensure_indexes` shows at once; production's roll-out runs it."""
    needs: tuple[str, ...] = settings.ROLE.needs
    return (*needs, "indexes") if settings.ENVIRONMENT == "development" else needs


def _mongodb() -> str:
    try:
        with pymongo.timeout(CHECK_SECONDS):
            hello = mongo.database().command("hello")
    except PyMongoError as error:
        return f"MongoDB does not answer: {type(error).__name__}"
    if "setName" not in hello:
        return "MongoDB is not a replica set, which transactions need"
    return ""


def _redis() -> str:
    try:
        Redis(connection_pool=redis_guard.pool()).ping()
    except RedisError as error:
        return f"Redis does not answer: {type(error).__name__}"
    return ""


def _indexes() -> str:
    """A dozen small commands: the answer is kept for a minute once it is good."""
    global _indexes_good_until  # noqa: PLW0603
    if time.monotonic() < _indexes_good_until:
        return ""
    try:
        with pymongo.timeout(CHECK_SECONDS):
            wrong = [item for item in indexes.drift() if item.problem != "extra"]
    except PyMongoError as error:
        return f"MongoDB does not list its indexes: {type(error).__name__}"
    if wrong:
        names = ", ".join(f"{item.collection}.{item.index}" for item in wrong)
        return f"Run manage.py ensure_indexes. Missing or different: {names}"
    _indexes_good_until = time.monotonic() + INDEXES_SECONDS
    return ""


CHECKS: Mapping[str, Callable[[], str]] = {
    "mongodb": _mongodb,
    "redis": _redis,
    "indexes": _indexes,
}
