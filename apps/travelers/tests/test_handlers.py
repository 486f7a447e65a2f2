import uuid

import pytest

from apps.bookings.enums import Status
from apps.common import mongo
from apps.events.notify import WORDING
from apps.events.rows import outbox_messages
from apps.events.schemas import BookingStatusUpdated
from apps.travelers.services import guest_notify_change, guest_notify_confirmation


@pytest.fixture
def make_event(listing_id, guest, host):
    def make(new_status, actor, reason="", *, previous="pending", action=""):
        return BookingStatusUpdated(
            event_id=str(uuid.uuid4()),
            timestamp="2026-01-01T00:00:00Z",
            booking_id="b1",
            listing_id=str(listing_id),
            guest_id=str(guest.id),
            host_id=str(host.id),
            check_in="2030-12-04",
            check_out="2030-12-08",
            previous_status=previous,
            new_status=new_status,
            updated_by="x",
            message="m",
            reason=reason,
            actor=actor,
            action=action,
        )

    return make


def _notified(handler, event, now) -> list[dict]:
    mongo.run_in_transaction(lambda: handler(event, now=now))
    return [row["payload"] for row in outbox_messages.find({})]


CASES = [
    ("declined", "owner", 1),
    ("cancelled", "owner", 1),
    ("cancelled", "guest", 1),
    ("expired", "system", 1),
    ("completed", "system", 1),
    ("confirmed", "owner", 0),
]


@pytest.mark.parametrize(("status", "actor", "count"), CASES)
def test_the_guest_is_told_of_every_end(make_event, now, status, actor, count):
    assert len(_notified(guest_notify_change, make_event(status, actor), now)) == count


def test_a_confirmation_has_its_own_topic(make_event, guest, now):
    (message,) = _notified(guest_notify_confirmation, make_event("confirmed", "owner"), now)
    assert message["user_id"] == str(guest.id)
    assert message["title"] == "Your stay is confirmed"
    assert message["body"] == "A quiet flat: 4 Dec 2030 to 8 Dec 2030."


def test_the_reason_is_passed_on(make_event, now):
    (message,) = _notified(guest_notify_change, make_event("declined", "owner", "Roof work"), now)
    assert message["body"] == "A quiet flat: 4 Dec 2030 to 8 Dec 2030. Roof work"


@pytest.mark.parametrize(
    ("actor", "title"),
    [("guest", "You cancelled your booking"), ("owner", "Your booking was cancelled")],
)
def test_a_cancellation_says_whose_it_is(make_event, now, actor, title):
    (message,) = _notified(
        guest_notify_change, make_event("cancelled", actor, previous="confirmed"), now
    )
    assert (message["kind"], message["title"]) == ("booking_cancelled", title)


@pytest.mark.parametrize(
    ("status", "action", "kinds"),
    [
        ("confirmed", "alter", ["stay_altered"]),
        ("pending", "alter", []),
        ("confirmed", "update", []),
        ("confirmed", "propose", []),
        ("confirmed", "withdraw", []),
    ],
)
def test_what_a_guest_altered_at_once_is_confirmed_to_them(make_event, now, status, action, kinds):
    event = make_event(status, "guest", previous=status, action=action)
    assert [message["kind"] for message in _notified(guest_notify_change, event, now)] == kinds


UPDATES = {
    "agree": ("owner", "Your booking was changed", "The host agreed."),
    "refuse": ("owner", "The host declined your change", "Your booking stays as it is."),
    "lapse": (
        "system",
        "Your request for a change was not answered in time",
        "Your booking stays as it is.",
    ),
    "remind": ("system", "Your stay begins soon", "Have a good journey."),
}


@pytest.mark.parametrize("action", UPDATES)
def test_the_guest_is_told_what_becomes_of_their_wish(make_event, now, action):
    actor, title, more = UPDATES[action]
    event = make_event("confirmed", actor, previous="confirmed", action=action)
    (message,) = _notified(guest_notify_change, event, now)
    assert (message["title"], message["body"]) == (
        title,
        f"A quiet flat: 4 Dec 2030 to 8 Dec 2030. {more}",
    )


def test_every_end_of_a_booking_has_a_title():
    ends = {f"booking_{status}" for status in set(Status) - {Status.PENDING}}
    assert {kind for kind in ends if WORDING[kind].texts[""].title} == ends
