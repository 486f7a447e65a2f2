"""Who logs in from a device that the account did not know is told of by e-mail."""

from django.core import mail

from apps.accounts.rows import users
from apps.notifications.tasks import send_emails
from tests.accounts.life import PASSWORD, call, kinds, log_in, mails, register

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Safari/605.1.15"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"


def from_device(address: str, agent: str):
    body = {"email": address, "password": PASSWORD}
    return call("/api/traveler/auth/login", body, **{"user-agent": agent})


def test_a_second_device_is_told_of_once(guest):
    address = guest.user.email
    assert from_device(address, DESK).status_code == 200
    assert kinds(address) == []
    for _ in range(2):
        assert from_device(address, PHONE).status_code == 200
        assert from_device(address, DESK).status_code == 200
    assert kinds(address) == ["new_device"]
    assert mails(address)[0]["values"]["device"] == "Safari on iPhone"


def test_the_e_mail_says_which_and_what_to_do(guest, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for agent in (DESK, PHONE):
        from_device(guest.user.email, agent)
    send_emails.apply()
    (message,) = mail.outbox
    assert message.to == [guest.user.email]
    assert "Safari on iPhone logged in to your account at " in message.body
    assert "/account/sessions" in message.body


def test_a_newer_version_of_a_program_is_no_new_device(guest):
    for agent in ("curl/8.5.0", "curl/8.6.0", "wget/1.24"):
        from_device(guest.user.email, agent)
    assert [row["values"]["device"] for row in mails(guest.user.email)] == ["wget"]


def test_a_log_in_that_fails_teaches_and_tells_nothing(guest):
    from_device(guest.user.email, DESK)
    body = {"email": guest.user.email, "password": "not the password"}
    wrong = call("/api/traveler/auth/login", body, **{"user-agent": PHONE})
    assert wrong.status_code == 401
    assert users.find_one({"_id": guest.id})["known_devices"] == ["Firefox on Windows"]
    assert kinds(guest.user.email) == []


def test_an_address_that_nobody_confirmed_gets_no_notice():
    address = "new@device.example.com"
    assert register(address).status_code == 201
    assert from_device(address, PHONE).status_code == 200
    assert log_in(address).status_code == 200
    assert "new_device" not in kinds(address)
