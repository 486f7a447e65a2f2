"""A Redis of the test's own, which is stopped and continued: what calls cost meanwhile."""

import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest
from django.core.cache import caches
from redis import Redis
from redis.exceptions import RedisError

from apps.common import rate_limits, redis_guard
from stack.common.waiting import wait_until
from stack.services.redis import RedisServer, wait_for

CALLS = 40


@pytest.fixture
def own_redis(tmp_path, settings):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        RedisServer(tmp_path / "redis", port).command(), stdout=subprocess.DEVNULL
    )
    wait_for(port)
    settings.REDIS_URL = f"redis://127.0.0.1:{port}/0"
    yield process
    process.send_signal(signal.SIGCONT)
    process.terminate()
    process.wait(20)


def seconds_of(call, times=CALLS) -> float:
    began = time.monotonic()
    for _ in range(times):
        call()
    return time.monotonic() - began


def stop(process) -> None:
    process.send_signal(signal.SIGSTOP)
    stat = Path(f"/proc/{process.pid}/stat")
    wait_until(lambda: ") T " in stat.read_text(), "the stop", seconds=20)


def test_a_silent_redis_costs_one_time_out_and_is_used_again_when_it_answers(
    own_redis, guest, settings
):
    settings.RATE_LIMIT_USER = "3/minute"

    def call():
        assert guest.get("/api/traveler/bookings").status_code == 200

    call()
    stop(own_redis)
    seconds_of(call, 1)
    assert redis_guard.pool().breaker.is_open
    began = time.monotonic()
    for _ in range(CALLS):
        with pytest.raises(RedisError, match=redis_guard.NOT_ASKED):
            rate_limits.hit("3/minute", "user", "x")
    assert time.monotonic() - began < redis_guard.TIMEOUT_SECONDS
    call()

    own_redis.send_signal(signal.SIGCONT)
    wait_until(lambda: not redis_guard.pool().breaker.is_open, "Redis", seconds=20)
    statuses = [guest.get("/api/traveler/bookings").status_code for _ in range(5)]
    assert statuses.count(429) >= 2


def test_without_the_breaker_every_call_waits(own_redis, monkeypatch):
    """The negative control."""
    monkeypatch.setattr(redis_guard.Breaker, "open", lambda _: None)
    stop(own_redis)

    def call():
        with pytest.raises(RedisError):
            rate_limits.hit("3/minute", "user", "x")

    assert seconds_of(call, 3) > 2 * redis_guard.TIMEOUT_SECONDS


def test_logins_are_refused_at_once_meanwhile(own_redis, anonymous):
    body = {"email": "nobody@example.com", "password": "long enough password"}

    def call():
        reply = anonymous.post("/api/traveler/auth/login", body, content_type="application/json")
        assert (reply.status_code, reply.json()["error"]["code"]) == (503, "SERVICE_UNAVAILABLE")

    stop(own_redis)
    call()
    assert redis_guard.pool().breaker.is_open
    call()


def test_the_cache_is_guarded_too(own_redis, settings):
    options = {**settings.CACHES["default"], "LOCATION": settings.REDIS_URL}
    settings.CACHES = {"default": options}
    cache = caches.create_connection("default")
    cache.set("a", 1)
    assert cache.get("a") == 1
    stop(own_redis)
    with pytest.raises(RedisError):
        cache.get("a")
    with pytest.raises(RedisError, match=redis_guard.NOT_ASKED):
        cache.get("a")


def test_a_restarted_redis_is_no_outage(own_redis, tmp_path, settings):
    """The connections of before are dead; the first call opens another and nothing is refused."""
    assert rate_limits.hit("3/minute", "user", "x")
    port = int(settings.REDIS_URL.rsplit(":", 1)[1].split("/")[0])
    own_redis.terminate()
    own_redis.wait(20)
    again = subprocess.Popen(
        RedisServer(tmp_path / "redis", port).command(), stdout=subprocess.DEVNULL
    )
    try:
        wait_for(port)
        assert rate_limits.hit("3/minute", "user", "x")
        assert not redis_guard.pool().breaker.is_open
        assert Redis(connection_pool=redis_guard.pool()).ping()
    finally:
        again.terminate()
        again.wait(20)
