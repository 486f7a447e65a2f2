"""What stands on each topic after a booking's life; a bad message ends on `booking-dlq`."""

import datetime as dt
import json

from django.core.management import call_command

from apps.bookings.enums import Action, Actor
from apps.bookings.rows import bookings
from apps.bookings.services import booking_alter, booking_change
from apps.events.rows import dead_letters, inbox_messages, outbox_messages
from apps.events.tests.consuming import consuming
from apps.events.tests.waiting import read_topic, wait_for
from apps.events.topics import wire_name
from apps.notifications.handlers import HANDLERS as NOTIFICATIONS
from apps.notifications.rows import notifications
from apps.owners.handlers import HANDLERS as OWNERS
from apps.owners.rows import booking_facts
from apps.travelers.handlers import HANDLERS as TRAVELERS


def _publish(relay):
    while relay.publish_batch():
        pass


def _on(topic, count):
    """{key: [(version, previous, new)]} in the order of the topic."""
    told = {}
    for message in read_topic(topic, count):
        event = json.loads(message.value)
        change = (event["version"], event.get("previous_status"), event.get("new_status"))
        told.setdefault(message.key.decode(), []).append(change)
    return told


def _consumed():
    """Every event of a booking was dealt with, for each topic and group that reads it."""
    for group, handlers in (("owners", OWNERS), ("travelers", TRAVELERS)):
        for row in outbox_messages.find({"aggregate_id": {"$regex": "^booking:"}}):
            for topic in set(row["topics"]) & set(handlers):
                if not inbox_messages.find_one({"_id": f"{group}:{topic}:{row['_id']}"}):
                    return False
    return True


def test_each_topic_carries_what_it_is_for(relay, book, guest, host, now):
    accepted, declined, given_up = book(days=10), book(days=20), book(days=30)

    def do(booking, action, actor, person):
        who = {"actor": actor, "actor_id": person.id}
        booking_change(booking_id=booking["_id"], action=action, now=now, **who)

    do(accepted, Action.ACCEPT, Actor.OWNER, host)
    by_guest = {"action": Action.UPDATE, "actor": Actor.GUEST, "actor_id": guest.id}
    update = {"booking_id": accepted["_id"], **by_guest}
    booking_alter(**update, changes={"guest_count": 2}, now=now)
    do(accepted, Action.CANCEL, Actor.GUEST, guest)
    do(declined, Action.DECLINE, Actor.OWNER, host)
    first = now.date() + dt.timedelta(days=40)
    moved = {"check_in": first, "check_out": first + dt.timedelta(days=1)}
    update = {"booking_id": given_up["_id"], **by_guest}
    booking_alter(**update, changes=moved, now=now)
    do(given_up, Action.CANCEL, Actor.OWNER, host)
    _publish(relay)

    a, d, g = (str(booking["_id"]) for booking in (accepted, declined, given_up))
    assert _on("booking-requests", 3) == {one: [(1, None, None)] for one in (a, d, g)}
    assert _on("booking-updates", 6) == {
        a: [
            (2, "pending", "confirmed"),
            (3, "confirmed", "confirmed"),
            (4, "confirmed", "cancelled"),
        ],
        d: [(2, "pending", "declined")],
        g: [(2, "pending", "pending"), (3, "pending", "cancelled")],
    }
    assert _on("booking-confirmations", 1) == {a: [(2, "pending", "confirmed")]}
    assert _on("booking-cancellations", 2) == {
        a: [(4, "confirmed", "cancelled")],
        g: [(3, "pending", "cancelled")],
    }

    with consuming(OWNERS, group="owners"), consuming(TRAVELERS, group="travelers"):
        wait_for(_consumed, "the handlers")
    _publish(relay)
    sent = outbox_messages.count({"topics": ["notifications"]})
    with consuming(NOTIFICATIONS, group="notifications"):
        wait_for(lambda: notifications.count({}) == sent, "the feeds")
    told = [(item["user_id"], item["booking_id"], item["kind"]) for item in notifications.find({})]
    assert sorted(told, key=str) == sorted(
        [
            *((host.id, one, "booking_requested") for one in (a, d, g)),
            (guest.id, a, "booking_confirmed"),
            (host.id, a, "booking_changed"),
            *((one.id, a, "booking_cancelled") for one in (host, guest)),
            (guest.id, d, "booking_declined"),
            (host.id, g, "booking_changed"),
            (guest.id, g, "booking_cancelled"),
        ],
        key=str,
    )


def test_a_message_nobody_can_handle_reaches_the_dead_letter_topic(relay, producer, book):
    booking = book(days=10)
    topic, key = "booking-requests", str(booking["_id"])
    poison = b'{"event_type": "booking_created", "event_id": "e1"}'
    producer.send(wire_name(topic), key=key.encode(), value=poison).get(timeout=10)
    with consuming(OWNERS, group="owners"):
        wait_for(lambda: dead_letters.find_one({"key": key}), "the dead letter")
    _publish(relay)
    (message,) = read_topic("booking-dlq", 1)
    event = json.loads(message.value)
    assert message.key.decode() == key
    assert (event["event_type"], event["consumer"]) == ("dead_lettered", f"owners:{topic}")
    assert (event["origin_topic"], event["origin_event_id"]) == (topic, "e1")
    assert event["error"] == "SchemaError: timestamp is missing"


def test_the_demo_fills_the_figures(relay, settings, tmp_path, make_person):
    from django.test import Client

    from apps.accounts.models import User
    from apps.accounts.tokens import token_issue
    from apps.properties.demo import people

    settings.MEDIA_ROOT = str(tmp_path)
    call_command("seed_demo", verbosity=0)
    _publish(relay)
    with consuming(OWNERS, group="owners"), consuming(TRAVELERS, group="travelers"):
        wait_for(_consumed, "the handlers")
    jonas = User.objects.get(email=people.OWNER)
    token, _ = token_issue(jonas)
    found = Client(headers={"authorization": f"Bearer {token}"}).get("/api/owner/analytics").json()
    assert booking_facts.count({}) == bookings.count({}) > 40
    assert found["totals"]["revenue"] > 0
    assert found["totals"]["bookings"]["completed"] > 0
    assert found["as_of"] is not None
