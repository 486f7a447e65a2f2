"""Actions of staff in the Django admin, and their entries in its log."""

import base64
import datetime as dt
import html
import json

import pytest
from bson import ObjectId
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import quote
from django.test import Client

from apps.accounts.models import Session, User
from apps.accounts.tokens import token_issue
from apps.bookings.models import Booking
from apps.events.models import DeadLetter
from apps.events.rows import outbox_messages
from apps.events.tests.test_schemas import CREATED
from apps.notifications.models import Email
from apps.properties.rows import night_claims
from tests.admin.desk import EVENT_ID, act, email_write, log, said, urls


def test_a_failed_email_is_read_and_sent_again(desk, guest, now):
    email_write(guest, "66f1c2a4b8e0d3f5a7c91e55", now)
    page = f"{urls('notifications.email')}{quote(EVENT_ID)}/change/"
    assert b"Hello Gia," in desk.get(page).content
    assert b"/again/" not in desk.get(page).content
    reply = act(desk, "notifications.email", "again", EVENT_ID)
    assert said(reply)[0].endswith("Only an e-mail that failed or was skipped can be sent again.")
    Email.objects.update(status="failed", attempts=12, problem="550 No such user")
    assert b"550 No such user" in desk.get(page).content
    assert b"/again/" in desk.get(page).content
    assert said(act(desk, "notifications.email", "again", EVENT_ID)) == ["Send again: 1 email."]
    email = Email.objects.get()
    assert (email.status, email.attempts) == ("pending", 0)
    assert log() == [(EVENT_ID, "Send again.")]


def test_accept_then_a_second_accept_is_refused(desk, staff, book, counts):
    booking = book()
    asked = desk.get(f"/admin/bookings/booking/{booking['_id']}/accept/")
    assert b"confirmed in place of the host" in asked.content
    assert Booking.objects.get().status == "pending"
    reply = act(desk, "bookings.booking", "accept", booking["_id"], is_detail="yes")
    assert reply.redirect_chain[-1][0] == f"/admin/bookings/booking/{booking['_id']}/change/"
    assert said(reply) == ["Accept: 1 booking."]
    stored = Booking.objects.get()
    assert (stored.status, stored.version) == ("confirmed", 2)
    change = stored.history[-1]
    assert (change.actor, change.actor_id) == ("staff", str(staff.id))
    assert log() == [(str(booking["_id"]), "Accept.")]

    before = counts()
    again = act(desk, "bookings.booking", "accept", booking["_id"])
    assert again.status_code == 200
    assert "This booking is already confirmed." in said(again)[0]
    assert counts() == before
    assert len(log()) == 1


@pytest.mark.parametrize(("action", "status"), [("decline", "declined"), ("cancel", "cancelled")])
def test_decline_and_cancel_ask_for_a_reason(desk, book, counts, action, status):
    booking = book()
    first = desk.post(
        urls("bookings.booking"), {"action": action, "_selected_action": str(booking["_id"])}
    )
    assert b'name="reason"' in first.content
    empty = act(desk, "bookings.booking", action, booking["_id"], reason="  ")
    assert b"This field is required." in empty.content
    assert Booking.objects.get().status == "pending"
    assert night_claims.count({}) == 2

    reply = act(desk, "bookings.booking", action, booking["_id"], reason="A <b>flood</b>")
    assert said(reply) == [f"{action.capitalize()}: 1 booking."]
    stored = Booking.objects.get()
    assert (stored.status, stored.history[-1].reason) == (status, "A <b>flood</b>")
    assert night_claims.count({}) == 0
    assert log() == [(str(booking["_id"]), f"{action.capitalize()}. A <b>flood</b>")]
    detail = desk.get(f"/admin/bookings/booking/{booking['_id']}/change/").content.decode()
    assert "A &lt;b&gt;flood&lt;/b&gt;" in detail
    assert "<b>flood</b>" not in detail


def test_some_of_many_are_refused(desk, book):
    first, second = book(days=10), book(days=20)
    act(desk, "bookings.booking", "accept", first["_id"])
    both = {"_selected_action": [str(first["_id"]), str(second["_id"])]}
    body = {"action": "accept", "confirmed": "yes", **both}
    reply = desk.post(urls("bookings.booking"), body, follow=True)
    sentences = sorted(said(reply))
    assert sentences[1] == "Accept: 1 booking."
    assert "This booking is already confirmed." in sentences[0]
    assert {booking.status for booking in Booking.objects.all()} == {"confirmed"}


def test_only_fitting_buttons_are_offered(desk, book):
    booking = book()
    page = f"/admin/bookings/booking/{booking['_id']}/change/"
    offered = desk.get(page).content.decode()
    assert [f"/{name}/" in offered for name in ("accept", "decline", "cancel")] == [True] * 3
    act(desk, "bookings.booking", "accept", booking["_id"])
    offered = desk.get(page).content.decode()
    left = [f"/{name}/" in offered for name in ("accept", "decline", "cancel")]
    assert left == [False, False, True]


def test_suspend_and_restore_a_user(desk, guest, staff):
    act(desk, "accounts.user", "suspend", guest.id, reason="Fraud")
    assert guest.get("/api/traveler/bookings").status_code == 401
    again = act(desk, "accounts.user", "suspend", guest.id, reason="Fraud")
    assert "already suspended" in said(again)[0]
    act(desk, "accounts.user", "restore", guest.id)
    assert guest.get("/api/traveler/bookings").status_code == 401  # its token stays dead
    anew, _ = token_issue(User.objects.get(pk=guest.id))
    bearer = {"authorization": f"Bearer {anew}"}
    assert guest.http.get("/api/traveler/bookings", headers=bearer).status_code == 200
    assert log() == [(str(guest.id), "Suspend. Fraud"), (str(guest.id), "Restore.")]
    oneself = act(desk, "accounts.user", "suspend", staff.id, reason="x")
    assert "You cannot suspend yourself." in said(oneself)[0]
    assert desk.get("/admin/").status_code == 200


def test_editing_a_user_keeps_a_suspension(desk, guest, staff, make_person):
    page = f"/admin/accounts/user/{guest.id}/change/"
    form = {"first_name": "Gina", "last_name": "", "phone": "", "is_active": "", "email": "x@x.xx"}
    User.objects.filter(pk=guest.id).update(is_active=False)
    assert desk.post(page, form).status_code == 302
    stored = User.objects.get(pk=guest.id)
    assert (stored.first_name, stored.is_active, stored.email) == (
        "Gina",
        False,
        guest.user.email,
    )


def test_suspend_and_restore_a_listing(desk, listing_id, anonymous):
    url = f"/api/properties/{listing_id}"
    act(desk, "properties.listing", "suspend", listing_id, reason="Complaints")
    assert anonymous.get(url).status_code == 404
    again = act(desk, "properties.listing", "suspend", listing_id, reason="Complaints")
    assert "already suspended" in said(again)[0]
    act(desk, "properties.listing", "restore", listing_id)
    assert anonymous.get(url).status_code == 200
    assert [message for _, message in log()] == ["Suspend. Complaints", "Restore."]


def test_replay_and_discard_a_dead_letter(desk, letter, staff):
    page = f"{urls('events.deadletter')}{quote(letter.pk)}/"
    offered = desk.get(f"{page}change/").content.decode()
    assert [f"{page}{name}/" in offered for name in ("replay", "discard")] == [True, True]
    asked = desk.get(f"{page}replay/").content.decode()
    assert f'value="{letter.pk}"' in asked
    reply = act(desk, "events.deadletter", "replay", letter.pk, is_detail="yes")
    assert reply.redirect_chain[-1][0] == f"{page}change/"
    assert said(reply) == ["Replay: 1 dead letter."]
    stored = DeadLetter.objects.get()
    assert (stored.status, stored.history[-1].actor) == ("replaying", "staff@example.com")
    assert outbox_messages.count({"key": letter.key}) == 1
    refused = act(desk, "events.deadletter", "discard", letter.pk, reason="Old")
    assert said(refused) == [
        f"{letter.pk}: This dead letter is replaying, so it cannot be discarded."
    ]
    assert DeadLetter.objects.get().status == "replaying"
    assert log() == [(letter.pk, "Replay.")]


def test_a_discarded_letter_says_who_and_why(desk, letter):
    act(desk, "events.deadletter", "discard", letter.pk, reason="Of a deleted account")
    stored = DeadLetter.objects.get()
    assert (stored.status, stored.history[-1].note) == ("discarded", "Of a deleted account")
    page = desk.get(f"{urls('events.deadletter')}{quote(letter.pk)}/change/").content.decode()
    assert "Of a deleted account" in page
    refused = act(desk, "events.deadletter", "replay", letter.pk)
    assert said(refused) == [f"{letter.pk}: This dead letter was discarded."]
    assert log() == [(letter.pk, "Discard. Of a deleted account")]


def test_end_a_session(desk, make_person):
    person = make_person(is_staff=True)
    browser = Client()
    browser.force_login(person.user)
    session = Session.objects.get(user=person.id)
    listed = desk.get(urls("accounts.session")).content.decode()
    act(desk, "accounts.session", "end", session.pk)
    assert browser.get("/admin/").status_code == 302
    assert f"{session.pk[:4]}…" in listed


def test_at_most_a_hundred_at_once(desk, monkeypatch, book):
    from apps.common import admin_actions

    monkeypatch.setattr(admin_actions, "MAX_AT_ONCE", 1)
    ids = [str(book(days=days)["_id"]) for days in (10, 20)]
    body = {"action": "accept", "confirmed": "yes", "_selected_action": ids}
    reply = desk.post(urls("bookings.booking"), body, follow=True)
    assert said(reply) == ["Choose at most 1 at once. Nothing was changed."]
    assert {booking.status for booking in Booking.objects.all()} == {"pending"}


def test_a_broken_log_undoes_the_deed(desk, book, monkeypatch):
    """The action and its audit entry are one transaction."""
    booking = book()

    def broken(*_args, **_kwargs):
        raise RuntimeError("no log")

    monkeypatch.setattr(type(LogEntry.objects), "log_actions", broken)
    with pytest.raises(RuntimeError, match="no log"):
        act(desk, "bookings.booking", "accept", booking["_id"])
    assert Booking.objects.get().status == "pending"
    assert outbox_messages.count({}) == 1


def test_ids_that_are_none(desk, book):
    book()
    gone = act(desk, "bookings.booking", "accept", ObjectId())
    assert gone.status_code == 200
    assert Booking.objects.get().status == "pending"


WHOLE = {**CREATED, "event_id": "e1", "booking_id": "6f0c11111111111111111111"}


def letter_of(letter, payload, **values):
    value = base64.b64encode(json.dumps(payload).encode()).decode()
    topic = "booking-requests"
    changes = {"value": value, "topic": topic, "event_id": "e1", "consumer": f"owners:{topic}"}
    DeadLetter.objects.filter(pk=letter.pk).update(**{**changes, **values})


def test_a_letters_page_shows_the_message_its_schema_and_who_waits(desk, letter):
    letter_of(letter, {**WHOLE, "total_price": "500"})
    stored = DeadLetter.objects.get()
    stored.pk, stored.offset, stored.status = "behind", 8, "parked"
    stored.save(force_insert=True)
    page = desk.get(f"{urls('events.deadletter')}{quote(letter.pk)}/change/").content.decode()
    page = html.unescape(page)
    assert "total_price: '500' is not of type 'number'" in page
    assert '"total_price": "500"' in page
    assert '"title": "BookingCreated"' in page
    assert "/admin/events/deadletter/behind/change/" in page
    other = desk.get("/admin/events/deadletter/behind/change/").content.decode()
    assert f"/admin/events/deadletter/{quote(letter.pk)}/change/" in other
    assert "blocked behind" in other


def test_edit_and_replay_a_dead_letter(desk, letter):
    letter_of(letter, {**WHOLE, "total_price": "500"})
    page = f"{urls('events.deadletter')}{quote(letter.pk)}/"
    asked = desk.get(f"{page}edit/")
    given = asked.context["form"]["text"].initial
    assert json.loads(given)["total_price"] == "500"

    refused = act(
        desk, "events.deadletter", "edit", letter.pk, "A price", is_detail="yes", text=given
    )
    problem = "The message does not fit its schema. total_price: '500' is not of type 'number'."
    assert said(refused) == [f"{letter.pk}: {problem}"]
    assert refused.context["form"]["text"].value() == given
    assert DeadLetter.objects.get().history == []
    assert outbox_messages.count({}) == 0

    without = act(desk, "events.deadletter", "edit", letter.pk, is_detail="yes", text=given)
    assert without.context["form"].errors.keys() == {"reason"}

    text = json.dumps(WHOLE)
    reply = act(desk, "events.deadletter", "edit", letter.pk, "A price", is_detail="yes", text=text)
    assert said(reply) == ["Edit and replay: 1 dead letter."]
    stored = DeadLetter.objects.get()
    assert stored.status == "replaying"
    assert [entry.action for entry in stored.history] == ["edit", "replay"]
    assert "it was: {" in html.unescape(reply.content.decode())
    row = outbox_messages.find_one({})
    assert json.loads(row["value"]) == WHOLE
    assert log() == [(letter.pk, "Edit and replay. A price")]


def test_two_letters_are_not_edited_at_once(desk, letter):
    letter_of(letter, WHOLE)
    stored = DeadLetter.objects.get()
    stored.pk = "other"
    stored.save(force_insert=True)
    body = {"action": "edit", "_selected_action": [letter.pk, "other"], "confirmed": "yes"}
    reply = desk.post(urls("events.deadletter"), {**body, "text": "{}", "reason": "x"}, follow=True)
    assert said(reply) == ["Choose at most 1 at once. Nothing was changed."]


def test_an_event_that_kafka_refused_is_tried_again_or_given_up(desk, book):
    book()
    row_id = outbox_messages.find_one({})["_id"]
    page = f"{urls('events.outboxmessage')}{quote(row_id)}/"
    refused = {"refused_at": dt.datetime.now(dt.UTC), "error": "MessageSizeTooLargeError: 1"}
    assert f"{page}give_up/" not in desk.get(f"{page}change/").content.decode()
    outbox_messages.update_one({}, {"$set": refused})
    assert f"{page}give_up/" in desk.get(f"{page}change/").content.decode()
    assert said(act(desk, "events.outboxmessage", "try_again", row_id)) == [
        "Try again: 1 outbox message."
    ]
    assert "refused_at" not in outbox_messages.find_one({})
    outbox_messages.update_one({}, {"$set": refused})
    act(desk, "events.outboxmessage", "give_up", row_id, reason="Far too large")
    assert outbox_messages.find_one({})["error"] == "given up by staff@example.com: Far too large"
    assert log() == [(row_id, "Try again."), (row_id, "Give up. Far too large")]
