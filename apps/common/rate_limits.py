"""Rate limits on Redis that hold across processes. A rate is written `100/minute`. All raise
`RedisError` where Redis is away."""

import time
from collections import OrderedDict
from functools import cache
from threading import Lock

from django.conf import settings
from limits import parse
from limits.storage import RedisStorage
from limits.strategies import FixedWindowRateLimiter

from apps.common import redis_guard

# Of 3,000 a minute ten are counted ahead, of fewer than 300 none.
AHEAD_PART = 300
AHEAD_SECONDS = 5.0
MOST_AHEAD = 10_000
_parsed = cache(parse)


@cache
def _limiter_of(url: str) -> FixedWindowRateLimiter:
    prefix = f"{settings.DATABASES['default']['NAME']}:limits"
    storage = RedisStorage(url, connection_pool=redis_guard.pool(), key_prefix=prefix)
    return FixedWindowRateLimiter(storage)


def _limiter() -> FixedWindowRateLimiter:
    return _limiter_of(settings.REDIS_URL)


def hit(rate: str, scope: str, key: str, *, cost: int = 1) -> bool:
    """Counts; False for what is above the rate, which is counted too."""
    return _limiter().hit(_parsed(rate), scope, key, cost=cost)


def hit_ahead(rate: str, scope: str, key: str, *, cost: int = 1) -> bool:
    """As `hit`, for what is called often: of a rate of hundreds some units more are counted at
    once, and used by this process without asking Redis. Nobody gets more than the rate; what is
    not used within `AHEAD_SECONDS` is lost."""
    item = _parsed(rate)
    more = item.amount // AHEAD_PART
    if _ahead.use((rate, scope, key), cost):
        return True
    limiter = _limiter()
    used = limiter.storage.incr(item.key_for(scope, key), item.get_expiry(), amount=cost + more)
    if more and used <= item.amount:
        _ahead.add((rate, scope, key), more)
    return bool(used - more <= item.amount)


class _Ahead:
    """The units that are counted already, by who may use them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._left: OrderedDict[tuple[str, str, str], tuple[int, float]] = OrderedDict()

    def use(self, who: tuple[str, str, str], cost: int) -> bool:
        with self._lock:
            left, until = self._left.get(who, (0, 0.0))
            if left < cost or time.monotonic() > until:
                return False
            self._left[who] = left - cost, until
            return True

    def add(self, who: tuple[str, str, str], units: int) -> None:
        with self._lock:
            self._left[who] = units, time.monotonic() + AHEAD_SECONDS
            self._left.move_to_end(who)
            if len(self._left) > MOST_AHEAD:
                self._left.popitem(last=False)


_ahead = _Ahead()


def is_used_up(rate: str, scope: str, key: str) -> bool:
    """Without counting."""
    return not _limiter().test(_parsed(rate), scope, key)


def seconds_left(rate: str, scope: str, key: str) -> int:
    """Until the count begins anew."""
    reset, _ = _limiter().get_window_stats(_parsed(rate), scope, key)
    return max(1, int(reset - time.time()))
