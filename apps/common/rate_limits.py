"""Rate limits on Redis that hold across processes. A rate is written `100/minute`. All raise
`RedisError` where Redis is away."""

import time
from functools import cache

from django.conf import settings
from limits import parse
from limits.storage import RedisStorage
from limits.strategies import FixedWindowRateLimiter

from apps.common import redis_guard


@cache
def _limiter_of(url: str) -> FixedWindowRateLimiter:
    prefix = f"{settings.DATABASES['default']['NAME']}:limits"
    storage = RedisStorage(url, connection_pool=redis_guard.pool(), key_prefix=prefix)
    return FixedWindowRateLimiter(storage)


def _limiter() -> FixedWindowRateLimiter:
    return _limiter_of(settings.REDIS_URL)


def hit(rate: str, scope: str, key: str, *, cost: int = 1) -> bool:
    """Counts; False for what is above the rate, which is counted too."""
    return _limiter().hit(parse(rate), scope, key, cost=cost)


def is_used_up(rate: str, scope: str, key: str) -> bool:
    """Without counting."""
    return not _limiter().test(parse(rate), scope, key)


def seconds_left(rate: str, scope: str, key: str) -> int:
    """Until the count begins anew."""
    reset, _ = _limiter().get_window_stats(parse(rate), scope, key)
    return max(1, int(reset - time.time()))
