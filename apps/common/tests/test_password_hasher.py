"""Password hashes beside other work: how many at once, of which rank, and who is sent away."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth import hashers
from django.contrib.auth.hashers import BCryptSHA256PasswordHasher, check_password, make_password

from apps.common import password_hasher
from apps.common.password_hasher import PasswordsBusyError
from apps.common.slow_work import Places

PASSWORD = "a long enough password"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def cheap(monkeypatch):
    """Real bcrypt of few rounds."""
    monkeypatch.setattr(password_hasher.BoundedBCryptSHA256PasswordHasher, "rounds", 4)
    hashers.get_hashers.cache_clear()
    hashers.get_hashers_by_algorithm.cache_clear()


@pytest.mark.unit
def test_what_is_stored_is_djangos(cheap):
    made = make_password(PASSWORD)
    assert BCryptSHA256PasswordHasher().verify(PASSWORD, made)
    assert check_password(PASSWORD, made)
    assert not check_password("another password", made)


@pytest.mark.unit
def test_hashes_are_made_one_after_the_other_by_a_thread_that_steps_back(cheap, monkeypatch):
    seen = []

    def watched(*arguments):
        nice = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
        seen.append((threading.get_ident(), nice))
        return hashing(*arguments)

    hashing = BCryptSHA256PasswordHasher.encode
    monkeypatch.setattr(BCryptSHA256PasswordHasher, "encode", watched)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(make_password, [PASSWORD] * 4))
    assert len(set(made)) == 4
    assert len(seen) == 4
    assert set(seen) == {(seen[0][0], password_hasher.NICE)}
    assert os.getpriority(os.PRIO_PROCESS, 0) < password_hasher.NICE


@pytest.fixture
def full(monkeypatch):
    """As when as many hashes wait as may."""
    places = Places(1)
    monkeypatch.setattr(password_hasher, "_places", places)
    assert places.acquire()
    yield
    places.release()


@pytest.mark.unit
@pytest.mark.usefixtures("full")
def test_above_the_bound_nobody_waits():
    with pytest.raises(PasswordsBusyError):
        make_password(PASSWORD)


REGISTRATION = {
    "username": "ann.lee",
    "email": "ann.lee@example.com",
    "password": "curious otters juggle",
    "first_name": "Ann",
    "last_name": "Lee",
}


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("side", ["traveler", "owner"])
def test_login_and_registration_say_when_to_come_back(anonymous, guest, counts, side):
    before = counts()
    for path, body in (
        ("login", {"email": guest.user.email, "password": PASSWORD}),
        ("login", {"email": "nobody@example.com", "password": PASSWORD}),
        ("register", REGISTRATION),
    ):
        reply = anonymous.post(f"/api/{side}/auth/{path}", body, content_type="application/json")
        assert (path, reply.status_code) == (path, 503)
        assert reply.json()["error"]["code"] == "LOGIN_BUSY"
        assert reply["Retry-After"] == "2"
    assert counts() == before


@pytest.mark.usefixtures("full")
def test_the_admins_login_says_it_too(anonymous):
    page = anonymous.post("/admin/login/", "username=kim&password=x", content_type=FORM)
    assert "Try again in a few seconds." in page.content.decode()


@pytest.mark.usefixtures("full")
def test_another_page_of_the_admin_answers_plainly(make_person):
    staff = make_person(is_staff=True, is_superuser=True)
    staff.http.force_login(staff.user)
    form = "old_password=x&new_password1=y&new_password2=y"
    reply = staff.http.post("/admin/password_change/", form, content_type=FORM)
    assert (reply.status_code, reply["Retry-After"]) == (503, "2")
    assert reply.content.decode() == PasswordsBusyError().message
