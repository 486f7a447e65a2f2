"""Rate limits on Redis that hold across processes: DRF's own let 400 of 400 calls through."""

import logging
import time
from functools import cache
from typing import Any

from django.conf import settings
from limits import RateLimitItem, parse
from limits.storage import RedisStorage
from limits.strategies import FixedWindowRateLimiter
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from apps.common.errors import UnavailableError
from apps.common.network import client_address
from apps.common.permissions import caller

logger = logging.getLogger(__name__)


@cache
def _limiter() -> FixedWindowRateLimiter:
    prefix = f"{settings.DATABASES['default']['NAME']}:limits"
    return FixedWindowRateLimiter(RedisStorage(settings.REDIS_URL, key_prefix=prefix))


class _Throttle(BaseThrottle):
    rate = ""
    scope = ""

    def key(self, request: Request) -> str | None:
        """Who is counted; None leaves the call uncounted."""
        raise NotImplementedError

    def on_outage(self) -> bool:
        return True

    def allow_request(self, request: Request, view: Any) -> bool:
        key = self.key(request)
        if key is None or not self.rate:
            return True
        self._item: RateLimitItem = parse(self.rate)
        self._key = key
        try:
            return _limiter().hit(self._item, self.scope, key)
        except RedisError:
            logger.warning("throttling.unavailable", extra={"scope": self.scope})
            return self.on_outage()

    def wait(self) -> float | None:
        reset, _ = _limiter().get_window_stats(self._item, self.scope, self._key)
        return max(1.0, reset - time.time())


class UserThrottle(_Throttle):
    scope = "user"

    @property
    def rate(self) -> str:  # type: ignore[override]
        return settings.RATE_LIMIT_USER

    def key(self, request: Request) -> str | None:
        return str(caller(request).id) if request.user.is_authenticated else None


class AddressThrottle(_Throttle):
    """Counts the calls to what is open to everybody, by address."""

    scope = "anonymous"

    @property
    def rate(self) -> str:  # type: ignore[override]
        return settings.RATE_LIMIT_ANONYMOUS

    def key(self, request: Request) -> str | None:
        return client_address(request)


class LoginUnavailableError(UnavailableError):
    sentence = "Logging in is not possible right now. Try again in a minute."


class LoginThrottle(_Throttle):
    """Counts attempts by address; without Redis nobody can guess passwords unseen."""

    scope = "login"

    @property
    def rate(self) -> str:  # type: ignore[override]
        return settings.RATE_LIMIT_LOGIN

    def key(self, request: Request) -> str | None:
        return client_address(request)

    def on_outage(self) -> bool:
        raise LoginUnavailableError
