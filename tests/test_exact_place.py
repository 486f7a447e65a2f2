"""No operation of the API, no event, e-mail, calendar file, log line or figure gives away where a
listing is exactly to those who must not know. The walk follows the API's description, so a new
operation is in it from its first day."""

import datetime as dt
import json
import logging
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlencode

import pytest
from bson import ObjectId
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from prometheus_client import generate_latest

from apps.bookings.rows import bookings
from apps.common import mongo
from apps.common.api_document import document, operations
from apps.events.notify import WORDING
from apps.events.rows import outbox_messages
from apps.notifications.enums import KINDS
from apps.notifications.rows import emails
from apps.notifications.services import email_preview, email_request
from apps.notifications.services.messages import email_message
from apps.notifications.services.preferences import delivery_preference
from apps.properties.nights import midnight
from stack.common.limits import no_limits
from tests.bad_input import JSON, body_media
from tests.contract import CheckedClient
from tests.exact_place import INSTRUCTIONS, STREET, Marked, found
from tests.test_bad_input import _png, _state, _takes_files
from tests.world import _empty

pytestmark = pytest.mark.keeps_data
OPERATIONS = [(m.upper(), path, operation) for path, m, operation in operations(document())]
STREAM = "text/event-stream"
# The only operations that tell, and to whom. A new one stands here, or the walk fails.
TELLS = {
    "host": {
        "GET /api/owner/listings/{listing_id}",
        "PUT /api/properties/{listing_id}",
        "GET /api/bookings/{booking_id}/arrival",
    },
    "guest of a confirmed stay": {"GET /api/bookings/{booking_id}/arrival"},
}
# There is no weather in this world, and a stop link is no one's by an account.
UNREACHED = {
    # One's own data, made by a job: tests/test_exports.py reads it.
    "GET /api/account/export",
    "GET /api/account/export/file",
    "GET /api/ai/weather",
    "GET /api/notifications/unsubscribe/{token}",
    # For staff alone.
    "GET /api/properties/staff",
}


@pytest.fixture(scope="module")
def world(database) -> Iterator[Marked]:
    with ExitStack() as stack:
        stack.enter_context(override_settings(**no_limits()))
        _empty()
        yield Marked()
        _empty()


class Restored:
    """What a call changes is taken back, so that the next finds it."""

    def __init__(self) -> None:
        self._hashes = _state(set())
        self._rows = {name: list(mongo.collection(name).find({})) for name in self._hashes}

    def restore(self) -> None:
        for name, value in _state(set()).items():
            if value != self._hashes.get(name):
                mongo.collection(name).delete_many({})
                if rows := self._rows.get(name):
                    mongo.collection(name).insert_many(rows)


def stands(world: Marked, status: str, *, ahead: int = 2) -> None:
    """Gives the guest's booking a status, with the check-in so many days from now."""
    check_in = midnight(world.now.date() + dt.timedelta(days=ahead))
    change = {
        "status": status,
        "check_in": check_in,
        "check_out": check_in + dt.timedelta(days=2),
    }
    bookings.update_one({"_id": ObjectId(world.own["booking_id"])}, {"$set": change})


def calls(world: Marked) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    for method, path, operation in OPERATIONS:
        content = operation["responses"].get("200", {}).get("content", {})
        if STREAM in content:
            continue
        for query in world.queries(path, operation):
            address = world.address(path)
            address = f"{address}?{urlencode(query)}" if query else address
            yield f"{method} {path}", method, address, operation


def asked(client: CheckedClient, world: Marked, method, address, operation):
    if _takes_files(address, operation):
        return client.post(address, {"image": SimpleUploadedFile("a.png", _png())})
    if not body_media(operation):
        return client.generic(method, address)
    body = world.body(operation)
    if method == "PUT" and "/properties/" in address and not address.endswith("/images"):
        body = {"version": world.version, "title": "Renamed"}
    return client.generic(method, address, json.dumps(body), JSON)


def told(world: Marked, client: CheckedClient) -> tuple[set[str], set[str]]:
    """Returns the operations whose replies have a mark, and those that answered well."""
    kept, telling, well = Restored(), set(), set()
    for name, method, address, operation in calls(world):
        reply = asked(client, world, method, address, operation)
        if found(_without_echo(reply.content.decode(errors="replace"))):
            telling.add(name)
        if reply.status_code < 300:
            well.add(name)
        if method != "GET":
            kept.restore()
    return telling, well


def _without_echo(text: str) -> str:
    """An error may repeat what the caller asked with."""
    return "" if text.startswith('{"error"') else text


def reads() -> set[str]:
    return {
        f"GET {path}"
        for method, path, operation in OPERATIONS
        if method == "GET"
        and STREAM not in operation["responses"].get("200", {}).get("content", {})
    }


OUTSIDERS = {
    "anonymous": lambda _world: CheckedClient(),
    "another guest": lambda world: world.other_guest.http,
    "another host": lambda world: world.other_host.http,
}


@pytest.mark.parametrize("who", OUTSIDERS)
def test_outsiders_are_told_by_no_operation(world, who, caplog):
    stands(world, "confirmed")
    with caplog.at_level(logging.DEBUG):
        telling, _ = told(world, OUTSIDERS[who](world))
    assert telling == set()
    assert [record for record in caplog.records if found(_logged(record))] == []


def _logged(record: logging.LogRecord) -> str:
    """With everything that its formatter could write."""
    known = {name: value for name, value in vars(record).items() if name != "args"}
    return f"{record.getMessage()} {known}"


@pytest.mark.parametrize("status", ["pending", "cancelled", "completed"])
def test_a_guest_whose_stay_does_not_stand_is_told_by_no_operation(world, status):
    stands(world, status)
    telling, well = told(world, world.guest.http)
    assert telling == set()
    assert "GET /api/bookings/{booking_id}" in well


def test_a_guest_after_the_stay_is_told_by_no_operation(world):
    """The timer that completes it may be late."""
    stands(world, "confirmed", ahead=-4)
    telling, _ = told(world, world.guest.http)
    assert telling == set()


def test_those_who_may_know_are_told_where_they_should_be_and_nowhere_else(world):
    """The control of all above: the same walk finds the marks. It reaches every read."""
    stands(world, "confirmed")
    reached = set()
    people = {"host": world.host.http, "guest of a confirmed stay": world.guest.http}
    for who, client in people.items():
        telling, well = told(world, client)
        assert telling == TELLS[who], who
        reached |= well
    _, well = told(world, CheckedClient())
    unreached = reads() - reached - well
    assert unreached <= UNREACHED, unreached


def test_the_exact_point_finds_no_more_than_the_public_one(world, anonymous):
    """A circle of 100 m, drawn around each: what is found is decided by the public point."""
    public = anonymous.get(f"/api/properties/{world.own['listing_id']}").json()["location"]
    lng, lat = public["coordinates"]["coordinates"]
    near = {"radius_km": 0.1}
    found_at = anonymous.get("/api/properties/search", {**near, "lat": lat, "lng": lng}).json()
    assert [card["id"] for card in found_at["results"]] == [world.own["listing_id"]]
    for name, count in ((STREET, 0), ("Bugis", 1)):
        page = anonymous.get("/api/properties/search", {"location": name}).json()
        assert page["pagination"]["total"] == count, name


def test_no_event_has_it(world):
    stands(world, "confirmed")
    path = f"/api/bookings/{world.own['booking_id']}/contact"
    assert world.guest.post(path, {"text": "Hello!"}).status_code == 201
    rows = list(outbox_messages.find({}))
    assert {row["payload"]["event_type"] for row in rows} >= {
        "booking_created",
        "notification_requested",
    }
    assert [row["_id"] for row in rows if found(str(row))] == []


def _email(world: Marked, kind: str, status: str, user_id: ObjectId) -> Any:
    """Stores an e-mail of a kind, as if the booking had this status at its event."""
    values = {"listing_title": "A flat", "check_in": "2026-12-16", "check_out": "2026-12-18"}
    email_id = f"{kind}-{status}-{user_id}"
    email_request(
        event_id=email_id,
        user_id=user_id,
        kind=kind,
        values={**values, "message": "m", "sender": "s", "text": "t"},
        title="t",
        body="b",
        note="n",
        booking_id=world.own["booking_id"],
        stay={
            "listing_id": world.own["listing_id"],
            "version": 2,
            "previous_status": "confirmed",
            "status": status,
            "check_in": midnight(dt.date(2026, 12, 16)),
            "check_out": midnight(dt.date(2026, 12, 18)),
            "guest_count": 2,
            "total_price": 100,
            "currency": "SGD",
        },
        locale="en",
        now=world.now,
    )
    return emails.find_one({"_id": email_id})


def _written(world: Marked, kind: str, status: str, user_id: ObjectId) -> str:
    email = _email(world, kind, status, user_id)
    message = email_message(email, delivery_preference(user_id, kind), now=world.now).message()
    parts = [
        str(part.get_payload(decode=True) or b"", "utf-8")
        for part in message.walk()
        if not part.is_multipart()
    ]
    # RFC 5545 folds long lines.
    return "\n".join([str(message["Subject"]), *parts]).replace("\r\n ", "")


@pytest.mark.parametrize("kind", KINDS)
def test_an_email_has_the_street_for_a_guest_of_a_confirmed_stay_alone(world, kind):
    assert kind in WORDING
    guest, stranger = world.guest.id, world.other_guest.id
    stands(world, "confirmed")
    own = _written(world, kind, "confirmed", guest)
    assert (STREET in own, found(own.replace(STREET, ""))) == (True, [])
    assert found(_written(world, kind, "confirmed", stranger)) == []
    assert found(_written(world, kind, "cancelled", guest)) == []
    for status in ("pending", "cancelled", "completed"):
        stands(world, status)
        assert found(_written(world, kind, "confirmed", guest)) == [], status
    email = emails.find_one({"_id": f"{kind}-confirmed-{guest}"})
    assert found(email_preview(email["_id"], now=None)) == []


def test_instructions_are_in_no_email(world):
    stands(world, "confirmed", ahead=0)
    text = _written(world, "stay_begins", "confirmed", world.guest.id)
    assert (STREET in text, INSTRUCTIONS in text) == (True, False)


def test_figures_have_none_of_it(world):
    assert found(generate_latest().decode()) == []
