"""What becomes of a booking stands in its thread, each event once."""

import pytest

from apps.bookings.enums import Action
from apps.bookings.states import TRANSITIONS
from apps.common import mongo
from apps.events.consumer.delivery import Delivery
from apps.events.rows import outbox_messages
from apps.events.schemas import BookingStatusUpdated, SchemaError
from apps.events.topics import wire_name
from apps.messaging.enums import LINES
from apps.messaging.handlers import HANDLERS
from apps.messaging.rows import messages, threads
from apps.messaging.services import change_note


class Record:
    """A message as Kafka's client hands it over."""

    partition = offset = 0
    headers = ()

    def __init__(self, topic, value):
        self.topic, self.value, self.key = wire_name(topic), value, b"k"


def test_a_booking_makes_a_thread_with_its_line(guest, host, book):
    from apps.common.json import dumps

    booking = book()
    [row] = outbox_messages.find({"topics": "booking-requests"})
    record = Record("booking-requests", dumps(row["payload"]))
    delivery = Delivery("notifications", HANDLERS)
    for _ in range(2):
        delivery.deliver(record)
    [card] = host.get("/api/messages/threads").json()["results"]
    days = f"{booking['check_in']:%-d %b %Y} to {booking['check_out']:%-d %b %Y}"
    assert card["preview"] == f"Booking requested: {days}"
    assert card["unread"] == 0
    shown = guest.get(f"/api/messages/threads/{card['id']}").json()
    [line] = shown["messages"]
    assert (line["kind"], line["by"], line["event"]) == ("booking", "guest", "requested")
    assert line["booking_id"] == str(booking["_id"])


def test_lines_and_texts_stand_in_one_order(guest, thread, write, confirm):
    confirm()
    write(guest, "Great!")
    event = confirm(previous_status="confirmed", new_status="cancelled", actor="guest")
    mongo.run_in_transaction(lambda: change_note(event, now=threads.find_one({})["last_at"]))
    found = guest.get(thread).json()
    assert [(one["number"], one["text"]) for one in found["messages"]] == [
        (1, "Is there a desk?"),
        (2, "Booking confirmed: 16 Dec 2030 to 18 Dec 2030"),
        (3, "Great!"),
        (4, "Booking cancelled by the guest: 16 Dec 2030 to 18 Dec 2030"),
    ]


def test_a_line_brings_an_archived_thread_back(guest, thread, confirm):
    guest.put(f"{thread}/archived", {"is_archived": True})
    assert guest.get("/api/messages/threads").json()["results"] == []
    confirm()
    assert len(guest.get("/api/messages/threads").json()["results"]) == 1


def test_every_change_has_its_words():
    moved = {after for (before, _, _), after in TRANSITIONS.items() if before != after}
    stayed = {action for (before, action, _), after in TRANSITIONS.items() if before == after}
    assert {*map(str, moved), *map(str, stayed)} <= LINES.keys()
    assert Action.ACCEPT not in stayed


def test_old_events_make_no_thread_and_broken_ones_are_refused(confirm):
    confirm(listing_id="")
    assert (threads.count({}), messages.count({})) == (0, 0)
    with pytest.raises(SchemaError, match="guest_id is 'x'"):
        confirm(guest_id="x")
    with pytest.raises(SchemaError, match="not a stay"):
        confirm(check_in="tomorrow")
    assert (threads.count({}), messages.count({})) == (0, 0)


def test_the_topics_are_those_of_every_change():
    assert HANDLERS.keys() == {"booking-requests", "booking-updates"}
    assert BookingStatusUpdated in HANDLERS["booking-updates"]
