import datetime as dt
from itertools import product

import pytest

from apps.bookings.enums import Action, Actor, Status
from apps.bookings.rows import bookings
from apps.bookings.selectors import booking_stored
from apps.bookings.services import booking_alter, booking_change
from apps.bookings.states import RELEASES_NIGHTS, TRANSITIONS, actions_allowed
from apps.common.errors import ConflictError
from apps.events.rows import outbox_messages
from apps.payments.rows import payment_commands, payments
from apps.properties.rows import night_claims

ALLOWED = {
    ("pending", "accept", "owner"): "confirmed",
    ("pending", "accept", "staff"): "confirmed",
    ("pending", "accept", "system"): "confirmed",
    ("pending", "decline", "owner"): "declined",
    ("pending", "decline", "staff"): "declined",
    ("pending", "cancel", "guest"): "cancelled",
    ("pending", "cancel", "owner"): "cancelled",
    ("pending", "cancel", "staff"): "cancelled",
    ("pending", "update", "guest"): "pending",
    ("pending", "alter", "guest"): "pending",
    ("pending", "expire", "system"): "expired",
    ("confirmed", "update", "guest"): "confirmed",
    ("confirmed", "alter", "guest"): "confirmed",
    ("confirmed", "propose", "guest"): "confirmed",
    ("confirmed", "withdraw", "guest"): "confirmed",
    ("confirmed", "agree", "owner"): "confirmed",
    ("confirmed", "agree", "staff"): "confirmed",
    ("confirmed", "refuse", "owner"): "confirmed",
    ("confirmed", "refuse", "staff"): "confirmed",
    ("confirmed", "lapse", "system"): "confirmed",
    ("confirmed", "remind", "system"): "confirmed",
    ("confirmed", "cancel", "guest"): "cancelled",
    ("confirmed", "cancel", "owner"): "cancelled",
    ("confirmed", "cancel", "staff"): "cancelled",
    ("confirmed", "complete", "system"): "completed",
}
ANSWERS = {"agree", "refuse", "withdraw", "lapse"}
CHANGES_THE_STAY = {"update", "alter", "propose"}
HANDLES = (bookings, night_claims, outbox_messages, payments, payment_commands)


def _allowed(status, action, actor, *, has_proposal) -> str | None:
    if action in (CHANGES_THE_STAY if has_proposal else ANSWERS):
        return None
    return ALLOWED.get((status, action, actor))


def test_the_table_is_the_designs():
    assert {tuple(map(str, key)): str(to) for key, to in TRANSITIONS.items()} == ALLOWED


def test_allowed_actions_are_those_of_the_table():
    assert actions_allowed(Status.PENDING, Actor.OWNER) == ["accept", "decline", "cancel"]
    assert actions_allowed(Status.COMPLETED, Actor.OWNER) == []
    assert actions_allowed(Status.CONFIRMED, Actor.OWNER) == ["cancel"]
    proposed = actions_allowed(Status.CONFIRMED, Actor.OWNER, has_proposal=True)
    assert proposed == ["agree", "refuse", "cancel"]
    proposed = actions_allowed(Status.CONFIRMED, Actor.GUEST, has_proposal=True)
    assert proposed == ["withdraw", "cancel"]


@pytest.fixture
def make(book, now):
    """A booking of tomorrow in this state, with a proposal for three guests or without."""

    def made(status, *, has_proposal=False):
        booking = book(days=1)
        if has_proposal:
            owner = {"booking_id": booking["_id"], "actor": Actor.OWNER, "now": now}
            booking_change(**owner, action=Action.ACCEPT)
            booking = act(booking, Action.PROPOSE, Actor.GUEST, now)
        row = {"status": status.value}
        bookings.update_one({"_id": booking["_id"]}, {"$set": row})
        return bookings.find_one({"_id": booking["_id"]})

    return made


def act(booking, action, actor, now):
    call = {"booking_id": booking["_id"], "action": action, "actor": actor}
    if action not in CHANGES_THE_STAY:
        return booking_change(**call, now=_time_for(booking, action, now))
    altered = booking_alter(**call, changes={"guest_count": 3}, now=now)
    return booking_stored(altered.reply.id)


def _time_for(booking, action, now):
    """When the clock would ask for it."""
    if action is Action.LAPSE:
        return now + dt.timedelta(days=3)
    if action is Action.REMIND:
        # 15:00 in Singapore is 7:00.
        return booking["check_in"].replace(tzinfo=dt.UTC) + dt.timedelta(hours=5)
    return now


def _stored():
    return [list(handle.find({}).sort("_id", 1)) for handle in HANDLES]


@pytest.mark.parametrize(("status", "has_proposal"), [*product(Status, (False, True))])
def test_what_is_not_in_the_table_changes_nothing(make, now, status, has_proposal):
    booking = make(status, has_proposal=has_proposal)
    before = _stored()
    refused = [
        (action, actor)
        for action, actor in product(Action, Actor)
        if _allowed(status, action, actor, has_proposal=has_proposal) is None
    ]
    assert len(refused) > 40
    for action, actor in refused:
        with pytest.raises(ConflictError) as refusal:
            act(booking, action, actor, now)
        assert refusal.value.code == "INVALID_TRANSITION", (action, actor)
        can = actions_allowed(status, actor, has_proposal=has_proposal)
        assert refusal.value.details["allowed"] == can
    assert _stored() == before


DONE = [
    (has_proposal, key)
    for has_proposal in (False, True)
    for key in ALLOWED
    if _allowed(*key, has_proposal=has_proposal)
    and not (has_proposal and key[0] != Status.CONFIRMED)
]


@pytest.mark.parametrize(
    ("has_proposal", "key"), DONE, ids=[f"{'-'.join(key)}-{has}" for has, key in DONE]
)
def test_what_is_in_the_table_is_one_change_with_one_event(make, now, has_proposal, key):
    status, action, actor = Status(key[0]), Action(key[1]), Actor(key[2])
    booking = make(status, has_proposal=has_proposal)
    target, version = ALLOWED[key], booking["version"] + 1

    after = act(booking, action, actor, now)

    assert (after["status"], after["version"]) == (target, version)
    change = after["history"][-1]
    assert (change["action"], change["actor"], change["to_status"]) == (action, actor, target)
    assert night_claims.count({}) == (0 if Status(target) in RELEASES_NIGHTS else 2)
    event = outbox_messages.find_one(
        {"aggregate_id": f"booking:{booking['_id']}", "version": version}
    )
    assert event["payload"]["previous_status"] == status.value
    assert event["payload"]["new_status"] == target
    assert event["payload"]["action"] == action
    repeated = {"confirmed": ["booking-confirmations"], "cancelled": ["booking-cancellations"]}
    moved = repeated.get(target, []) if status != target else []
    assert event["topics"] == ["booking-updates", *moved]
    stands = action is Action.PROPOSE or (has_proposal and action is Action.REMIND)
    assert (after["alteration"] is not None) == stands
    assert after["guest_count"] == (3 if action in {"update", "alter", "agree"} else 1)
