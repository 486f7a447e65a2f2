"""What is sold at the moment of a suspension: the seller has read that all is well, then the
suspension commits, then the seller writes. Each guard once taken away."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from bson import ObjectId

from apps.accounts.services import user_restore, user_suspend
from apps.bookings.enums import Action, Actor
from apps.bookings.rows import bookings, holds, suspensions
from apps.bookings.services import (
    alterations,
    booking_alter,
    booking_change,
    changes,
    requests,
    suspensions_follow,
)
from apps.bookings.services import holds as hold_services
from apps.bookings.services import suspensions as suspension_services
from apps.bookings.services.suspensions import suspension_step
from apps.bookings.tests.holding import PATH as HOLDS
from apps.bookings.tests.holding import code
from apps.payments.rows import payments
from apps.payments.services import commands_execute
from apps.properties.house_rules import ListingInactiveError
from apps.properties.services import nights

WAIT = 20


@pytest.fixture
def listing_id(make_listing) -> ObjectId:
    return make_listing(instant_book=True, alteration_consent=False)


@pytest.fixture
def meanwhile(monkeypatch):
    """Runs `act`, and `other` once `act` has come past the function `name` of `module`."""

    def run(act, module, name, other):
        there, go = Event(), Event()
        real = getattr(module, name)

        def pause(*arguments, **named):
            found = real(*arguments, **named)
            if not there.is_set():
                there.set()
                assert go.wait(WAIT)
            return found

        monkeypatch.setattr(module, name, pause)
        with ThreadPoolExecutor(1) as pool:
            acting = pool.submit(act)
            assert there.wait(WAIT)
            try:
                other()
            finally:
                go.set()
            return acting.result(WAIT)

    return run


@pytest.fixture
def unguarded(monkeypatch, claims_alone):
    def run(*modules):
        for module in modules:
            monkeypatch.setattr(module, "listing_keep_open", lambda _id: None)
            if hasattr(module, "user_keep_active"):
                monkeypatch.setattr(module, "user_keep_active", lambda _id: None)

    return run


@pytest.fixture
def booked_while(guest, stay, meanwhile, now):
    """An instant booking that has read the listing when `person` is suspended."""

    def run(person):
        suspend = lambda: user_suspend(user_id=person.id, now=now)  # noqa: E731
        booking = lambda: guest.post("/api/bookings", stay())  # noqa: E731
        return meanwhile(booking, nights, "claims_on", suspend)

    return run


@pytest.mark.parametrize(
    ("who", "status", "why"),
    [("host", 409, "LISTING_INACTIVE"), ("guest", 403, "ACCOUNT_SUSPENDED")],
)
def test_an_instant_booking_is_not_captured_after_the_suspension(
    who, status, why, request, booked_while, now
):
    reply = booked_while(request.getfixturevalue(who))
    assert (reply.status_code, code(reply)) == (status, why)
    commands_execute(now=now)
    assert bookings.count({}) == 0
    assert [(row["status"], row["captured"]) for row in payments.find({})] == [("voided", 0)]


@pytest.mark.parametrize("who", ["host", "guest"])
def test_without_the_guard_it_is_captured(who, request, booked_while, unguarded, now):
    unguarded(requests)
    assert booked_while(request.getfixturevalue(who)).status_code == 201
    commands_execute(now=now)
    assert [row["captured"] > 0 for row in payments.find({})] == [True]


@pytest.mark.parametrize(("guarded", "status", "held"), [(True, 409, 0), (False, 201, 1)])
def test_a_hold(guarded, status, held, host, guest, stay, meanwhile, unguarded, now):
    if not guarded:
        unguarded(hold_services)
    reply = meanwhile(
        lambda: guest.post(HOLDS, stay()),
        nights,
        "claims_on",
        lambda: user_suspend(user_id=host.id, now=now),
    )
    assert (reply.status_code, holds.count({})) == (status, held)


def _result(call):
    try:
        call()
    except ListingInactiveError:
        return "refused"
    return "done"


@pytest.mark.parametrize(("guarded", "outcome"), [(True, "refused"), (False, "done")])
def test_a_host_who_accepts(
    guarded, outcome, host, make_listing, guest, stay, meanwhile, unguarded, now
):
    if not guarded:
        unguarded(changes)
    asked = guest.post("/api/bookings", stay(listing_id=str(make_listing()))).json()
    booking_id = ObjectId(asked["id"])
    accept = {"booking_id": booking_id, "action": Action.ACCEPT, "actor": Actor.OWNER}
    found = meanwhile(
        lambda: _result(lambda: booking_change(**accept, now=now)),
        changes,
        "booking_stored",
        lambda: user_suspend(user_id=host.id, now=now),
    )
    after = {"refused": "pending", "done": "confirmed"}[outcome]
    assert (found, bookings.find_one({"_id": booking_id})["status"]) == (outcome, after)


@pytest.mark.parametrize(("guarded", "outcome"), [(True, "refused"), (False, "done")])
def test_other_nights(guarded, outcome, host, book, meanwhile, unguarded, now):
    booking = book()
    if not guarded:
        unguarded(alterations)
    first = booking["check_in"].date()
    longer = {"check_in": first, "check_out": first + dt.timedelta(days=4)}
    found = meanwhile(
        lambda: _result(
            lambda: booking_alter(
                booking_id=booking["_id"], actor=Actor.GUEST, changes=longer, now=now
            )
        ),
        alterations,
        "target_of",
        lambda: user_suspend(user_id=host.id, now=now),
    )
    nights_now = bookings.find_one({"_id": booking["_id"]})
    length = (nights_now["check_out"] - nights_now["check_in"]).days
    assert (found, length) == (outcome, {"refused": 2, "done": 4}[outcome])


def test_restoring_in_the_middle_of_a_step(host, make_listing, guest, stay, monkeypatch, now):
    """The step has written its row: the restoring waits for it, or is tried again behind it."""
    guest.post("/api/bookings", stay(listing_id=str(make_listing())))
    user_suspend(user_id=host.id, now=now)
    (case,) = suspensions.find({})
    restoring = []
    item_next = suspension_services.item_next

    with ThreadPoolExecutor(1) as pool:

        def found(*arguments):
            if not restoring:
                restoring.append(pool.submit(user_restore, user_id=host.id, now=now))
            return item_next(*arguments)

        monkeypatch.setattr(suspension_services, "item_next", found)
        suspension_step(case["_id"], now=now)
        restoring[0].result(WAIT)
    (case,) = suspensions.find({})
    (booking,) = bookings.find({})
    assert case["stage"] == "restored"
    declined = booking["status"] == "declined"
    assert case["closed"] == declined == (booking["version"] == 2)
    assert suspensions_follow(clock=lambda: now) == 0
