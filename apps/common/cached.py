"""Answers that many ask for and few change, kept in Redis for some minutes."""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
Made = TypeVar("Made")


def cached(key: str, make: Callable[[], Made], *, seconds: int) -> Made:
    """Returns what `make` returned in the last `seconds`; without Redis, what it returns now."""
    try:
        found: Made | None = cache.get(key)
        if found is None:
            found = make()
            cache.set(key, found, seconds)
    except RedisError:
        logger.warning("cache.unavailable", extra={"key": key})
        return make()
    return found
