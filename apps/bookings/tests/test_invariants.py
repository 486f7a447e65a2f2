"""The oracle finds each kind of breach, and nothing where there is none."""

import datetime as dt

import pytest
from bson import ObjectId
from django.core.management import call_command

from apps.bookings.enums import Action, Actor
from apps.bookings.invariants import breaches
from apps.bookings.services import booking_change
from apps.common import mongo


@pytest.fixture
def bookings(book, now):
    """One pending, one confirmed, one cancelled."""
    made = [book(days=30), book(days=40), book(days=50)]
    for booking, action in zip(made[1:], (Action.ACCEPT, Action.CANCEL), strict=True):
        booking_change(booking_id=booking["_id"], action=action, actor=Actor.OWNER, now=now)
    return [booking["_id"] for booking in made]


def found(now):
    return {name: ids for name, ids in breaches(now=now).items() if ids}


def test_what_the_services_do_breaks_nothing(bookings, now, capsys):
    assert found(now) == {}
    call_command("verify_bookings")
    assert capsys.readouterr().out.startswith("3 bookings\n     0  stays of one listing")


def test_overlap(bookings, now):
    rows = mongo.collection("bookings")
    copy = rows.find_one({"_id": bookings[1]})
    copy.update(_id=ObjectId(), check_in=copy["check_in"] + dt.timedelta(days=1))
    rows.insert_one(copy)
    assert found(now)["stays of one listing that overlap"] == [str(copy["_id"])]


def test_a_lost_claim_and_a_left_over_one(bookings, now):
    claims = mongo.collection("night_claims")
    claims.delete_one({"owner_id": str(bookings[0])})
    claims.update_many({"owner_id": str(bookings[1])}, {"$set": {"owner_id": "gone"}})
    assert found(now) == {
        "bookings whose claims are not exactly their nights": [str(i) for i in bookings[:2]],
        "night claims without their booking": ["gone"],
    }


def test_a_change_past_the_state_table(bookings, now):
    mongo.collection("bookings").update_one(
        {"_id": bookings[2]}, {"$set": {"history.1.actor": "system"}}
    )
    assert found(now) == {
        "bookings with a history that the state table does not allow": [str(bookings[2])]
    }


def test_a_lost_event_and_one_without_its_booking(bookings, now):
    outbox = mongo.collection("outbox")
    outbox.delete_one({"aggregate_id": f"booking:{bookings[1]}", "version": 1})
    outbox.update_one({"version": 1}, {"$set": {"aggregate_id": "booking:gone"}})
    name = "changes without their event, or events without their change"
    assert found(now) == {name: [str(bookings[0]), str(bookings[1]), "gone"]}


def test_a_breach_ends_the_command_with_1(bookings, capsys):
    mongo.collection("night_claims").delete_one({"owner_id": str(bookings[0])})
    with pytest.raises(SystemExit) as ended:
        call_command("verify_bookings")
    assert ended.value.code == 1
    assert f"1  bookings whose claims are not exactly their nights: {bookings[0]}" in (
        capsys.readouterr().out
    )
