"""The sessions of the admin, by its real login form."""

import datetime as dt
import json
import subprocess
import sys

import pytest
from bson import ObjectId
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.test import Client

from apps.accounts.rows import sessions as session_rows
from apps.accounts.services import user_restore, user_suspend
from apps.accounts.sessions import SessionStore
from apps.common.clock import utc_now
from conftest import PASSWORD

ADMIN = "/admin/"


@pytest.fixture
def staff(make_person):
    return make_person(is_staff=True, is_superuser=True)


def log_in(user) -> tuple[Client, object]:
    browser = Client()
    reply = browser.post("/admin/login/", {"username": user.email, "password": PASSWORD})
    assert (reply.status_code, reply["Location"]) == (302, "/admin/"), "the login was refused"
    return browser, reply


def sessions() -> list[dict]:
    return list(session_rows.find({}))


def test_a_login_stores_the_seeds_document(staff):
    before = utc_now()
    browser, reply = log_in(staff.user)
    assert browser.get(ADMIN).status_code == 200
    [stored] = sessions()
    assert set(stored) == {"_id", "user_id", "data", "expires_at", "created_at"}
    assert stored["_id"] == reply.cookies["sessionid"].value
    assert stored["user_id"] == staff.id
    assert stored["data"]["_auth_user_id"] == str(staff.id)
    assert before.replace(tzinfo=None) <= stored["created_at"]
    assert stored["expires_at"] - stored["created_at"] == pytest.approx(
        dt.timedelta(weeks=2), abs=dt.timedelta(seconds=5)
    )


def test_the_cookies_of_a_login(staff):
    form = Client().get("/admin/login/")
    for cookie in (log_in(staff.user)[1].cookies["sessionid"], form.cookies["csrftoken"]):
        header = cookie.OutputString()
        assert "HttpOnly" in header
        assert "SameSite=Lax" in header
        assert "Secure" not in header  # plain http in development and in the tests


COOKIES = """
import json, sys, django; django.setup()
from django.test import Client
from django.conf import settings
browser = Client(headers={"x-forwarded-proto": "https", "host": "a.example"})
form = browser.get("/admin/login/")
email, password = json.loads(sys.stdin.read())
reply = browser.post("/admin/login/", {"username": email, "password": password})
cookies = {**form.cookies, **reply.cookies}
print(json.dumps({name: cookie.OutputString() for name, cookie in cookies.items()}))
"""


def test_the_cookies_are_secure_in_production(staff, production):
    ended = subprocess.run(
        [sys.executable, "-c", COOKIES],
        env={**production, "DJANGO_SETTINGS_MODULE": "airbnb.settings"},
        input=json.dumps([staff.user.email, PASSWORD]),
        capture_output=True,
        text=True,
        check=True,
    )
    cookies = json.loads(ended.stdout)
    assert set(cookies) == {"csrftoken", "sessionid"}
    for header in cookies.values():
        assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(header.split("; "))


def test_an_expired_session_is_nobody_before_the_sweep(staff):
    browser, _ = log_in(staff.user)
    past = utc_now() - dt.timedelta(seconds=1)
    session_rows.update_one({}, {"$set": {"expires_at": past}})
    assert browser.get(ADMIN).status_code == 302
    SessionStore.clear_expired()
    assert [stored["_id"] for stored in sessions() if stored["user_id"]] == []


def test_logging_out_ends_it(staff):
    browser, _ = log_in(staff.user)
    kept = browser.cookies["sessionid"].value
    assert browser.post("/admin/logout/").status_code == 200
    assert sessions() == []
    browser.cookies["sessionid"] = kept
    assert browser.get(ADMIN).status_code == 302


def test_changing_the_password_ends_the_other_sessions(staff):
    here, _ = log_in(staff.user)
    elsewhere, _ = log_in(staff.user)
    new = "another long passphrase"
    form = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert here.post("/admin/password_change/", form).status_code == 302
    assert here.get(ADMIN).status_code == 200
    assert elsewhere.get(ADMIN).status_code == 302


def test_suspending_ends_sessions_and_tokens_at_once(staff, make_person):
    browser, _ = log_in(staff.user)
    other = make_person(is_staff=True)
    log_in(other.user)
    assert staff.get("/api/traveler/bookings").status_code == 200

    user_suspend(user_id=staff.id, now=utc_now())
    assert browser.get(ADMIN).status_code == 302
    assert staff.get("/api/traveler/bookings").status_code == 401
    assert [stored["user_id"] for stored in sessions() if stored["user_id"]] == [other.id]
    refused = Client().post("/admin/login/", {"username": staff.user.email, "password": PASSWORD})
    assert refused.status_code == 200  # the form again, with the refusal

    user_restore(user_id=staff.id, now=utc_now())
    assert staff.get("/api/traveler/bookings").status_code == 401
    assert log_in(staff.user)[0].get(ADMIN).status_code == 200


def test_a_login_changes_the_key(staff):
    browser = Client()
    anonymous = SessionStore()
    anonymous["cart"] = ["x"]
    anonymous.save()
    planted = anonymous.session_key
    browser.cookies["sessionid"] = planted
    browser.post("/admin/login/", {"username": staff.user.email, "password": PASSWORD})
    [stored] = sessions()
    assert stored["_id"] != planted
    assert stored["data"]["cart"] == ["x"]


def test_a_session_of_nobody_has_no_user():
    store = SessionStore()
    store["a.b"] = {"$set": 1}
    store.save()
    [stored] = sessions()
    assert (stored["_id"], stored["user_id"]) == (store.session_key, None)
    assert SessionStore(store.session_key)["a.b"] == {"$set": 1}


def test_saving_what_was_deleted_meanwhile_fails():
    store = SessionStore()
    store.create()
    assert SessionStore().exists(store.session_key)
    with pytest.raises(CreateError):
        store.save(must_create=True)
    SessionStore(store.session_key).delete()
    store["late"] = True
    with pytest.raises(UpdateError):
        store.save()
    assert sessions() == []


@pytest.mark.parametrize("key", ["x" * 32, "$ne", "../../etc", "\x00" * 32])
def test_unknown_keys_are_nobody(key):
    store = SessionStore(key)
    assert store.load() == {}
    assert store.session_key is None


def test_unknown_users_cannot_be_suspended_or_restored(staff, now):
    from apps.common.errors import ConflictError, NotFoundError

    for service in (user_suspend, user_restore):
        with pytest.raises(NotFoundError):
            service(user_id=ObjectId(), now=now)
    with pytest.raises(ConflictError, match="not suspended"):
        user_restore(user_id=staff.id, now=now)
    user_suspend(user_id=staff.id, now=now)
    with pytest.raises(ConflictError, match="already suspended"):
        user_suspend(user_id=staff.id, now=now)
