"""Who deletes their account: refused with the reasons while something is ahead, withdrawn at once,
erased when the time to change one's mind is over."""

import datetime as dt
import json

import pytest
from bson import ObjectId
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from apps.accounts.rows import log_ins, preferences, users
from apps.accounts.services import (
    account_leave,
    accounts_erase,
    preferences_save,
    user_suspend,
)
from apps.ai.rows import itineraries
from apps.bookings.enums import Action, Actor
from apps.bookings.rows import bookings, holds, idempotency_keys
from apps.bookings.services import booking_change, suspensions_follow
from apps.bookings.tests.holding import code
from apps.common import parts
from apps.events.rows import outbox_messages
from apps.notifications.rows import emails, notification_preferences, notifications
from apps.notifications.services import email_request, email_stop, notification_deliver
from apps.payments.rows import ledger_entries, payment_commands
from apps.payments.services import commands_execute
from apps.properties.rows import listings, night_claims
from apps.travelers.rows import favorites
from apps.travelers.services import favorite_add

PASSWORD = "a long enough password"
DAYS = dt.timedelta(days=14)
SECRETS = ("Gia", "Hal", "Ludwig", "+65 6123 4567", "late arrival", "@example.com", "Beach St")


def leave(person, password=PASSWORD):
    body = json.dumps({"password": password})
    return person.http.delete("/api/account", body, content_type="application/json")


def reasons(reply):
    return [(one["code"], one["booking_id"]) for one in reply.json()["error"]["details"]["reasons"]]


def log_in(http, person, side="traveler"):
    body = {"email": person.user.email, "password": PASSWORD}
    return http.post(f"/api/{side}/auth/login", body, content_type="application/json")


@pytest.fixture
def over(guest, host, book, now):
    """A stay that is over and paid, with words of the guest."""
    booking = book()
    for action, actor in ((Action.ACCEPT, Actor.OWNER), (Action.COMPLETE, Actor.SYSTEM)):
        booking_change(booking_id=booking["_id"], action=action, actor=actor, now=now)
    words = {"special_requests": "late arrival", "history.0.reason": "late arrival"}
    bookings.update_one({"_id": booking["_id"]}, {"$set": words})
    commands_execute(now=now)
    night_claims.delete_many({})  # of nights that have passed
    return booking["_id"]


def test_a_wrong_password_changes_nothing(guest):
    before = users.find_one({"_id": guest.id})
    reply = leave(guest, "another password")
    assert (reply.status_code, code(reply)) == (400, "WRONG_PASSWORD")
    assert users.find_one({"_id": guest.id}) == before
    assert outbox_messages.count({}) == 0


@pytest.mark.parametrize("who", ["guest", "host"])
def test_a_request_and_a_stay_ahead_stand_in_the_way(who, request, host, book, now):
    person, booking_id = request.getfixturevalue(who), book()["_id"]
    for expected in ("REQUEST_OPEN", "STAY_AHEAD"):
        reply = leave(person)
        assert (reply.status_code, code(reply)) == (409, "ACCOUNT_NEEDED")
        assert reasons(reply)[0] == (expected, str(booking_id))
        if expected == "REQUEST_OPEN":
            accept = {"action": Action.ACCEPT, "actor": Actor.OWNER}
            booking_change(booking_id=booking_id, **accept, now=now)
            commands_execute(now=now)
    assert users.find_one({"_id": person.id}).get("erase_at") is None
    assert listings.find_one({})["is_active"] is True


@pytest.mark.parametrize("who", ["guest", "host"])
def test_money_on_its_way_stands_in_the_way(who, request, book, now):
    booking = book()
    booking_change(booking_id=booking["_id"], action=Action.ACCEPT, actor=Actor.OWNER, now=now)
    payment_commands.update_many({}, {"$set": {"status": "due"}})
    bookings.update_one({"_id": booking["_id"]}, {"$set": {"status": "completed"}})
    reply = leave(request.getfixturevalue(who))
    assert reasons(reply) == [("MONEY_ON_ITS_WAY", None)]


def test_staff_do_not_delete_themselves(make_person):
    assert code(leave(make_person(is_staff=True))) == "FORBIDDEN"


def test_leaving_ends_everything_at_once_and_a_log_in_brings_it_back(
    host, guest, anonymous, listing_id, stay, now
):
    hidden = listings.find_one({})["_id"]
    reply = leave(host)
    assert reply.status_code == 202
    erase_at = dt.datetime.fromisoformat(reply.json()["erase_at"])
    assert DAYS - dt.timedelta(minutes=1) < erase_at - now < DAYS + dt.timedelta(minutes=1)
    assert anonymous.get(f"/api/properties/{hidden}").status_code == 404
    assert guest.post("/api/bookings", stay()).status_code == 409
    assert outbox_messages.distinct("payload.kind", {}) == ["account_leaving"]
    suspensions_follow(clock=lambda: now)

    assert log_in(anonymous, host, "owner").status_code == 200
    assert users.find_one({"_id": host.id})["erase_at"] is None
    assert anonymous.get(f"/api/properties/{hidden}").status_code == 200
    assert guest.post("/api/bookings", stay()).status_code == 201


def test_leaving_twice_is_leaving_once(host, now):
    first = account_leave(user_id=host.id, password=PASSWORD, now=now)
    later = now + dt.timedelta(days=3)
    assert account_leave(user_id=host.id, password=PASSWORD, now=later) == first
    assert outbox_messages.count({}) == 1


def test_a_suspension_ends_a_deletion_that_waits(host, now):
    account_leave(user_id=host.id, password=PASSWORD, now=now)
    user_suspend(user_id=host.id, now=now)
    assert accounts_erase(clock=lambda: now + 2 * DAYS) == 0
    assert users.find_one({"_id": host.id})["email"] == host.user.email


@pytest.fixture
def traces(guest, host, listing_id, over, now):
    """Something personal in every collection that has a part of its own."""
    values = {"first_name": "Gia", "last_name": "Ludwig", "phone": "+65 6123 4567"}
    users.update_one({"_id": guest.id}, {"$set": values})
    preferences_save(user_id=guest.id, values={"guests": 3}, now=now)
    favorite_add(user_id=guest.id, listing_id=listing_id, now=now)
    email_stop(user_id=guest.id, kind="stay_begins", now=now)
    about = {"user_id": guest.id, "kind": "booking_confirmed", "title": "t", "body": "Gia"}
    notification_deliver(notification_id="n", booking_id="", now=now, **about)
    email_request(event_id="e", note="", booking_id="", stay=None, locale="en", now=now, **about)
    itineraries.insert_one({"_id": ObjectId(), "user_id": guest.id, "words": "Ludwig"})
    idempotency_keys.insert_one({"_id": f"{guest.id}:k", "body": b"Gia", "created_at": now})
    point = {"type": "Point", "coordinates": [103.851234, 1.298765]}
    exact = {"address": "123 Beach St", "coordinates": point}
    private = {"exact": exact, "arrival_instructions": "Beach St, first bell"}
    listings.update_one({"_id": listing_id}, {"$set": private})
    name = f"listings/{listing_id}/{'a' * 32}-1600.webp"
    default_storage.save(name, ContentFile(b"photo"))
    listings.update_one({"_id": listing_id}, {"$set": {"images": [default_storage.url(name)]}})
    return name


def erase(*people, now):
    for person in people:
        account_leave(user_id=person.id, password=PASSWORD, now=now)
    assert accounts_erase(clock=lambda: now + DAYS - dt.timedelta(seconds=1)) == 0
    return accounts_erase(clock=lambda: now + DAYS)


def everything():
    """All that is stored, but the events: they expire before anybody is erased."""
    database = users.collection.database
    names = set(database.list_collection_names()) - {"outbox"}
    return {name: list(database[name].find({})) for name in names}


def test_erasure_leaves_the_books_and_nobody_in_them(
    guest, host, over, listing_id, traces, anonymous, now
):
    books = [list(ledger_entries.find({})), bookings.find_one({"_id": over})["total_price"]]
    assert erase(guest, host, now=now) == 2

    text = str(everything())
    assert [secret for secret in SECRETS if secret in text] == []
    assert not default_storage.exists(traces)
    for handle in (preferences, favorites, notifications, emails, notification_preferences):
        assert handle.count({}) == 0
    for handle in (itineraries, holds, idempotency_keys, log_ins):
        assert handle.count({}) == 0
    booking = bookings.find_one({"_id": over})
    assert [list(ledger_entries.find({})), booking["total_price"]] == books
    assert (booking["guest_id"], booking["host_id"]) == (guest.id, host.id)
    assert listings.find_one({"_id": listing_id})["deleted_at"] is not None
    row = users.find_one({"_id": guest.id})
    assert (row["is_active"], row["email"]) == (False, f"erased-{guest.id}@erased.invalid")
    assert guest.get("/api/traveler/profile").status_code == 401
    assert log_in(anonymous, guest).status_code == 401


def test_the_address_is_free_again(guest, anonymous, now):
    email = guest.user.email
    erase(guest, now=now)
    body = {"username": guest.user.username, "email": email, "password": PASSWORD}
    path = "/api/traveler/auth/register"
    assert anonymous.post(path, body, content_type="application/json").status_code == 201


def test_after_the_time_a_log_in_is_too_late(guest, anonymous, now):
    account_leave(user_id=guest.id, password=PASSWORD, now=now - DAYS)
    assert log_in(anonymous, guest).status_code == 401
    assert users.find_one({"_id": guest.id})["erase_at"] is not None


def test_an_erasure_that_was_cut_off_goes_on(guest, traces, now, monkeypatch):
    """Whichever part was the last: each once fails, as where the process is killed before it."""
    account_leave(user_id=guest.id, password=PASSWORD, now=now)
    for part in parts.parts():
        with monkeypatch.context() as patch:
            patch.setattr(part, "erase", _killed, raising=False)
            with pytest.raises(KeyboardInterrupt):
                accounts_erase(clock=lambda: now + DAYS)
        assert users.find_one({"_id": guest.id})["email"] == guest.user.email
    assert accounts_erase(clock=lambda: now + DAYS) == 1
    assert accounts_erase(clock=lambda: now + DAYS) == 0
    assert users.find_one({"_id": guest.id})["erased_at"] is not None


def _killed(*_arguments, **_named):
    raise KeyboardInterrupt


def test_what_came_up_meanwhile_puts_the_erasure_off(guest, over, now):
    account_leave(user_id=guest.id, password=PASSWORD, now=now)
    bookings.update_one({"_id": over}, {"$set": {"status": "confirmed"}})
    at = now + DAYS
    assert accounts_erase(clock=lambda: at) == 0
    assert users.find_one({"_id": guest.id})["email"] == guest.user.email
    bookings.update_one({"_id": over}, {"$set": {"status": "completed"}})
    assert accounts_erase(clock=lambda: at) == 0
    assert accounts_erase(clock=lambda: at + dt.timedelta(days=1)) == 1
