"""Redis as requests use it: after a call that was not answered in time the next ones fail at once,
until Redis answers a thread that asks it (a circuit breaker). Who uses Redis handles `RedisError`
already, by going on without it or by refusing."""

import logging
import threading
import time
from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from redis import Connection, ConnectionPool, Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisTimeoutError
from redis.retry import Retry

logger = logging.getLogger(__name__)
TIMEOUT_SECONDS = 0.5
ASK_SECONDS = 0.25
NOT_ASKED = "Redis was away a moment ago, so it was not asked"


class Breaker:
    def __init__(self, answers: Callable[[], bool]) -> None:
        self.is_open = False
        self._answers = answers
        self._lock = threading.Lock()

    def open(self) -> None:
        with self._lock:
            if self.is_open:
                return
            self.is_open = True
        logger.warning("redis.away")
        threading.Thread(target=self._wait, name="redis-breaker", daemon=True).start()

    def _wait(self) -> None:
        while not self._answers():
            time.sleep(ASK_SECONDS)
        self.is_open = False
        logger.warning("redis.back")


class Asker:
    """Asks Redis by a connection that nothing guards."""

    def __init__(self, connection_class: type[Any], options: dict[str, Any]) -> None:
        self._pool: ConnectionPool = ConnectionPool(
            connection_class=connection_class, **{**options, **_patience(retries=0)}
        )

    def answers(self) -> bool:
        try:
            return bool(Redis(connection_pool=self._pool).ping())
        except RedisError:
            return False


def _patience(*, retries: int) -> dict[str, Any]:
    """One that was closed meanwhile is opened again; what was not answered in time is not asked
    twice."""
    return {
        "socket_timeout": TIMEOUT_SECONDS,
        "socket_connect_timeout": TIMEOUT_SECONDS,
        "retry": Retry(NoBackoff(), retries, (RedisConnectionError,)),
    }


class _Guard:
    """Before a class of connection: opens the breaker where Redis is silent or out of reach."""

    breaker: Breaker

    def connect(self) -> None:
        self._guarded(super().connect, RedisError)  # type: ignore[misc]

    def send_packed_command(self, *args: Any, **named: Any) -> None:
        self._guarded(super().send_packed_command, RedisTimeoutError, *args, **named)  # type: ignore[misc]

    def read_response(self, *args: Any, **named: Any) -> Any:
        return self._guarded(super().read_response, RedisTimeoutError, *args, **named)  # type: ignore[misc]

    def _guarded(
        self, call: Callable[..., Any], failure: type[RedisError], *args: Any, **named: Any
    ) -> Any:
        try:
            return call(*args, **named)
        except failure:
            self.breaker.open()
            raise


class GuardedPool(ConnectionPool):
    def __init__(self, connection_class: type[Any] = Connection, **options: Any) -> None:
        self.breaker = Breaker(Asker(connection_class, options).answers)
        own = {"breaker": self.breaker}
        guarded = type(f"Guarded{connection_class.__name__}", (_Guard, connection_class), own)
        super().__init__(connection_class=guarded, **{**options, **_patience(retries=1)})

    def get_connection(self, *args: Any, **named: Any) -> Any:
        if self.breaker.is_open:
            raise RedisConnectionError(NOT_ASKED)
        return super().get_connection(*args, **named)


def pool() -> GuardedPool:
    """One for all of a process that do not bring their own (Django's cache does)."""
    return _pool_of(settings.REDIS_URL)


@cache
def _pool_of(url: str) -> GuardedPool:
    made: GuardedPool = GuardedPool.from_url(url)
    return made


def client() -> Redis:
    """One on the pool of the process."""
    return _client_of(pool())


@cache
def _client_of(of: GuardedPool) -> Redis:
    return Redis(connection_pool=of)
