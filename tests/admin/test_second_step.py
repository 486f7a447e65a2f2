"""The admin's log-in with a second factor, and who makes the first administrator."""

import datetime as dt
import io
import json

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import Client

from apps.accounts.models import User
from apps.accounts.rows import sessions
from apps.accounts.services import staff_roles_ensure
from apps.accounts.tests.authenticator import Authenticator
from apps.accounts.tests.factor import Phone
from apps.audit.rows import security_events
from conftest import PASSWORD
from tests.admin.desk import act

LOGIN = "/admin/login/"
STEP = "/admin/login/second-factor/"


@pytest.fixture
def required(settings) -> None:
    settings.REQUIRE_STAFF_SECOND_FACTOR = True


def first_step(person, browser=None, password=PASSWORD, to="/admin/bookings/booking/"):
    browser = browser or Client()
    form = {"username": person.user.email, "password": password, "next": to}
    return browser, browser.post(LOGIN, form)


def is_in(browser) -> bool:
    return browser.get("/admin/").status_code == 200


def kinds() -> list[str]:
    return [event["kind"] for event in security_events.find({}).sort("_id", 1)]


def test_without_a_factor_and_not_required_a_password_is_enough(staff):
    browser, reply = first_step(staff)
    assert (reply.status_code, reply["Location"]) == (302, "/admin/bookings/booking/")
    assert is_in(browser)
    assert kinds() == ["logged_in"]


def test_whoever_has_a_factor_is_asked_for_it(staff, now):
    phone = Phone(staff.id, now)
    browser, reply = first_step(staff)
    assert (reply.status_code, reply["Location"]) == (302, STEP)
    assert not is_in(browser)
    assert b"authenticator app shows" in browser.get(STEP).content
    wrong = browser.post(STEP, {"code": "000000"})
    assert b"This code is wrong" in wrong.content
    assert not is_in(browser)
    before = browser.session.session_key
    done = browser.post(STEP, {"code": phone.code(now)})
    assert (done.status_code, done["Location"]) == (302, "/admin/bookings/booking/")
    assert is_in(browser)
    assert browser.session.session_key != before
    assert kinds() == ["second_factor_on", "second_factor_failed", "logged_in"]
    assert first_step(staff)[0].post(STEP, {"code": phone.code(now)}).status_code == 200
    assert first_step(staff)[0].post(STEP, {"code": phone.recovery[0]}).status_code == 302


def test_staff_without_one_enrol_where_it_is_required(staff, required, now):
    browser, reply = first_step(staff)
    assert reply["Location"] == STEP
    shown = browser.get(STEP)
    phone = Phone.__new__(Phone)
    phone.secret = shown.context["qr"]["secret"]
    assert b"<path d=" in shown.content
    assert b"This code is wrong" in browser.post(STEP, {"code": "000000"}).content
    assert not is_in(browser)
    done = browser.post(STEP, {"code": phone.code(now)})
    codes = done.context["recovery_codes"]
    assert len(codes) == 10
    assert all(code.encode() in done.content for code in codes)
    assert is_in(browser)
    other, _ = first_step(staff)
    assert other.post(STEP, {"code": codes[0]}).status_code == 302


def test_a_session_of_a_password_alone_is_none_where_it_is_required(staff, settings):
    browser, _ = first_step(staff)
    assert is_in(browser)
    settings.REQUIRE_STAFF_SECOND_FACTOR = True
    assert not is_in(browser)
    assert browser.get("/admin/bookings/booking/").status_code == 302


def passkey_of(person) -> Authenticator:
    begun = person.post("/api/account/passkeys/begin", {"password": PASSWORD}).json()
    device = Authenticator()
    made = person.post("/api/account/passkeys", {"name": "Key", **device.made(begun)})
    assert made.status_code == 201
    return device


def test_a_passkey_is_a_second_step_too_and_enrols_nobody_by_force(staff, guest, required):
    device, others = passkey_of(staff), passkey_of(guest)
    browser, reply = first_step(staff)
    assert reply["Location"] == STEP

    def send(by, **changed):
        challenge = browser.get(STEP).context["passkey"]["challenge"]
        return browser.post(STEP, {"passkey": json.dumps(by.used(challenge, **changed))})

    assert b"does not belong to this account" in send(others).content
    assert b"could not be checked" in send(device, origin="https://evil.example").content
    for nonsense in ("", "{", "[]", "7", '{"signature": "AA"}'):
        refused = browser.post(STEP, {"passkey": nonsense})
        assert b"did not send a passkey" in refused.content
    assert not is_in(browser)
    assert send(device)["Location"] == "/admin/bookings/booking/"
    assert is_in(browser)


def test_without_redis_the_second_step_offers_no_passkey(staff, required, settings):
    passkey_of(staff)
    browser, _ = first_step(staff)
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert browser.get(STEP).context["passkey"] is None


def test_staff_remove_the_passkey_of_somebody_who_lost_it(desk, guest):
    passkey_of(guest)
    (row,) = guest.get("/api/account/passkeys").json()["results"]
    act(desk, "accounts.passkey", "remove", row["id"], reason="Lost the phone")
    assert guest.get("/api/account/passkeys").json()["results"] == []
    assert "passkey_removed" in kinds()


def test_the_second_step_alone_opens_nothing(staff, required, now):
    phone = Phone(staff.id, now)
    assert Client().get(STEP)["Location"] == LOGIN
    assert Client().post(STEP, {"code": phone.code(now)})["Location"] == LOGIN
    browser, reply = first_step(staff, password="not this one")
    assert reply.status_code == 200
    assert browser.get(STEP)["Location"] == LOGIN
    assert kinds() == ["second_factor_on", "login_failed"]


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda user: user.set_password("another long password"),
        lambda user: setattr(user, "is_active", False),
        lambda user: setattr(user, "is_staff", False),
    ],
)
def test_the_first_step_ends_with_what_it_proved(staff, required, now, meanwhile):
    phone = Phone(staff.id, now)
    browser, _ = first_step(staff)
    user = User.objects.get(pk=staff.id)
    meanwhile(user)
    user.save()
    assert browser.post(STEP, {"code": phone.code(now)})["Location"] == LOGIN
    assert not is_in(browser)


def test_the_first_step_is_old_after_ten_minutes(staff, required, now):
    browser, _ = first_step(staff)
    long_ago = (now - dt.timedelta(seconds=1)).isoformat()
    sessions.update_one({}, {"$set": {"data.second_factor_pending.until": long_ago}})
    assert browser.get(STEP)["Location"] == LOGIN


def test_the_next_page_is_one_of_ours(staff, now):
    phone = Phone(staff.id, now)
    browser, _ = first_step(staff, to="https://evil.example/")
    assert browser.post(STEP, {"code": phone.code(now)})["Location"] == "/admin/"


def test_staff_switch_off_the_factor_of_somebody_who_lost_it(desk, guest, now):
    Phone(guest.id, now)
    body = {"action": "switch_off", "_selected_action": str(guest.id), "confirmed": "yes"}
    page = "/admin/accounts/secondfactor/"
    desk.post(page, {**body, "reason": "Lost the phone; known by the passport"}, follow=True)
    assert guest.get("/api/account/second-factor").json()["is_on"] is False
    assert "second_factor_off" in kinds()


def create(*arguments, password="a rather long password", monkeypatch) -> str:
    written = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    call_command("create_administrator", *arguments, stdout=written)
    return written.getvalue()


def test_an_administrator_is_made_and_enrols_at_the_first_log_in(
    database, required, monkeypatch, tmp_path
):
    staff_roles_ensure()
    assert "/admin/" in create("boss@example.com", monkeypatch=monkeypatch)
    user = User.objects.get(email="boss@example.com")
    assert (user.is_staff, user.is_superuser) == (True, False)
    assert [group.name for group in user.groups.all()] == ["administrator"]
    assert kinds() == ["administrator_created"]
    browser = Client()
    form = {"username": "boss@example.com", "password": "a rather long password"}
    assert browser.post(LOGIN, form)["Location"] == STEP
    with pytest.raises(CommandError, match="already"):
        create("boss@example.com", monkeypatch=monkeypatch)
    kept = tmp_path / "password"
    kept.write_text("another long password\n")
    create("second@example.com", "--password-file", str(kept), monkeypatch=monkeypatch)
    assert User.objects.get(email="second@example.com").check_password("another long password")


@pytest.mark.parametrize(
    ("email", "password"), [("no address", "a rather long password"), ("a@example.com", "short")]
)
def test_a_bad_administrator_is_refused(database, monkeypatch, email, password):
    staff_roles_ensure()
    with pytest.raises(CommandError):
        create(email, password=password, monkeypatch=monkeypatch)
    assert not User.objects.exists()
    assert Group.objects.get(name="administrator").user_set.count() == 0
