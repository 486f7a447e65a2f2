"""Slows down who guesses secrets: passwords, codes of a second factor. Nobody is locked out.

Attempts are counted before they are looked at, so that many at once cannot slip through, and
forgotten when one succeeds. After `free` of them each next one has to wait longer, up to `longest`.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from redis.exceptions import RedisError
from rest_framework.request import Request

from apps.common import redis_guard
from apps.common.errors import RateLimitedError, UnavailableError
from apps.common.network import client_network

FORGET_SECONDS = 24 * 3600
# KEYS: of each counter. ARGV: for each its free attempts and longest wait, then the time of memory.
# Redis's own clock decides. Answers the seconds to wait; 0 has counted this attempt everywhere.
COUNT = """
local now = tonumber(redis.call('TIME')[1])
local wait = 0
for i, key in ipairs(KEYS) do
    local blocked_until = tonumber(redis.call('HGET', key, 'until') or 0)
    wait = math.max(wait, blocked_until - now)
end
if wait > 0 then return wait end
for i, key in ipairs(KEYS) do
    local free, longest = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
    local count = redis.call('HINCRBY', key, 'count', 1)
    if count >= free then
        local delay = math.min(10 * 2 ^ math.min(count - free, 20), longest)
        redis.call('HSET', key, 'until', now + delay)
    end
    redis.call('EXPIRE', key, ARGV[#ARGV])
end
return 0
"""


class TooManyAttemptsError(RateLimitedError):
    sentence = "Too many attempts. Try again in {seconds} s."
    sample: ClassVar = {"seconds": 8}

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds=seconds)
        self.retry_after = seconds


class GuessingUnavailableError(UnavailableError):
    sentence = "This is not possible right now. Try again in a minute."


@dataclass(frozen=True)
class _Counter:
    """`free` attempts cost no wait; then 10 s, 20 s, 40 s and so on up to `longest`."""

    name: str
    free: int
    longest: int


@contextmanager
def guesses(scope: str, *, account: str, request: Request | Any) -> Iterator[None]:
    """Counts an attempt at a secret of `account`; the block raises if it failed. An empty
    `RATE_LIMIT_LOGIN` switches it off.

    Somebody at one network waits up to a quarter of an hour. An account that is tried from many
    networks is slowed down too, but so little that its owner still gets in. Raises
    `TooManyAttemptsError` and, as nobody could be counted, `GuessingUnavailableError`.
    """
    if not settings.RATE_LIMIT_LOGIN:
        yield
        return
    name = f"{scope}:{hashlib.sha256(account.encode(errors='replace')).hexdigest()}"
    counters = (
        _Counter(f"{name}:{client_network(request)}", free=5, longest=900),
        _Counter(name, free=30, longest=30),
    )
    _count(counters)
    yield
    _forget(counters)


def _count(counters: tuple[_Counter, ...]) -> None:
    limits = [number for counter in counters for number in (counter.free, counter.longest)]
    try:
        keys = [_key(counter) for counter in counters]
        wait = redis_guard.client().eval(COUNT, len(keys), *keys, *limits, FORGET_SECONDS)
    except RedisError as error:
        raise GuessingUnavailableError from error
    if wait:
        raise TooManyAttemptsError(int(wait))


def _forget(counters: tuple[_Counter, ...]) -> None:
    try:
        redis_guard.client().delete(*(_key(counter) for counter in counters))
    except RedisError as error:
        raise GuessingUnavailableError from error


def _key(counter: _Counter) -> str:
    return f"{settings.DATABASES['default']['NAME']}:guesses:{counter.name}"
