"""Every address of the corpus at every door that takes one. The addresses stand in
tests/corpora/addresses.json."""

import json
from pathlib import Path

import pytest
from django.db import IntegrityError
from pymongo.errors import BulkWriteError

from apps.accounts.models import User
from apps.accounts.rows import account_links, users
from apps.accounts.services import users_add
from apps.accounts.tests.test_users import new_user
from apps.common.addresses import AddressError, address_checked, address_key, address_mailed
from apps.notifications.rows import emails
from conftest import PASSWORD

CORPUS = json.loads((Path(__file__).parent.parent / "corpora" / "addresses.json").read_text())
REFUSED = CORPUS["refused"].values()
JSON = "application/json"


@pytest.fixture(autouse=True)
def no_limits(settings):
    settings.RATE_LIMIT_LOGIN = settings.RATE_LIMIT_USER = settings.RATE_LIMIT_MAIL = ""


def refused(reply, address):
    assert reply.status_code == 400, address
    [sentence, *_] = reply.json()["error"]["fields"]["email"]
    assert sentence.endswith("."), (address, sentence)


@pytest.mark.parametrize("side", ["traveler", "owner"])
def test_nobody_registers_with_one(anonymous, side):
    for number, address in enumerate(REFUSED):
        body = {"username": f"ann-{number}", "email": address, "password": PASSWORD}
        refused(anonymous.post(f"/api/{side}/auth/register", body, content_type=JSON), address)
    assert (users.count({}), emails.count({})) == (0, 0)


def test_nobody_changes_theirs_to_one(guest):
    before = users.find_one({"_id": guest.id})
    for address in REFUSED:
        refused(
            guest.post("/api/account/email", {"current_password": PASSWORD, "email": address}),
            address,
        )
    assert users.find_one({"_id": guest.id}) == before
    assert (account_links.count({}), emails.count({})) == (0, 0)


def test_nobody_is_sent_a_link_there(anonymous):
    for address in REFUSED:
        reply = anonymous.post(
            "/api/account/password/forgot", {"email": address}, content_type=JSON
        )
        refused(reply, address)
    assert (account_links.count({}), emails.count({})) == (0, 0)


def test_no_superuser_has_one(database):
    for address in REFUSED:
        with pytest.raises(AddressError):
            User.objects.create_superuser(email=address, password=PASSWORD, username="root")
    assert users.count({}) == 0


@pytest.mark.parametrize("name", ["a pattern", "a null byte", "a second header"])
def test_logging_in_with_one_fails_as_any_other(anonymous, guest, name):
    body = {"email": CORPUS["refused"][name], "password": PASSWORD}
    reply = anonymous.post("/api/traveler/auth/login", body, content_type=JSON)
    assert reply.status_code in {400, 401}


@pytest.mark.parametrize("pair", CORPUS["one_mailbox"].values(), ids=CORPUS["one_mailbox"])
def test_two_spellings_are_one_account(anonymous, make_person, pair, now):
    typed, other = pair
    person = make_person(email=typed)
    assert person.user.email == typed
    body = {"email": other, "password": PASSWORD}
    reply = anonymous.post("/api/traveler/auth/login", body, content_type=JSON)
    assert reply.json()["user"]["email"] == typed
    with pytest.raises(IntegrityError):
        make_person(email=other)
    with pytest.raises(BulkWriteError, match="index: email_key"):
        users_add([new_user(now, email=other)], now=now)


@pytest.mark.unit
@pytest.mark.parametrize("pair", CORPUS["two_mailboxes"].values(), ids=CORPUS["two_mailboxes"])
def test_two_mailboxes_are_two_accounts(pair):
    first, second = map(address_key, map(address_checked, pair))
    assert first != second


@pytest.mark.unit
def test_mail_goes_to_the_domain_that_was_typed():
    """Django's own conversion would send it to strasse.example.com, another one."""
    assert address_mailed("Ann@straße.example.com") == "Ann@xn--strae-oqa.example.com"
    assert address_mailed("Ann@Example.com") == "Ann@example.com"
