"""What follows when a host, a guest or a listing is suspended: what is sold stops at once, the rest
is done item by item."""

import datetime as dt
from collections import Counter

import pytest
from bson import ObjectId

from apps.accounts.services import AccountSuspendedError, user_restore, user_suspend
from apps.bookings.enums import Action, Actor, Choice, Stage
from apps.bookings.rows import bookings, holds, suspensions
from apps.bookings.services import booking_alter, booking_change, suspensions_follow
from apps.bookings.services.suspensions import (
    SuspensionBusyError,
    SuspensionUnknownError,
    suspension_choose,
    suspension_step,
)
from apps.bookings.tests.holding import PATH as HOLDS
from apps.bookings.tests.holding import code
from apps.common.errors import ConflictError
from apps.events.rows import outbox_messages
from apps.payments.rows import payments
from apps.payments.services import commands_execute
from apps.properties.house_rules import ListingInactiveError
from apps.properties.rows import listings, night_claims
from apps.properties.services import listing_create, listing_restore, listing_suspend
from apps.properties.tests.owned import changed

pytestmark = pytest.mark.usefixtures("sound")
STAFF = ObjectId()


@pytest.fixture
def follow(now):
    """Lets the timer do everything that it finds, and payments what follows."""

    def run(at=now):
        done = suspensions_follow(clock=lambda: at)
        commands_execute(now=at)
        return done

    return run


@pytest.fixture
def accepted(book, now):
    """Books and accepts; the days are from today on."""

    def make(**when):
        booking = book(**when)
        accept(booking, now)
        commands_execute(now=now)
        return booking["_id"]

    return make


def accept(booking, now):
    booking_change(booking_id=booking["_id"], action=Action.ACCEPT, actor=Actor.OWNER, now=now)


def case():
    (found,) = suspensions.find({})
    return found


def status(booking_id):
    return bookings.find_one({"_id": booking_id})["status"]


def notified(kind):
    return list(outbox_messages.distinct("payload.user_id", {"payload.kind": kind}))


def choose(choice, now):
    suspension_choose(suspension_id=case()["_id"], choice=choice, staff_id=STAFF, now=now)


def test_nothing_of_a_suspended_host_is_shown_or_sold(
    host, guest, anonymous, listing_id, stay, now
):
    quoted = guest.get("/api/bookings/quote", **stay()).json()["quote_token"]
    assert guest.post(HOLDS, stay()).status_code == 201
    assert anonymous.get("/api/properties").json()["pagination"]["total"] == 1
    user_suspend(user_id=host.id, now=now)

    assert anonymous.get(f"/api/properties/{listing_id}").status_code == 404
    assert anonymous.get("/api/properties").json()["pagination"]["total"] == 0
    where = {"lat": 1.29, "lng": 103.85}
    assert anonymous.get("/api/properties/search", where).json()["pagination"]["total"] == 0
    for path, body in (
        ("/api/bookings", stay()),
        ("/api/bookings", stay(quote_token=quoted)),
        (HOLDS, stay(quote_token=quoted)),
    ):
        assert code(guest.post(path, body)) == "LISTING_INACTIVE"
    assert bookings.count({}) == 0
    assert {row["status"] for row in payments.find({})} <= {"voided", "declined"}
    with pytest.raises(AccountSuspendedError):
        listing_create(host_id=host.id, values=changed(price_per_night=15_050), now=now)


def test_requests_are_declined_and_nights_and_money_let_go(host, book, follow, now):
    booking = book()
    assert night_claims.count({}) == 2
    user_suspend(user_id=host.id, now=now, reason="Fraud", staff_id=STAFF)
    follow()

    after = bookings.find_one({"_id": booking["_id"]})
    assert (after["status"], after["version"]) == ("declined", 2)
    assert after["history"][-1]["actor_id"] == str(STAFF)
    assert after["history"][-1]["reason"] == "This listing is no longer offered here."
    assert night_claims.count({}) == 0
    assert [row["status"] for row in payments.find({})] == ["voided"]
    (event,) = outbox_messages.find({"payload.new_status": "declined"})
    assert event["topics"] == ["booking-updates"]
    assert (case()["stage"], case()["closed"], case()["failed"]) == ("done", 1, 0)
    assert follow() == 0
    assert "Fraud" not in str(list(outbox_messages.find({})))


def test_stays_ahead_wait_for_a_choice_and_guests_are_notified(host, guest, accepted, follow, now):
    booking_id = accepted()
    user_suspend(user_id=host.id, now=now)
    follow()
    assert status(booking_id) == "confirmed"
    assert (case()["stage"], case()["notified"]) == (Stage.CHOICE, 1)
    assert notified("stay_under_review") == [str(guest.id)]
    assert notified("account_suspended") == [str(host.id)]
    assert follow() == 0

    choose(Choice.KEEP, now)
    follow()
    assert (status(booking_id), case()["kept"], case()["stage"]) == ("confirmed", 1, "done")
    assert notified("stay_kept") == [str(guest.id)]


def test_the_batch_cancels_with_a_full_refund_but_nobody_who_has_arrived(
    host, accepted, follow, now
):
    there, ahead = accepted(days=1), accepted(days=30)
    price = bookings.find_one({"_id": ahead})["total_price"]
    arrived = now + dt.timedelta(days=2)
    user_suspend(user_id=host.id, now=arrived)
    follow(arrived)
    choose(Choice.CANCEL, arrived)
    follow(arrived)

    assert (status(there), status(ahead)) == ("confirmed", "cancelled")
    assert (case()["cancelled"], case()["kept"], case()["stage"]) == (1, 1, "done")
    assert bookings.find_one({"_id": ahead})["refunded"] == price
    assert night_claims.count({"owner_id": str(ahead)}) == 0
    assert night_claims.count({"owner_id": str(there)}) == 2


def test_what_was_kept_can_be_cancelled_later(host, accepted, follow, now):
    booking_id = accepted()
    user_suspend(user_id=host.id, now=now)
    for choice, expected in ((Choice.KEEP, "confirmed"), (Choice.CANCEL, "cancelled")):
        follow()
        choose(choice, now)
        with pytest.raises(SuspensionBusyError):
            choose(choice, now)
        follow()
        assert status(booking_id) == expected
    with pytest.raises(SuspensionUnknownError):
        suspension_choose(suspension_id=ObjectId(), choice=choice, staff_id=STAFF, now=now)


def test_a_proposed_change_is_refused_and_its_nights_freed(host, guest, accepted, follow, now):
    booking_id = accepted()
    stay = bookings.find_one({"_id": booking_id})
    first = stay["check_in"].date()
    changes = {"check_in": first, "check_out": first + dt.timedelta(days=4)}
    booking_alter(booking_id=booking_id, actor=Actor.GUEST, changes=changes, now=now)
    assert night_claims.count({}) == 4
    user_suspend(user_id=host.id, now=now)

    with pytest.raises(ListingInactiveError):
        booking_change(booking_id=booking_id, action=Action.AGREE, actor=Actor.STAFF, now=now)
    follow()
    after = bookings.find_one({"_id": booking_id})
    assert (after["status"], after["alteration"], case()["refused"]) == ("confirmed", None, 1)
    assert night_claims.count({}) == 2


def test_a_guest_of_a_suspended_host_cannot_move_the_stay(host, guest, make_listing, now, today):
    """But can still say that fewer come."""
    listing_id = make_listing(alteration_consent=False)
    first = today + dt.timedelta(days=30)
    body = {"check_in": str(first), "check_out": str(first + dt.timedelta(days=2))}
    asked = {**body, "listing_id": str(listing_id), "guest_count": 2}
    booking = guest.post("/api/bookings", asked).json()
    accept({"_id": ObjectId(booking["id"])}, now)
    user_suspend(user_id=host.id, now=now)
    path = f"/api/bookings/{booking['id']}"
    later = {**body, "check_out": str(first + dt.timedelta(days=3))}
    assert code(guest.post(f"{path}/alter", later)) == "LISTING_INACTIVE"
    assert guest.put(path, {"guest_count": 1}).status_code == 200


def test_holds_end(host, guest, stay, follow, now):
    guest.post(HOLDS, stay())
    user_suspend(user_id=host.id, now=now)
    follow()
    assert (holds.count({}), night_claims.count({}), case()["released"]) == (0, 0, 1)


def test_a_suspended_guest(host, guest, book, accepted, stay, today, follow, now):
    kept, asked = accepted(), book(days=40)["_id"]
    later = str(today + dt.timedelta(days=60)), str(today + dt.timedelta(days=62))
    assert guest.post(HOLDS, stay(check_in=later[0], check_out=later[1])).status_code == 201
    user_suspend(user_id=guest.id, now=now)
    reply = guest.post("/api/bookings", stay())
    assert (reply.status_code, code(reply)) == (401, "ACCOUNT_SUSPENDED")
    assert reply.json()["error"]["details"] == {"support_email": "support@staywell.example"}
    follow()

    assert (status(kept), status(asked), holds.count({})) == ("confirmed", "cancelled", 0)
    assert bookings.find_one({"_id": asked})["history"][-1]["reason"] == (
        "The guest's account is no longer active."
    )
    assert listings.find_one({})["is_active"] is True
    assert notified("stay_under_review") == [str(host.id)]
    choose(Choice.CANCEL, now)
    follow()
    row = bookings.find_one({"_id": kept})
    assert (row["status"], row["refunded"]) == ("cancelled", row["paid"])


def test_a_suspended_listing_concerns_its_own_bookings_alone(
    host, guest, book, make_listing, listing_id, stay, follow, now
):
    mine, other = book()["_id"], make_listing(title="Another")
    theirs = guest.post("/api/bookings", stay(listing_id=str(other))).json()["id"]
    listing_suspend(listing_id=listing_id, now=now)
    follow()
    assert (status(mine), status(ObjectId(theirs))) == ("declined", "pending")
    assert notified("listing_suspended") == [str(host.id)]
    listing_restore(listing_id=listing_id, now=now)
    assert notified("listing_restored") == [str(host.id)]
    assert case()["stage"] == Stage.RESTORED


def shown(*ids):
    return [listings.find_one({"_id": listing_id})["is_active"] for listing_id in ids]


def test_restoring_brings_back_what_the_suspension_took_and_no_more(host, make_listing, now):
    public, hidden, suspended = make_listing(), make_listing(is_active=False), make_listing()
    listing_suspend(listing_id=suspended, now=now)
    user_suspend(user_id=host.id, now=now)
    later = make_listing(host_suspended_at=now, active_before=True, is_active=False)
    listing_suspend(listing_id=later, now=now)
    all_of_them = public, hidden, suspended, later
    assert shown(*all_of_them) == [False] * 4
    with pytest.raises(ConflictError):
        user_suspend(user_id=host.id, now=now)

    user_restore(user_id=host.id, now=now)
    assert shown(*all_of_them) == [True, False, False, False]
    listing_restore(listing_id=later, now=now)
    listing_restore(listing_id=suspended, now=now)
    assert shown(*all_of_them) == [True, False, True, True]
    row = listings.find_one({"_id": later})
    assert [row[name] for name in ("suspended_at", "host_suspended_at", "active_before")] == (
        [None] * 3
    )


def test_a_listing_restored_while_its_host_is_suspended_stays_off(host, listing_id, now):
    listing_suspend(listing_id=listing_id, now=now)
    user_suspend(user_id=host.id, now=now)
    listing_restore(listing_id=listing_id, now=now)
    assert shown(listing_id) == [False]
    user_restore(user_id=host.id, now=now)
    assert shown(listing_id) == [True]


def test_restoring_stops_the_batch_where_it_is(host, accepted, follow, now):
    made = [accepted(days=30 + 3 * place) for place in range(3)]
    user_suspend(user_id=host.id, now=now)
    follow()
    choose(Choice.CANCEL, now)
    assert suspension_step(case()["_id"], now=now)
    user_restore(user_id=host.id, now=now)
    assert suspension_step(case()["_id"], now=now) is False
    assert follow() == 0
    assert Counter(map(status, made)) == {"cancelled": 1, "confirmed": 2}
    assert (case()["stage"], case()["cancelled"]) == (Stage.RESTORED, 1)
