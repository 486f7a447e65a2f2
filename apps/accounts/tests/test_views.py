import datetime as dt

import jwt
import pytest
from bson import ObjectId
from django.conf import settings

from apps.accounts.models import User
from apps.accounts.rows import users
from apps.accounts.tokens import UserToken
from conftest import PASSWORD

REGISTER = "/api/traveler/auth/register"
LOGIN = "/api/traveler/auth/login"
NEW = {
    "username": "Ann.Lee",
    "email": "Ann.Lee@Example.com",
    "password": "a long enough password",
    "first_name": "Ann",
}


def _post(client, path, body):
    return client.post(path, body, content_type="application/json")


@pytest.mark.parametrize("side", ["traveler", "owner"])
def test_register_then_login(anonymous, side):
    registered = _post(anonymous, f"/api/{side}/auth/register", NEW)
    assert registered.status_code == 201
    user = registered.json()["user"]
    assert (user["username"], user["email"]) == ("ann.lee", "Ann.Lee@Example.com")
    assert user["user_type"] == side
    assert "password" not in registered.content.decode()

    credentials = {"email": " ANN.LEE@example.com", "password": NEW["password"]}
    reply = _post(anonymous, f"/api/{side}/auth/login", credentials)
    assert reply.status_code == 200
    assert reply.json()["user"] == user
    bookings = anonymous.get(
        f"/api/{side}/bookings", headers={"authorization": f"Bearer {reply.json()['token']}"}
    )
    assert bookings.status_code == 200


def test_passwords_are_bcrypt_12(anonymous):
    _post(anonymous, REGISTER, NEW)
    stored = users.find_one({})["password_hash"]
    assert stored.startswith("bcrypt_sha256$$2b$12$")


def test_a_token_is_rs256_for_24_hours(anonymous):
    reply = _post(anonymous, REGISTER, NEW).json()
    header = jwt.get_unverified_header(reply["token"])
    claims = jwt.decode(reply["token"], options={"verify_signature": False})
    assert header["alg"] == "RS256"
    assert claims["exp"] - claims["iat"] == 24 * 3600
    assert (claims["sub"], claims["user_type"]) == (reply["user"]["id"], "traveler")
    assert (claims["aud"], claims["iss"]) == ("airbnb-api", "airbnb")


def test_a_taken_user_name(anonymous):
    _post(anonymous, REGISTER, NEW)
    same_name = _post(anonymous, REGISTER, {**NEW, "email": "other@example.com"})
    assert (same_name.status_code, same_name.json()["error"]["code"]) == (409, "USERNAME_TAKEN")
    assert User.objects.count() == 1


REFUSED = {
    "no e-mail": {"email": None},
    "not an e-mail": {"email": "ann"},
    "an operator": {"email": {"$ne": ""}},
    "a list": {"username": ["ann"]},
    "odd characters": {"username": "ann lee"},
    "a short password": {"password": "short"},
    "a common password": {"password": "1234567890"},
    "one's own name": {"password": "ann.lee@example"},
    "a huge password": {"password": "x" * 600},
    "a bad phone": {"phone": "call me"},
}


@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED.keys())
def test_refused_registrations_store_nothing(anonymous, change):
    response = _post(anonymous, REGISTER, {**NEW, **change})
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "VALIDATION_ERROR"
    assert set(response.json()["error"]["fields"]) == set(change)
    assert User.objects.count() == 0


def test_a_password_longer_than_72_bytes_counts_to_its_end(anonymous):
    long = "p4ss phrase " * 10
    _post(anonymous, REGISTER, {**NEW, "password": long + "a"})
    wrong = _post(anonymous, LOGIN, {"email": NEW["email"], "password": long + "b"})
    assert wrong.status_code == 401


def test_wrong_credentials_do_not_tell_which(anonymous, guest):
    wrong = _post(anonymous, LOGIN, {"email": guest.user.email, "password": "x"})
    unknown = _post(anonymous, LOGIN, {"email": "nobody@example.com", "password": "x"})
    pattern = _post(anonymous, LOGIN, {"email": ".*@example.com", "password": PASSWORD})
    replies = [(reply.status_code, reply.json()["error"]["message"]) for reply in (wrong, unknown)]
    assert replies[0] == replies[1] == (401, "The e-mail or the password is wrong.")
    assert pattern.status_code == 401


def test_the_other_side_refuses(anonymous, host):
    reply = _post(anonymous, LOGIN, {"email": host.user.email, "password": PASSWORD})
    assert (reply.status_code, reply.json()["error"]["code"]) == (403, "WRONG_USER_TYPE")


def test_suspended_users_are_out(guest, anonymous):
    User.objects.filter(pk=guest.id).update(is_active=False)
    assert guest.get("/api/traveler/bookings").status_code == 401
    for password, answer in (
        (PASSWORD, (403, "ACCOUNT_SUSPENDED")),
        ("a wrong password", (401, "INVALID_CREDENTIALS")),
    ):
        reply = _post(anonymous, LOGIN, {"email": guest.user.email, "password": password})
        assert (reply.status_code, reply.json()["error"]["code"]) == answer


def _bad_tokens(user) -> dict[str, str]:
    expired = UserToken()
    expired["sub"] = str(user.pk)
    expired.set_exp(lifetime=-dt.timedelta(seconds=1))
    unknown = UserToken()
    unknown["sub"] = str(ObjectId())
    unsigned = jwt.encode({"sub": str(user.pk)}, key=None, algorithm="none")
    confused = jwt.encode(
        {"sub": str(user.pk), "aud": "airbnb-api", "iss": "airbnb", "exp": 9_999_999_999},
        key=settings.SECRET_KEY,
        algorithm="HS256",
    )
    return {
        "expired": str(expired),
        "unknown": str(unknown),
        "unsigned": unsigned,
        "confused": confused,
        "garbage": "a.b.c",
    }


def test_bad_tokens_are_refused(guest, anonymous):
    for name, token in _bad_tokens(guest.user).items():
        reply = anonymous.get(
            "/api/traveler/bookings", headers={"authorization": f"Bearer {token}"}
        )
        assert (name, reply.status_code) == (name, 401)
        assert reply.json()["error"]["code"] == "NOT_AUTHENTICATED"


def test_the_login_limit_holds_under_concurrency(anonymous, guest, settings):
    from concurrent.futures import ThreadPoolExecutor

    settings.RATE_LIMIT_LOGIN = "5/minute"
    body = {"email": "nobody@example.com", "password": ""}
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda _: _post(anonymous, LOGIN, body), range(24)))
    limited = [reply for reply in replies if reply.status_code == 429]
    assert len(limited) == 19
    assert limited[0].json()["error"]["code"] == "RATE_LIMITED"
    assert 1 <= int(limited[0]["Retry-After"]) <= 60


def test_the_user_limit_counts_each_user(guest, make_person, settings):
    settings.RATE_LIMIT_USER = "3/minute"
    statuses = [guest.get("/api/traveler/bookings").status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
    assert make_person().get("/api/traveler/bookings").status_code == 200


def test_without_redis_reads_go_on_and_logins_wait(guest, anonymous, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert guest.get("/api/traveler/bookings").status_code == 200
    body = {"email": guest.user.email, "password": PASSWORD}
    reply = _post(anonymous, LOGIN, body)
    assert (reply.status_code, reply.json()["error"]["code"]) == (503, "SERVICE_UNAVAILABLE")
