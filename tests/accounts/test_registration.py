"""Who registers is the same to everybody outside, whether or not somebody has the address."""

import pytest
from bson import ObjectId
from django.contrib.auth.hashers import BCryptSHA256PasswordHasher

from apps.accounts.rows import users
from apps.accounts.services import address_confirm
from apps.events.rows import outbox_messages
from tests.accounts.life import (
    OTHER_PASSWORD,
    call,
    code,
    kinds,
    link,
    log_in,
    mails,
    register,
)

FIRST = "the first long password"
ADDRESS = "Ann.Lee@straße.example.com"


@pytest.fixture
def ann(now):
    """A confirmed account with `ADDRESS`."""
    reply = register(ADDRESS).json()
    address_confirm(token=link(ADDRESS, "verify_address"), now=now)
    return reply


def test_an_address_is_confirmed_by_its_link_once():
    reply = register(ADDRESS)
    assert reply.status_code == 201
    user = reply.json()["user"]
    assert (user["email"], user["email_verified"], user["roles"]) == (ADDRESS, False, ["traveler"])
    assert kinds(ADDRESS) == ["verify_address"]

    token = link(ADDRESS, "verify_address")
    confirmed = call("/api/account/verify", {"token": token})
    assert (confirmed.status_code, confirmed.json()) == (200, {"email": ADDRESS})
    profile = call("/api/traveler/profile", {}, token=reply.json()["token"], method="get").json()
    assert profile["email_verified"] is True
    again = call("/api/account/verify", {"token": token})
    assert (again.status_code, code(again)) == (404, "LINK_INVALID")


def script(address: str) -> list[tuple]:
    """What somebody can do who wants to know whether the address has an account."""
    first = register(address, password=FIRST)
    second = register(address, password=OTHER_PASSWORD, side="owner")
    token = second.json()["token"]
    replies = [
        first,
        second,
        log_in(address, FIRST),
        log_in(address, OTHER_PASSWORD, "owner"),
        log_in(address, OTHER_PASSWORD, "traveler"),
        log_in(address, "neither of the passwords"),
        call("/api/owner/profile", {}, token=token, method="get"),
        call("/api/account/verify/resend", {}, token=token),
        call("/api/account/password/forgot", {"email": address}),
        call("/api/bookings", {}, token=first.json()["token"]),
        call("/api/account/verify", {"token": "x"}),
    ]
    return [_seen(reply, address) for reply in replies]


def _seen(reply, address: str) -> tuple:
    body = reply.json() if reply.content else {}
    user = body.get("user", body)
    shown = {name: user.get(name) for name in ("email_verified", "roles", "user_type")}
    error = {name: body.get("error", {}).get(name) for name in ("code", "message")}
    text = str(error).replace(address, "ADDRESS")
    return reply.status_code, sorted(body), sorted(user), shown, text, user.get("email") == address


def test_a_taken_address_looks_like_a_free_one(ann, settings):
    taken = script("ann.lee@STRASSE.example.com".replace("STRASSE", "STRAßE"))
    free = script("bob.lee@STRAßE.example.com")
    assert taken == free
    assert [status for status, *_ in free] == [
        201,
        201,
        401,
        200,
        403,
        401,
        200,
        202,
        202,
        403,
        404,
    ]


def test_the_owner_of_an_address_is_told_and_keeps_it(ann):
    before = users.find_one({"_id": ObjectId(ann["user"]["id"])})
    reply = register(ADDRESS.lower(), password=OTHER_PASSWORD, side="owner")
    assert reply.status_code == 201
    assert kinds(ADDRESS) == ["verify_address", "account_exists"]
    assert mails(ADDRESS)[-1]["nonce"] == ""
    assert kinds(ADDRESS.lower()) == []
    assert users.find_one({"_id": before["_id"]}) == before
    assert log_in(ADDRESS).json()["user"]["id"] == ann["user"]["id"]
    other = log_in(ADDRESS, OTHER_PASSWORD, "owner").json()["user"]
    assert (other["id"], other["email"]) == (reply.json()["user"]["id"], ADDRESS.lower())


def test_with_the_same_password_the_confirmed_account_is_meant(ann):
    register(ADDRESS)
    assert log_in(ADDRESS).json()["user"]["id"] == ann["user"]["id"]


def test_who_registers_with_anothers_address_does_not_get_it(now):
    thief = register(ADDRESS, password=OTHER_PASSWORD).json()
    ann = register(ADDRESS).json()
    assert kinds(ADDRESS) == ["verify_address", "verify_address"]
    call("/api/account/verify", {"token": link(ADDRESS, "verify_address")})
    assert log_in(ADDRESS).json()["user"]["id"] == ann["user"]["id"]
    assert code(log_in(ADDRESS, OTHER_PASSWORD)) == "INVALID_CREDENTIALS"
    profile = call("/api/traveler/profile", {}, token=thief["token"], method="get").json()
    assert profile["email_verified"] is False


def test_a_link_of_before_does_not_take_a_confirmed_address_away(now):
    register(ADDRESS, password=OTHER_PASSWORD)
    early = link(ADDRESS, "verify_address")
    register(ADDRESS)
    call("/api/account/verify", {"token": link(ADDRESS, "verify_address")})
    late = call("/api/account/verify", {"token": early})
    assert (late.status_code, code(late)) == (409, "EMAIL_TAKEN")


@pytest.mark.parametrize("known", [0, 1, 2])
def test_a_wrong_password_costs_the_same_whoever_is_known(known, monkeypatch, request):
    if known:
        request.getfixturevalue("ann")
    if known == 2:
        register(ADDRESS, password=OTHER_PASSWORD)
    hashed = []
    original = BCryptSHA256PasswordHasher.encode
    monkeypatch.setattr(
        BCryptSHA256PasswordHasher,
        "encode",
        lambda self, *arguments: hashed.append(1) or original(self, *arguments),
    )
    assert log_in(ADDRESS, "a wrong long password").status_code == 401
    assert len(hashed) == 2


def test_no_secret_is_in_an_event_or_in_the_database(ann):
    token = link(ADDRESS, "verify_address")
    assert outbox_messages.count({}) == 0
    assert token not in str(mails(ADDRESS))


def test_links_are_sent_again_within_limits():
    token = register(ADDRESS).json()["token"]
    statuses = [call("/api/account/verify/resend", {}, token=token).status_code for _ in range(6)]
    assert statuses == [202] * 5 + [429]
    assert kinds(ADDRESS) == ["verify_address"] * 6


def test_a_name_that_a_stranger_typed_is_not_mailed(now):
    from apps.notifications.rows import emails
    from apps.notifications.services.messages import email_message
    from apps.notifications.services.preferences import delivery_preference

    register(ADDRESS, first_name="Win at evil.example")
    [mail] = mails(ADDRESS)
    preference = delivery_preference(mail["user_id"], mail["kind"])
    message = email_message(mail, preference, now=now)
    assert b"evil" not in message.message().as_bytes()
    assert message.to == ["Ann.Lee@xn--strae-oqa.example.com"]
    assert f"/verify#{link(ADDRESS, 'verify_address')}" in message.body
    assert "List-Unsubscribe" not in message.extra_headers
    assert emails.count({"status": "pending"}) == 1


def test_staff_see_an_email_without_its_link(now):
    from apps.notifications.services import email_preview

    register(ADDRESS)
    [mail] = mails(ADDRESS)
    shown = email_preview(mail["_id"], now=now)
    assert "/verify#(only in the e-mail)" in shown
    assert link(ADDRESS, "verify_address") not in shown
