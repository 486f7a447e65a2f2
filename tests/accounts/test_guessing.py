"""Who guesses passwords waits longer and longer, and nobody is locked out."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from apps.common import redis_guard
from conftest import PASSWORD
from tests.accounts.life import call, code, log_in

WRONG = "a wrong long password"


@pytest.fixture(autouse=True)
def no_limit_by_address(settings):
    settings.RATE_LIMIT_LOGIN = "1000/minute"


def attempt(address: str, password: str = WRONG, *, origin: str = "", side: str = "traveler"):
    headers = {"x-forwarded-for": origin} if origin else {}
    body = {"email": address, "password": password}
    return call(f"/api/{side}/auth/login", body, **headers)


def forget_waits() -> None:
    """As if the waits of all counters were over."""
    redis = redis_guard.client()
    for key in redis.scan_iter("*:guesses:*"):
        redis.hdel(key, "until")


def test_each_failure_waits_twice_as_long(guest):
    assert [attempt(guest.user.email).status_code for _ in range(6)] == [401] * 5 + [429]
    for seconds in (20, 40, 80, 160):
        forget_waits()
        assert attempt(guest.user.email).status_code == 401
        refused = attempt(guest.user.email, PASSWORD)
        assert (refused.status_code, code(refused)) == (429, "RATE_LIMITED")
        assert seconds / 2 < int(refused["Retry-After"]) <= seconds
    forget_waits()
    assert attempt(guest.user.email, PASSWORD).status_code == 200
    assert [attempt(guest.user.email).status_code for _ in range(5)] == [401] * 5


def test_an_unknown_account_is_slowed_down_alike():
    statuses = [attempt("nobody@example.com").status_code for _ in range(6)]
    assert statuses == [401] * 5 + [429]


def test_both_sides_and_all_spellings_count_together(guest):
    for number in range(5):
        side = ("traveler", "owner")[number % 2]
        assert attempt(f" {guest.user.email.upper()}", side=side).status_code == 401
    assert attempt(guest.user.email).status_code == 429


def test_many_at_once_do_not_slip_through(guest):
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda _: attempt(guest.user.email), range(16)))
    # 503: the places to hash a password were taken.
    assert sum(reply.status_code in {401, 503} for reply in replies) == 5
    assert sum(reply.status_code == 429 for reply in replies) == 11


def test_an_ipv6_network_is_one_address(guest, settings):
    settings.TRUSTED_PROXIES = 1
    for number in range(5):
        assert attempt(guest.user.email, origin=f"2001:db8:1:2::{number}").status_code == 401
    assert attempt(guest.user.email, origin="2001:db8:1:2:ffff::1").status_code == 429
    assert attempt(guest.user.email, origin="2001:db8:1:3::1").status_code == 401


def test_many_networks_slow_an_account_down_a_little(guest, settings):
    settings.TRUSTED_PROXIES = 1
    for number in range(30):
        assert attempt(guest.user.email, origin=f"198.51.100.{number}").status_code == 401
    refused = attempt(guest.user.email, PASSWORD, origin="203.0.113.1")
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) <= 10
    forget_waits()
    assert attempt(guest.user.email, PASSWORD, origin="203.0.113.1").status_code == 200


def test_the_own_password_cannot_be_guessed_by_a_token(guest):
    body = {"current_password": WRONG, "new_password": "another long password"}
    statuses = [guest.post("/api/account/password", body).status_code for _ in range(6)]
    assert statuses == [400] * 5 + [429]
    email = guest.post(
        "/api/account/email", {"current_password": PASSWORD, "email": "a@x.example.com"}
    )
    assert email.status_code == 429


def test_the_admin_counts_too(make_person):
    from django.test import Client

    staff = make_person(is_staff=True, is_superuser=True)
    for _ in range(5):
        Client().post("/admin/login/", {"username": staff.user.email, "password": WRONG})
    form = Client().post("/admin/login/", {"username": staff.user.email, "password": PASSWORD})
    assert form.status_code == 200
    assert "Too many attempts. Try again in" in form.content.decode()


def test_without_redis_nobody_can_guess(guest, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert log_in(guest.user.email, PASSWORD).status_code == 503
    body = {"current_password": PASSWORD, "new_password": "another long password"}
    assert guest.post("/api/account/password", body).status_code == 503
    forgotten = call("/api/account/password/forgot", {"email": guest.user.email})
    assert forgotten.status_code == 503
