from itertools import product

import pytest

from apps.bookings.enums import Action, Actor, Status
from apps.bookings.services import booking_change, booking_update
from apps.bookings.states import RELEASES_NIGHTS, TRANSITIONS, actions_allowed
from apps.common import mongo
from apps.common.errors import ConflictError

ALLOWED = {
    ("pending", "accept", "owner"): "confirmed",
    ("pending", "accept", "staff"): "confirmed",
    ("pending", "decline", "owner"): "declined",
    ("pending", "decline", "staff"): "declined",
    ("pending", "cancel", "guest"): "cancelled",
    ("pending", "cancel", "owner"): "cancelled",
    ("pending", "cancel", "staff"): "cancelled",
    ("pending", "update", "guest"): "pending",
    ("confirmed", "update", "guest"): "confirmed",
    ("pending", "expire", "system"): "expired",
    ("confirmed", "cancel", "guest"): "cancelled",
    ("confirmed", "cancel", "owner"): "cancelled",
    ("confirmed", "cancel", "staff"): "cancelled",
    ("confirmed", "complete", "system"): "completed",
}


def test_the_table_is_the_designs():
    assert {tuple(map(str, key)): str(to) for key, to in TRANSITIONS.items()} == ALLOWED


def test_allowed_actions_are_those_of_the_table():
    assert actions_allowed(Status.PENDING, Actor.OWNER) == ["accept", "decline", "cancel"]
    assert actions_allowed(Status.COMPLETED, Actor.OWNER) == []


@pytest.fixture
def booking(book):
    return book()


def _put_into(booking, status) -> None:
    mongo.collection("bookings").update_one(
        {"_id": booking["_id"]}, {"$set": {"status": status.value}}
    )


MOVES = [action for action in Action if action is not Action.UPDATE]


@pytest.mark.parametrize(
    ("status", "action", "actor"), [*product(Status, MOVES, Actor)], ids="-".join
)
def test_every_state_action_and_actor(booking, now, status, action, actor):
    _put_into(booking, status)
    change = {"booking_id": booking["_id"], "action": action, "actor": actor, "now": now}
    target = ALLOWED.get((status.value, action.value, actor.value))
    claims, outbox = mongo.collection("night_claims"), mongo.collection("outbox")

    if target is None:
        with pytest.raises(ConflictError) as refusal:
            booking_change(**change)
        assert refusal.value.code == "INVALID_TRANSITION"
        assert mongo.collection("bookings").find_one()["version"] == 1
        assert (claims.count_documents({}), outbox.count_documents({})) == (2, 1)
        return

    after = booking_change(**change)
    assert (after["status"], after["version"]) == (target, 2)
    assert after["history"][-1]["to_status"] == target
    assert claims.count_documents({}) == (0 if Status(target) in RELEASES_NIGHTS else 2)
    event = outbox.find_one({"version": 2})
    assert event["aggregate_id"] == f"booking:{booking['_id']}"
    assert event["payload"]["previous_status"] == status.value
    assert event["payload"]["new_status"] == target
    repeated = {"confirmed": ["booking-confirmations"], "cancelled": ["booking-cancellations"]}
    assert event["topics"] == ["booking-updates", *repeated.get(target, [])]


@pytest.mark.parametrize(("status", "actor"), [*product(Status, Actor)], ids="-".join)
def test_every_state_and_actor_of_an_update(booking, now, status, actor):
    _put_into(booking, status)
    update = {"booking_id": booking["_id"], "actor": actor, "now": now}
    outbox = mongo.collection("outbox")

    if (status.value, "update", actor.value) not in ALLOWED:
        with pytest.raises(ConflictError) as refusal:
            booking_update(**update, changes={"guest_count": 3})
        assert refusal.value.code == "INVALID_TRANSITION"
        stored = mongo.collection("bookings").find_one()
        assert (stored["version"], stored["guest_count"]) == (1, 1)
        assert outbox.count_documents({}) == 1
        return

    after = booking_update(**update, changes={"guest_count": 3})
    assert (after["status"], after["version"], after["guest_count"]) == (status.value, 2, 3)
    event = outbox.find_one({"version": 2})
    assert event["payload"]["previous_status"] == event["payload"]["new_status"] == status.value
    assert event["topics"] == ["booking-updates"]
