"""The table of kinds is what the handlers really produce: they are run over every event that a
booking can publish."""

import itertools
import uuid
from collections import defaultdict

import pytest

from apps.bookings.enums import Action, Actor, Status
from apps.bookings.states import TRANSITIONS
from apps.common import mongo
from apps.events.notify import WORDING
from apps.events.rows import outbox_messages
from apps.events.schemas import BookingCreated, BookingStatusUpdated
from apps.events.topics import BOOKING_CANCELLATIONS, BOOKING_CONFIRMATIONS, BOOKING_REQUESTS
from apps.notifications.enums import KINDS
from apps.owners.handlers import HANDLERS as OWNERS
from apps.travelers.handlers import HANDLERS as TRAVELERS

# These follow from no event of a booking; `test_suspensions.py`, `test_leaving.py`,
# `test_contact.py`, `apps/messaging/tests/test_reports.py` and the tests of calendars have them.
OTHERS = frozenset(
    {
        *("message_received", "report_decided", "message_hidden", "calendar_problem"),
        *("stay_under_review", "stay_kept", "listing_suspended", "listing_restored"),
        *("account_suspended", "account_restored", "account_leaving"),
    }
)
ONLY = {BOOKING_CONFIRMATIONS: Status.CONFIRMED, BOOKING_CANCELLATIONS: Status.CANCELLED}


@pytest.fixture
def stay(listing_id, guest, host):
    return {
        "timestamp": "2026-01-01T00:00:00Z",
        "booking_id": "66f1c2a4b8e0d3f5a7c91e55",
        "listing_id": str(listing_id),
        "guest_id": str(guest.id),
        "host_id": str(host.id),
        "check_in": "2030-12-04",
        "check_out": "2030-12-08",
    }


def updates(stay):
    for (before, action, actor), after in TRANSITIONS.items():
        yield BookingStatusUpdated(
            **stay,
            event_id=str(uuid.uuid4()),
            previous_status=before,
            new_status=after,
            updated_by="x",
            message="m",
            actor=actor,
            action=action,
        )


def handled(stay, now) -> None:
    created = BookingCreated(**stay, event_id=str(uuid.uuid4()), total_price=1.0, status="pending")
    for topic, handlers in itertools.chain(OWNERS.items(), TRAVELERS.items()):
        for event in [created] if topic == BOOKING_REQUESTS else updates(stay):
            if topic not in ONLY or event.new_status == ONLY[topic]:
                handlers[type(event)](event, now=now)


def test_the_table_has_what_the_handlers_produce_and_no_more(stay, guest, host, now):
    mongo.run_in_transaction(lambda: handled(stay, now), seconds=60)
    people = {str(guest.id): "traveler", str(host.id): "owner"}
    told = defaultdict(set)
    for row in outbox_messages.find({}):
        told[row["payload"]["kind"]].add(people[row["payload"]["user_id"]])
    by_handlers = {kind: known for kind, known in KINDS.items() if kind not in OTHERS}
    assert told == {kind: set(known.audience) for kind, known in by_handlers.items()}
    assert WORDING.keys() == KINDS.keys()


def test_every_action_and_actor_was_tried():
    """Otherwise the test above proves nothing about the missing one."""
    assert {action for _, action, _ in TRANSITIONS} == set(Action) - {Action.REQUEST}
    assert {actor for _, _, actor in TRANSITIONS} == set(Actor)
