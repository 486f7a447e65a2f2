"""Passkeys: added by who proves who they are, used to log in and as a second factor, and refused
wherever anything about them is wrong."""

import threading

import pytest

from apps.accounts.enums import PasskeyUse
from apps.accounts.models import User
from apps.accounts.passkeys import encoded
from apps.accounts.rows import log_ins, passkeys
from apps.accounts.services import challenge_new, passkey_use, user_suspend
from apps.accounts.services import passkeys as service
from apps.accounts.services.people import PART
from apps.accounts.tests.authenticator import (
    CAN_SYNC,
    IS_SYNCED,
    USUAL,
    Authenticator,
)
from apps.accounts.tests.factor import Phone
from apps.audit.rows import security_events
from apps.notifications.rows import emails
from conftest import PASSWORD
from tests.contract import CheckedClient

PAGE = "/api/account/passkeys"
LOGIN = "/api/account/session/passkey"
CHECKED = 400, "VALIDATION_ERROR"
FROM_OUR_PAGE = {"x-staywell-session": "browser"}


def challenge() -> str:
    return CheckedClient().post(f"{PAGE}/challenge").json()["challenge"]


def begin(person, **proof) -> dict:
    reply = person.post(f"{PAGE}/begin", proof or {"password": PASSWORD})
    assert reply.status_code == 200, reply.content
    return reply.json()


def begun_by(person) -> dict:
    """As `begin`, of somebody who has proved who they are: without the time of a hash."""
    made = challenge_new(PasskeyUse.ADD, who=str(person.id))
    return {"challenge": encoded(made), "user_handle": encoded(person.id.binary)}


def add(person, device=None, name="My phone", **proof) -> Authenticator:
    device = device or Authenticator()
    begun = begin(person, **proof) if proof else begun_by(person)
    reply = person.post(PAGE, {"name": name, **device.made(begun)})
    assert reply.status_code == 201, reply.content
    return device


def log_in(body: dict, **headers):
    client = CheckedClient(headers={**FROM_OUR_PAGE, **headers})
    return client.post(LOGIN, body, content_type="application/json")


def said(reply) -> tuple[int, str]:
    return reply.status_code, reply.json()["error"]["code"]


def kinds() -> list[str]:
    return [event["kind"] for event in security_events.find({}).sort("_id", 1)]


def mails() -> list[str]:
    return [email["kind"] for email in emails.find({}).sort("created_at", 1)]


def test_several_are_added_listed_renamed_and_removed(guest):
    first = add(guest, password=PASSWORD)
    add(guest, Authenticator(flags=USUAL | CAN_SYNC | IS_SYNCED), name="Keychain")
    listed = guest.get(PAGE).json()["results"]
    assert [(one["name"], one["is_synced"]) for one in listed] == [
        ("My phone", False),
        ("Keychain", True),
    ]
    address = f"{PAGE}/{listed[0]['id']}"
    assert guest.put(address, {"name": "Old phone"}).json()["name"] == "Old phone"
    assert log_in(first.used(challenge())).status_code == 200

    no = guest.delete(address, {"password": "not this one"})
    assert (no.status_code, list(no.json()["error"]["fields"])) == (400, ["password"])
    assert len(guest.get(PAGE).json()["results"]) == 2
    assert guest.delete(address, {"password": PASSWORD}).status_code == 204
    assert guest.delete(address, {"password": PASSWORD}).status_code == 404
    assert [one["name"] for one in guest.get(PAGE).json()["results"]] == ["Keychain"]
    assert said(log_in(first.used(challenge()))) == (401, "PASSKEY_UNKNOWN")
    # Who has lost the other one too gets in as before.
    body = {"email": guest.user.email, "password": PASSWORD}
    assert guest.post("/api/traveler/auth/login", body).status_code == 200
    assert mails() == ["passkey_added", "passkey_added", "passkey_removed"]
    assert kinds() == [
        *("passkey_added", "passkey_added", "logged_in", "passkey_removed", "passkey_failed"),
        "logged_in",
    ]


def test_a_log_in_by_one_is_a_session_like_others_and_counts_as_second_factor(guest):
    device = add(guest)
    reply = log_in(device.used(challenge()))
    assert (reply.status_code, reply.json()["user"]["id"]) == (200, str(guest.id))
    assert reply.cookies["staywell_refresh"]["httponly"]
    (row,) = log_ins.find({"user_id": guest.id})
    assert (row["kind"], row["second_factor"]) == ("browser", True)
    assert passkeys.find_one({})["used_at"] is not None
    (event,) = security_events.find({"kind": "logged_in"})
    assert event["details"] == {"door": "browser", "second_factor": "yes", "passkey": "yes"}
    token = {"authorization": f"Bearer {reply.json()['token']}"}
    assert len(CheckedClient().get("/api/account/sessions", headers=token).json()["results"]) == 1


def test_a_page_of_others_cannot_log_a_browser_in(guest):
    device = add(guest)
    body = device.used(challenge())
    assert said(log_in(body, **{"sec-fetch-site": "cross-site"})) == (403, "FOREIGN_PAGE")
    assert said(log_in(body, origin="https://evil.example")) == (403, "FOREIGN_PAGE")
    assert log_ins.count({}) == 0


def test_a_proof_is_asked_for_anew_and_with_a_second_factor_both(guest, now):
    begin_page = f"{PAGE}/begin"
    assert said(guest.post(begin_page, {"password": "not this one"})) == CHECKED
    assert said(guest.post(begin_page, {})) == CHECKED
    phone = Phone(guest.id, now)
    needed = guest.post(begin_page, {"password": PASSWORD})
    assert (needed.status_code, list(needed.json()["error"]["fields"])) == (400, ["code"])
    assert said(guest.post(begin_page, {"password": PASSWORD, "code": "000000"})) == CHECKED
    device = add(guest, password=PASSWORD, code=phone.code(now))
    # From now on the passkey alone proves it, here and where the codes are switched off.
    add(guest, passkey=device.used(challenge()))
    off = guest.post("/api/account/second-factor/off", {"passkey": device.used(challenge())})
    assert (off.status_code, off.json()["is_on"]) == (200, False)
    assert passkeys.count({}) == 2


def test_a_passkey_answers_in_place_of_the_code(anonymous, guest, host, now):
    device, others = add(guest), add(host)
    Phone(guest.id, now)

    def send(path, **more):
        body = {"email": guest.user.email, "password": PASSWORD, **more}
        kind = "application/json"
        return anonymous.post(path, body, content_type=kind, headers=FROM_OUR_PAGE)

    for path in ("/api/account/session", "/api/traveler/auth/login"):
        assert said(send(path)) == (401, "SECOND_FACTOR_REQUIRED")
        foreign = send(path, passkey=others.used(challenge()))
        assert said(foreign) == (401, "PASSKEY_UNKNOWN")
        assert send(path, passkey=device.used(challenge())).status_code == 200
    assert [row["second_factor"] for row in log_ins.find({})] == [True, True]


@pytest.mark.parametrize("where", ["log-in", "proof"])
def test_a_challenge_counts_once(guest, where):
    device = add(guest)
    body = device.used(challenge())
    if where == "log-in":
        assert log_in(body).status_code == 200
        assert said(log_in(body)) == (401, "CHALLENGE_OVER")
    else:
        assert guest.post(f"{PAGE}/begin", {"passkey": body}).status_code == 200
        again = guest.post(f"{PAGE}/begin", {"passkey": body})
        assert (said(again), list(again.json()["error"]["fields"])) == (CHECKED, ["passkey"])
    made = {"name": "x", **Authenticator().made(begun_by(guest))}
    assert guest.post(PAGE, made).status_code == 201
    assert said(guest.post(PAGE, made)) == (400, "CHALLENGE_OVER")


def at_once(guest) -> list[int]:
    """Six log-ins with one answer."""
    body = add(guest).used(challenge())
    together, found = threading.Barrier(6, timeout=10), []

    def one() -> None:
        together.wait()
        found.append(log_in(body).status_code)

    threads = [threading.Thread(target=one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)


def test_of_many_with_one_answer_one_is_let_in(guest):
    assert at_once(guest) == [200, *[401] * 5]


def test_negative_control_where_a_challenge_stays_all_are_let_in(guest, monkeypatch):
    monkeypatch.setattr(passkey_use, "challenge_use", lambda _challenge, _use: None)
    assert at_once(guest) == [200] * 6


def test_who_is_suspended_erased_or_unverified_is_refused(guest, host, make_person, now):
    device = add(guest)
    user_suspend(user_id=guest.id, now=now)
    assert said(log_in(device.used(challenge()))) == (403, "ACCOUNT_SUSPENDED")
    unverified = make_person(email_verified_at=None)
    refused = unverified.post(f"{PAGE}/begin", {"password": PASSWORD})
    assert said(refused) == (403, "EMAIL_UNVERIFIED")

    left = add(host)
    User.objects.filter(pk=str(host.id)).update(erase_at=now)
    (exported,) = [rows for name, rows in PART.export(host.id) if name == "passkeys"]
    assert ([row["name"] for row in exported], "public_key" in str(exported)) == (
        ["My phone"],
        False,
    )
    PART.erase(host.id, now=now)
    assert passkeys.count({"user_id": host.id}) == 0
    assert said(log_in(left.used(challenge()))) == (401, "PASSKEY_UNKNOWN")


def test_an_account_has_twenty_at_most(guest, monkeypatch):
    monkeypatch.setattr(service, "MOST", 1)
    begun = begun_by(guest)
    device = add(guest)
    proof = {"passkey": device.used(challenge())}
    assert said(guest.post(f"{PAGE}/begin", proof)) == (409, "TOO_MANY_PASSKEYS")
    late = guest.post(PAGE, {"name": "x", **Authenticator().made(begun)})
    assert said(late) == (409, "TOO_MANY_PASSKEYS")


def test_without_redis_nobody_gets_in_unseen(guest, settings):
    device = add(guest)
    body, begun = device.used(challenge()), begun_by(guest)
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    made = {"name": "x", **Authenticator().made(begun)}
    for reply in (
        CheckedClient().post(f"{PAGE}/challenge"),
        log_in(body),
        guest.post(f"{PAGE}/begin", {"password": PASSWORD}),
        guest.post(PAGE, made),
    ):
        assert said(reply) == (503, "SERVICE_UNAVAILABLE")
    assert passkeys.count({}) == 1


def test_log_ins_are_limited_by_address(guest, settings):
    settings.RATE_LIMIT_LOGIN = "2/minute"
    settings.RATE_LIMIT_ANONYMOUS = "2/minute"
    device, known = Authenticator(), challenge()
    assert [log_in(device.used(known)).status_code for _ in range(3)] == [400, 400, 429]
    assert CheckedClient().post(f"{PAGE}/challenge").status_code == 200
    assert CheckedClient().post(f"{PAGE}/challenge").status_code == 429
