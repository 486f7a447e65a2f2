"""/health (the seed's probe), /livez: this process answers. /readyz: what it needs answers too."""

from collections.abc import Callable, Mapping

import pymongo
from django.conf import settings
from django.http import HttpRequest, JsonResponse
from pymongo.errors import PyMongoError
from redis import Redis
from redis.exceptions import RedisError

from apps.common import mongo

CHECK_SECONDS = 2


def health(_request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok", "role": settings.SERVICE_ROLE})


livez = health


def readyz(_request: HttpRequest) -> JsonResponse:
    problems = {name: CHECKS[name]() for name in settings.ROLE.needs if name in CHECKS}
    missing = {name: problem for name, problem in problems.items() if problem}
    body = {
        "status": "unavailable" if missing else "ready",
        "role": settings.SERVICE_ROLE,
        "checks": {name: missing.get(name, "ok") for name in problems},
    }
    return JsonResponse(body, status=503 if missing else 200)


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
        with Redis.from_url(settings.REDIS_URL, socket_timeout=CHECK_SECONDS) as client:
            client.ping()
    except RedisError as error:
        return f"Redis does not answer: {type(error).__name__}"
    return ""


CHECKS: Mapping[str, Callable[[], str]] = {"mongodb": _mongodb, "redis": _redis}
