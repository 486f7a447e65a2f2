"""A password that is changed or forgotten, an address that is changed and taken back."""

import datetime as dt

import pytest
from bson import ObjectId
from django.contrib.auth.hashers import BCryptSHA256PasswordHasher

from apps.accounts.models import Passkey
from apps.accounts.rows import account_links, users
from apps.accounts.services import address_confirm, password_forgotten, user_suspend
from apps.common.clock import utc_now
from conftest import PASSWORD
from tests.accounts.life import OTHER_PASSWORD, call, code, kinds, link, log_in, mails, register

NEW = "ann@new.example.com"


def works(person) -> bool:
    status = person.get("/api/traveler/profile").status_code
    assert status in {200, 401}
    return status == 200


def _change(person, email: str, password: str = PASSWORD):
    body = {"current_password": password, "email": email}
    return person.post("/api/account/email", body)


def test_a_forgotten_password_is_replaced_by_a_link_once(guest):
    address = guest.user.email
    assert call("/api/account/password/forgot", {"email": address.upper()}).status_code == 202
    assert kinds(address) == ["reset_password"]
    body = {"token": link(address, "reset_password"), "password": OTHER_PASSWORD}
    weak = call("/api/account/password/reset", {**body, "password": "1234567890"})
    assert (weak.status_code, list(weak.json()["error"]["fields"])) == (400, ["password"])
    assert works(guest)

    assert call("/api/account/password/reset", body).status_code == 204
    assert not works(guest)
    assert log_in(address, OTHER_PASSWORD).status_code == 200
    assert code(log_in(address, PASSWORD)) == "INVALID_CREDENTIALS"
    again = call("/api/account/password/reset", {**body, "password": "a third long password"})
    assert (again.status_code, code(again)) == (404, "LINK_INVALID")
    assert kinds(address) == ["reset_password", "password_changed"]


def test_one_link_used_ends_the_others(guest):
    address = guest.user.email
    for _ in range(2):
        call("/api/account/password/forgot", {"email": address})
    first = link(address, "reset_password")
    call("/api/account/password/reset", {"token": first, "password": OTHER_PASSWORD})
    assert account_links.count({"user_id": guest.id}) == 0


def test_a_link_to_a_password_works_for_an_hour(guest, now):
    password_forgotten(email=guest.user.email, now=now - dt.timedelta(minutes=61))
    body = {"token": link(guest.user.email, "reset_password"), "password": OTHER_PASSWORD}
    late = call("/api/account/password/reset", body)
    assert (late.status_code, code(late)) == (404, "LINK_INVALID")
    assert log_in(guest.user.email, PASSWORD).status_code == 200


def test_who_resets_the_password_has_the_address(guest):
    register(NEW)
    call("/api/account/password/forgot", {"email": NEW})
    body = {"token": link(NEW, "reset_password"), "password": OTHER_PASSWORD}
    assert call("/api/account/password/reset", body).status_code == 204
    assert log_in(NEW, OTHER_PASSWORD).json()["user"]["email_verified"] is True


def test_nobody_and_suspended_people_are_sent_nothing_and_it_looks_the_same(guest, now):
    user_suspend(user_id=guest.id, now=now)
    replies = [
        call("/api/account/password/forgot", {"email": address})
        for address in (guest.user.email, "nobody@example.com")
    ]
    assert [(reply.status_code, reply.content) for reply in replies] == [(202, b"")] * 2
    assert account_links.count({}) == 2
    assert mails(guest.user.email) == mails("nobody@example.com") == []


def test_links_of_one_kind_do_nothing_else(guest):
    call("/api/account/password/forgot", {"email": guest.user.email})
    token = link(guest.user.email, "reset_password")
    for path in ("verify", "email/restore"):
        assert code(call(f"/api/account/{path}", {"token": token})) == "LINK_INVALID"


def test_a_password_is_changed_by_who_knows_it(guest):
    body = {"current_password": "not my password", "new_password": OTHER_PASSWORD}
    wrong = guest.post("/api/account/password", body)
    assert (wrong.status_code, code(wrong)) == (400, "WRONG_PASSWORD")
    assert list(wrong.json()["error"]["fields"]) == ["current_password"]
    weak = guest.post(
        "/api/account/password", {"current_password": PASSWORD, "new_password": "short"}
    )
    assert list(weak.json()["error"]["fields"]) == ["new_password"]
    assert works(guest)

    body = {"current_password": PASSWORD, "new_password": OTHER_PASSWORD}
    assert guest.post("/api/account/password", body).status_code == 204
    assert not works(guest)
    assert log_in(guest.user.email, OTHER_PASSWORD).status_code == 200
    assert kinds(guest.user.email) == ["password_changed"]


def test_an_address_counts_when_its_link_is_opened(guest):
    old = guest.user.email
    wrong = _change(guest, NEW, "not mine")
    assert (wrong.status_code, code(wrong)) == (400, "WRONG_PASSWORD")
    assert _change(guest, NEW).status_code == 202
    assert log_in(NEW, PASSWORD).status_code == 401
    assert (kinds(old), kinds(NEW)) == ([], ["confirm_new_address"])

    token = link(NEW, "confirm_new_address")
    assert call("/api/account/verify", {"token": token}).json() == {"email": NEW}
    assert log_in(NEW, PASSWORD).json()["user"]["email"] == NEW
    assert log_in(old, PASSWORD).status_code == 401
    [notice] = mails(old)
    assert (notice["kind"], notice["values"]) == ("address_changed", {"address": NEW})


def test_this_was_not_me(guest):
    old = guest.user.email
    Passkey.objects.create(user_id=guest.id, name="x", credential_id="x", created_at=utc_now())
    _change(guest, NEW)
    call("/api/account/verify", {"token": link(NEW, "confirm_new_address")})
    restored = call("/api/account/email/restore", {"token": link(old, "address_changed")})
    assert (restored.status_code, restored.json()) == (200, {"email": old})
    assert not works(guest)
    assert not Passkey.objects.exists()
    assert log_in(old, PASSWORD).status_code == 401
    assert log_in(NEW, PASSWORD).status_code == 401

    body = {"token": link(old, "reset_password"), "password": OTHER_PASSWORD}
    assert call("/api/account/password/reset", body).status_code == 204
    assert log_in(old, OTHER_PASSWORD).status_code == 200


def test_anothers_address_cannot_be_taken_and_looks_free(guest, host):
    taken = guest.post(
        "/api/account/email", {"current_password": PASSWORD, "email": host.user.email}
    )
    free = _change(guest, NEW)
    assert (taken.status_code, taken.content) == (free.status_code, free.content) == (202, b"")
    assert kinds(host.user.email) == ["account_exists"]
    same = guest.post(
        "/api/account/email", {"current_password": PASSWORD, "email": guest.user.email}
    )
    assert (same.status_code, list(same.json()["error"]["fields"])) == (400, ["email"])


def test_an_address_that_somebody_confirmed_meanwhile_stays_theirs(guest, make_person, now):
    _change(guest, NEW)
    token = link(NEW, "confirm_new_address")
    make_person(email=NEW)
    late = call("/api/account/verify", {"token": token})
    assert (late.status_code, code(late)) == (409, "EMAIL_TAKEN")
    assert users.find_one({"_id": guest.id})["email"] == guest.user.email


def test_a_typo_is_mended_before_it_is_confirmed():
    token = register("ann@exmaple.example.com", password=PASSWORD).json()["token"]
    body = {"current_password": PASSWORD, "email": NEW}
    assert call("/api/account/email", body, token=token).status_code == 202
    call("/api/account/verify", {"token": link(NEW, "confirm_new_address")})
    assert log_in(NEW, PASSWORD).json()["user"]["email_verified"] is True
    assert kinds("ann@exmaple.example.com") == ["verify_address"]


COMPOSED, DECOMPOSED = "un mot de passe caché\u00e9", "un mot de passe cache\u0301e\u0301"


def test_a_password_is_one_however_its_letters_are_typed(guest, now):
    register(NEW, password=COMPOSED)
    assert log_in(NEW, DECOMPOSED).status_code == 200
    assert log_in(NEW, COMPOSED.replace(" ", "\u00a0")).status_code == 200
    assert log_in(NEW, COMPOSED.replace("é", "e")).status_code == 401
    address_confirm(token=link(NEW, "verify_address"), now=now)
    token = log_in(NEW, DECOMPOSED).json()["token"]
    body = {"current_password": DECOMPOSED, "new_password": "Stra\u00dfenbahn im Ma\u0308rz"}
    assert call("/api/account/password", body, token=token).status_code == 204
    assert log_in(NEW, "Stra\u00dfenbahn im M\u00e4rz").status_code == 200


def test_a_hash_of_before_stays_valid_as_it_was_typed(guest):
    hasher = BCryptSHA256PasswordHasher()
    old = hasher.encode(DECOMPOSED, hasher.salt())
    users.update_one({"_id": guest.id}, {"$set": {"password_hash": old}})
    assert log_in(guest.user.email, DECOMPOSED).status_code == 200
    assert log_in(guest.user.email, COMPOSED).status_code == 401


def test_the_admin_takes_a_password_in_both_forms(make_person):
    from django.test import Client

    staff = make_person(is_staff=True, is_superuser=True)
    staff.user.set_password(COMPOSED)
    staff.user.save()
    reply = Client().post("/admin/login/", {"username": staff.user.email, "password": DECOMPOSED})
    assert reply.status_code == 302


def test_two_uses_of_a_link_at_once_are_one(guest):
    from concurrent.futures import ThreadPoolExecutor

    call("/api/account/password/forgot", {"email": guest.user.email})
    token = link(guest.user.email, "reset_password")
    bodies = [{"token": token, "password": f"{OTHER_PASSWORD} {number}"} for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda body: call("/api/account/password/reset", body), bodies))
    assert sorted(reply.status_code for reply in replies) == [204, 404, 404, 404]
    stored = users.find_one({"_id": ObjectId(str(guest.id))})
    assert stored["token_generation"] == 1
    assert kinds(guest.user.email) == ["reset_password", "password_changed"]


@pytest.mark.parametrize("path", ["verify", "password/reset", "email/restore"])
@pytest.mark.parametrize("token", [{"$ne": 1}, ["x"], None, 7])
def test_a_token_is_a_text(path, token):
    body = {"token": token, "password": OTHER_PASSWORD}
    needed = body if path == "password/reset" else {"token": token}
    assert call(f"/api/account/{path}", needed).status_code == 400
