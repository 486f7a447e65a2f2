"""Replies of searches that are asked again and again are kept in Redis for some seconds. One that
is older than a booking, a block or an edit of its area is never given: the changes that it has
seen are compared, in MongoDB, with those that there are (docs/decisions/0046-kept-searches.md)."""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Collection
from hashlib import blake2b
from threading import Lock

from django.conf import settings
from redis.exceptions import RedisError

from apps.common import redis_guard
from apps.properties.metrics import SEARCHES_KEPT
from apps.properties.selectors.changes import TOKEN_BYTES, changes_seen

logger = logging.getLogger(__name__)
# A search is hot when this process answered it within as many seconds.
HOT_SECONDS = 30.0
MOST_KNOWN = 2000


class Recent:
    """The searches that were answered lately, without asking anybody."""

    def __init__(self) -> None:
        self._seen: OrderedDict[bytes, float] = OrderedDict()
        self._lock = Lock()

    def again(self, key: bytes) -> bool:
        now = time.monotonic()
        with self._lock:
            before = self._seen.pop(key, None)
            self._seen[key] = now
            if len(self._seen) > MOST_KNOWN:
                self._seen.popitem(last=False)
        return before is not None and now - before < HOT_SECONDS

    def forget(self) -> None:
        with self._lock:
            self._seen.clear()


RECENT = Recent()


def kept(search: str, cells: Collection[int] | None, answer: Callable[[], bytes]) -> bytes:
    """Returns what `answer` gives, or gave for the same `search` while nothing has changed in
    `cells` since. `search` names all that it depends on, beside what is stored."""
    seconds = settings.SEARCH_KEPT_SECONDS
    key = blake2b(search.encode(), digest_size=16).digest()
    if not seconds or not RECENT.again(key):
        return answer()
    # Before the answer: what is committed while it is made is in none of both, or in the token
    # that is compared.
    seen = changes_seen(cells)
    if seen is None:
        return answer()
    found = _read(key)
    if found is not None and found[:TOKEN_BYTES] == seen:
        SEARCHES_KEPT.labels("found").inc()
        return found[TOKEN_BYTES:]
    made = answer()
    _write(key, seen + made, seconds)
    SEARCHES_KEPT.labels("made").inc()
    return made


def _read(key: bytes) -> bytes | None:
    try:
        found = redis_guard.client().get(_name(key))
    except RedisError:
        logger.warning("search.redis_away")
        return None
    return found if isinstance(found, bytes) else None


def _write(key: bytes, value: bytes, seconds: int) -> None:
    try:
        redis_guard.client().set(_name(key), value, ex=seconds)
    except RedisError:
        logger.warning("search.redis_away")


def _name(key: bytes) -> bytes:
    return f"{settings.DATABASES['default']['NAME']}:search:".encode() + key
