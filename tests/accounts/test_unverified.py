"""What an account may do whose address is not confirmed: the table of `policies`, against every
operation of the API."""

import re
from pathlib import Path

import pytest
from django.urls import resolve

from apps.accounts.policies import UNVERIFIED_MAY
from apps.accounts.rows import users
from apps.bookings.rows import bookings, holds
from apps.common.api_document import document
from apps.properties.rows import listings
from tests.accounts.life import call, code

READS = {"get", "head", "options"}
ALLOWED = {entry for calls in UNVERIFIED_MAY.values() for entry in calls}


def operations():
    """Method and path of what changes something and takes a token."""
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            if method not in READS and operation.get("security") != []:
                yield method, re.sub(r"\{\w+\}", "0" * 24, path)


def entry(method: str, path: str) -> str:
    return f"{method.upper()} {resolve(path).route}"


def test_every_call_of_the_table_exists():
    assert {entry(*operation) for operation in operations()} >= ALLOWED


def test_the_documentation_names_each_line_of_the_table():
    text = (Path(__file__).parents[2] / "docs" / "accounts.md").read_text()
    assert re.findall(r"^\| ([a-z ]+) \| (?:POST|PUT)", text, re.MULTILINE) == list(UNVERIFIED_MAY)


@pytest.mark.parametrize("user_type", ["traveler", "owner"])
def test_what_is_not_in_the_table_is_refused_with_the_next_step(make_person, user_type, settings):
    settings.RATE_LIMIT_USER = settings.RATE_LIMIT_LOGIN = ""
    token = make_person(user_type, email_verified_at=None).token
    seen = 0
    for method, path in operations():
        if entry(method, path) in ALLOWED or not takes_token(path):
            continue
        reply = call(path, {}, token=token, method=method)
        assert (path, reply.status_code, code(reply)) == (path, 403, "EMAIL_UNVERIFIED")
        assert "open the link that we sent to" in reply.json()["error"]["message"]
        seen += 1
    assert seen > 10
    assert (bookings.count({}), holds.count({}), listings.count({})) == (0, 0, 0)


def takes_token(path: str) -> bool:
    view = resolve(path).func.view_class
    return bool(view.authentication_classes)


@pytest.mark.parametrize("user_type", ["traveler", "owner"])
def test_what_is_in_the_table_goes_on(make_person, user_type, settings):
    settings.RATE_LIMIT_USER = settings.RATE_LIMIT_LOGIN = ""
    person = make_person(user_type, email_verified_at=None)
    last = []
    for method, path in operations():
        if entry(method, path) not in ALLOWED:
            continue
        if entry(method, path).endswith(("logout", "account/sessions")):
            last.append((method, path))
            continue
        reply = call(path, {}, token=person.token, method=method)
        assert not (reply.status_code == 403 and code(reply) == "EMAIL_UNVERIFIED"), path
    for method, path in last[:1]:
        assert call(path, {}, token=person.token, method=method).status_code == 204


def test_looking_and_keeping_favorites(make_person, listing_id):
    person = make_person(email_verified_at=None)
    assert person.get(f"/api/properties/{listing_id}").status_code == 200
    kept = person.post("/api/traveler/favorites", {"listing_id": str(listing_id)})
    assert kept.status_code == 201


def test_once_confirmed_everything_goes(make_person, stay, now):
    person = make_person(email_verified_at=None)
    assert code(person.post("/api/bookings", stay())) == "EMAIL_UNVERIFIED"
    users.update_one({"_id": person.id}, {"$set": {"email_verified_at": now}})
    assert person.post("/api/bookings", stay()).status_code == 201
