"""Second factors: switched on and off, asked for by every log-in, each code once."""

import datetime as dt
import threading

import pytest

from apps.accounts.rows import second_factors
from apps.accounts.services import code_tries, second_factor_check
from apps.accounts.services.code_tries import CodeTriesError, CodeWrongError
from apps.accounts.tests.factor import Phone
from apps.audit.rows import security_events
from conftest import PASSWORD

PAGE = "/api/account/second-factor"
LATER = dt.timedelta(seconds=30)


@pytest.fixture
def phone(guest, now):
    return Phone(guest.id, now)


def kinds() -> list[str]:
    return [event["kind"] for event in security_events.find({}).sort("_id", 1)]


def log_in(client, person, **more):
    body = {"email": person.user.email, "password": PASSWORD, **more}
    return client.post("/api/traveler/auth/login", body, content_type="application/json")


def test_on_and_off(guest, now):
    assert guest.get(PAGE).json() == {"is_on": False, "on_since": None, "recovery_codes_left": 0}
    wrong = guest.post(f"{PAGE}/begin", {"password": "not this one"})
    assert (wrong.status_code, list(wrong.json()["error"]["fields"])) == (400, ["password"])
    begun = guest.post(f"{PAGE}/begin", {"password": PASSWORD}).json()
    assert begun["secret"] in begun["uri"]
    assert guest.post(f"{PAGE}/begin", {"password": PASSWORD}).json()["secret"] == begun["secret"]
    phone = Phone.__new__(Phone)
    phone.secret = begun["secret"]
    no = guest.post(f"{PAGE}/confirm", {"code": "000000"})
    assert (no.status_code, list(no.json()["error"]["fields"])) == (400, ["code"])
    assert guest.get(PAGE).json()["is_on"] is False

    made = guest.post(f"{PAGE}/confirm", {"code": phone.code(now)})
    assert len(made.json()["recovery_codes"]) == 10
    shown = guest.get(PAGE).json()
    assert (shown["is_on"], shown["recovery_codes_left"]) == (True, 10)
    assert guest.post(f"{PAGE}/confirm", {"code": phone.code(now, 1)}).status_code == 409
    assert guest.post(f"{PAGE}/begin", {"password": PASSWORD}).status_code == 409

    body = {"password": "not this one", "code": phone.code(now, 1)}
    assert guest.post(f"{PAGE}/off", body).status_code == 400
    assert guest.post(f"{PAGE}/off", {"password": PASSWORD, "code": "000000"}).status_code == 400
    assert guest.get(PAGE).json()["is_on"] is True
    off = guest.post(f"{PAGE}/off", {**body, "password": PASSWORD})
    assert (off.status_code, off.json()["is_on"]) == (200, False)
    assert guest.post(f"{PAGE}/off", {**body, "password": PASSWORD}).status_code == 409
    assert kinds() == [
        "second_factor_failed",
        "second_factor_on",
        "second_factor_failed",
        "second_factor_off",
    ]


def test_neither_secret_nor_recovery_codes_are_stored_as_they_are(phone):
    stored = str(second_factors.find_one({}))
    assert phone.secret not in stored
    assert not any(code.replace("-", "") in stored for code in phone.recovery)


def test_a_log_in_asks_for_the_code(anonymous, guest, phone, now):
    asked = log_in(anonymous, guest)
    assert (asked.status_code, asked.json()["error"]["code"]) == (401, "SECOND_FACTOR_REQUIRED")
    wrong = log_in(anonymous, guest, code="000000")
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (401, "CODE_WRONG")
    code = phone.code(now)
    assert log_in(anonymous, guest, code=code).status_code == 200
    again = log_in(anonymous, guest, code=code)
    assert (again.status_code, again.json()["error"]["code"]) == (401, "CODE_WRONG")
    assert kinds()[1:] == ["second_factor_failed", "logged_in", "second_factor_failed"]


def test_the_browsers_log_in_asks_too(anonymous, guest, phone, now):
    def send(**more):
        body = {"email": guest.user.email, "password": PASSWORD, **more}
        headers = {"X-Staywell-Session": "browser"}
        kind = "application/json"
        return anonymous.post("/api/account/session", body, content_type=kind, headers=headers)

    assert send().json()["error"]["code"] == "SECOND_FACTOR_REQUIRED"
    assert not anonymous.cookies
    assert send(code=phone.code(now)).status_code == 200
    assert anonymous.cookies


def test_without_the_password_nothing_is_told(anonymous, guest, phone):
    body = {"email": guest.user.email, "password": "not this one"}
    reply = anonymous.post("/api/traveler/auth/login", body, content_type="application/json")
    assert reply.json()["error"]["code"] == "INVALID_CREDENTIALS"
    (failed,) = security_events.find({"kind": "login_failed"})
    assert failed["user_id"] == guest.id


def test_of_an_unknown_account_nothing_is_kept(anonymous):
    body = {"email": "my secret password", "password": "ann@example.com"}
    reply = anonymous.post("/api/traveler/auth/login", body, content_type="application/json")
    assert reply.status_code == 401
    (failed,) = security_events.find({})
    assert (failed["kind"], failed["user_id"]) == ("login_failed", None)
    assert not any(value in str(failed) for value in body.values())


def test_a_recovery_code_counts_once(anonymous, guest, phone):
    code = phone.recovery[3]
    assert log_in(anonymous, guest, code=code.upper()).status_code == 200
    assert log_in(anonymous, guest, code=code).status_code == 401
    assert log_in(anonymous, guest, code=phone.recovery[4]).status_code == 200
    assert guest.get(PAGE).json()["recovery_codes_left"] == 8


def test_an_older_code_than_the_last_one_is_refused(guest, phone, now):
    assert second_factor_check(user_id=guest.id, code=phone.code(now, 1), now=now)
    with pytest.raises(CodeWrongError):
        second_factor_check(user_id=guest.id, code=phone.code(now), now=now)


def test_wrong_codes_are_slowed_down_and_a_right_one_sets_back(guest, phone, now):
    for _ in range(5):
        with pytest.raises(CodeWrongError):
            second_factor_check(user_id=guest.id, code="000000", now=now)
    for wait in (30, 60, 120):
        with pytest.raises(CodeTriesError) as refused:
            second_factor_check(user_id=guest.id, code=phone.code(now), now=now)
        assert refused.value.retry_after == wait
        now += dt.timedelta(seconds=wait)
        with pytest.raises(CodeWrongError):
            second_factor_check(user_id=guest.id, code="000000", now=now)
    second_factors.update_one({}, {"$set": {"failures": 40, "retry_at": None}})
    with pytest.raises(CodeWrongError):
        second_factor_check(user_id=guest.id, code="000000", now=now)
    with pytest.raises(CodeTriesError) as refused:
        second_factor_check(user_id=guest.id, code="000000", now=now)
    assert refused.value.retry_after == 900
    now += dt.timedelta(seconds=900)
    assert second_factor_check(user_id=guest.id, code=phone.code(now), now=now)
    stored = second_factors.find_one({})
    assert (stored["failures"], stored["retry_at"]) == (0, None)


def many(phone, guest, now, code) -> list[bool]:
    """Eight log-ins at once with one code: which of them were let in."""
    together, let_in = threading.Barrier(8, timeout=10), []

    def one() -> None:
        together.wait()
        try:
            let_in.append(second_factor_check(user_id=guest.id, code=code, now=now))
        except (CodeWrongError, CodeTriesError):
            let_in.append(False)

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return let_in


@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_of_many_with_one_code_one_is_let_in(guest, phone, now, kind):
    code = phone.code(now) if kind == "app" else phone.recovery[0]
    assert sorted(many(phone, guest, now, code)) == [False] * 7 + [True]


def test_negative_control_without_the_compare_and_set_several_are_let_in(
    guest, phone, now, monkeypatch
):
    monkeypatch.setattr(code_tries, "_try_counted", lambda user_id, _now: row(user_id))
    monkeypatch.setattr(code_tries, "_used", lambda _unused, _update: True)
    assert sum(many(phone, guest, now, phone.code(now))) == 8


def row(user_id):
    return second_factors.find_one({"_id": user_id})


def test_many_guesses_at_once_are_counted_one_by_one(guest, phone, now):
    many(phone, guest, now, "000000")
    assert second_factors.find_one({})["failures"] == 5


def test_staff_act_by_the_api_only_with_a_second_factor(
    anonymous, make_person, book, now, settings
):
    settings.REQUIRE_STAFF_SECOND_FACTOR = True
    staff = make_person(is_staff=True, is_superuser=True)
    booking = f"/api/bookings/{book()['_id']}"
    refused = staff.get(booking)
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "SECOND_FACTOR_REQUIRED")
    assert staff.post(f"{booking}/cancel", {"reason": "x"}).status_code == 403
    assert staff.get("/api/traveler/profile").status_code == 200

    phone = Phone(staff.id, now)
    token = log_in(anonymous, staff, code=phone.code(now)).json()["token"]
    by_token = {"headers": {"authorization": f"Bearer {token}"}}
    assert anonymous.get(booking, **by_token).status_code == 200
    settings.REQUIRE_STAFF_SECOND_FACTOR = False
    assert staff.get(booking).status_code == 200
