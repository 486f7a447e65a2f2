"""A message to the other side: delivered, and nothing of either told."""

import itertools
import json

import pytest

from apps.bookings.rows import bookings
from apps.common import mongo
from apps.events.rows import outbox_messages
from apps.events.schemas import NotificationRequested
from apps.notifications.handlers import deliver
from apps.notifications.rows import emails
from apps.notifications.services import email_preview

TEXT = "We come at 18:00. May we {leave} our bags?"


@pytest.fixture
def booking_id(book):
    booking = book()
    bookings.update_one({"_id": booking["_id"]}, {"$set": {"status": "confirmed"}})
    outbox_messages.delete_many({})
    return booking["_id"]


@pytest.fixture
def send(booking_id):
    def run(person, text=TEXT, **headers):
        return person.post(f"/api/bookings/{booking_id}/contact", {"text": text}, **headers)

    return run


def delivered(now):
    """Hands the messages of the outbox to their consumer, and returns their payloads."""
    payloads = [row["payload"] for row in outbox_messages.find({})]
    for payload in payloads:
        event = NotificationRequested.from_payload(payload)
        mongo.run_in_transaction(lambda event=event: deliver(event, now=now))
    return payloads


@pytest.mark.parametrize(
    ("sender", "receiver", "title"),
    [("guest", "host", "A message from your guest"), ("host", "guest", "A message from your host")],
)
def test_it_reaches_the_other_side(request, send, now, sender, receiver, title):
    sender, receiver = (request.getfixturevalue(name) for name in (sender, receiver))
    reply = send(sender)
    assert (reply.status_code, list(reply.json())) == (201, ["sent_at"])

    [payload] = delivered(now)
    [item] = receiver.get("/api/notifications").json()["results"]
    name = sender.user.first_name
    assert (item["kind"], item["title"]) == ("message_received", title)
    assert item["body"].endswith(f"{name} writes: {TEXT}")
    assert sender.get("/api/notifications").json()["results"] == []

    [email] = emails.find({})
    assert email["user_id"] == receiver.id
    text = email_preview(email["_id"], now=now)
    assert f"{name} writes: {TEXT}" in text
    known = (json.dumps(payload), json.dumps(item), text)
    addresses = (sender.user.email, receiver.user.email)
    assert not [one for one, address in itertools.product(known, addresses) if address in one]


@pytest.mark.parametrize("status", ["pending", "cancelled", "declined", "expired", "completed"])
def test_only_while_the_stay_stands(guest, host, send, booking_id, status):
    bookings.update_one({"_id": booking_id}, {"$set": {"status": status}})
    for person in (guest, host):
        reply = send(person)
        assert (reply.status_code, reply.json()["error"]["code"]) == (409, "CONTACT_CLOSED")
    assert outbox_messages.count({}) == 0


def test_strangers_and_staff_write_to_nobody(make_person, send, anonymous, booking_id):
    for person in (
        make_person("traveler"),
        make_person("owner"),
        make_person("traveler", is_staff=True),
    ):
        assert send(person).status_code == 404
    path = f"/api/bookings/{booking_id}/contact"
    reply = anonymous.post(path, {"text": "x"}, content_type="application/json")
    assert reply.status_code == 401
    assert outbox_messages.count({}) == 0


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001, None, 7, {"$gt": ""}])
def test_bad_texts_are_refused(guest, send, text):
    reply = send(guest, text)
    assert (reply.status_code, list(reply.json()["error"]["fields"])) == (400, ["text"])
    assert outbox_messages.count({}) == 0


def test_a_repeated_call_sends_one(guest, send):
    key = {"Idempotency-Key": "once-and-no-more"}
    first, second = send(guest, **key), send(guest, **key)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert outbox_messages.count({}) == 1
    assert send(guest, "Another text", **key).status_code == 422


def test_so_many_a_day_for_a_person_and_a_booking(guest, host, send, settings):
    settings.RATE_LIMIT_CONTACT = "2/day"
    assert [send(guest).status_code for _ in range(3)] == [201, 201, 429]
    assert send(host).status_code == 201
    assert outbox_messages.count({}) == 3
