"""From a booking to its e-mail by the real events, without Kafka between."""

import datetime as dt

from icalendar import Calendar

from airbnb.celery import app
from apps.bookings.enums import Action, Actor
from apps.bookings.services import booking_change
from apps.common import mongo
from apps.events.rows import outbox_messages
from apps.events.schemas import BookingStatusUpdated, NotificationRequested
from apps.notifications.handlers import deliver
from apps.notifications.rows import emails
from apps.notifications.services.messages import email_message
from apps.notifications.services.preferences import delivery_preference
from apps.travelers.services import guest_notify_change, guest_notify_confirmation


def _carried(event_class, handler, now, **query):
    """Hands the one matching event of the outbox to its handler."""
    (row,) = outbox_messages.find(query)
    event = event_class.from_payload(row["payload"])
    mongo.run_in_transaction(lambda: handler(event, now=now))


def _written(booking_id, version, kind, handler, now):
    about = {"aggregate_id": f"booking:{booking_id}", "version": version}
    _carried(BookingStatusUpdated, handler, now, **about)
    _carried(NotificationRequested, deliver, now, **{"payload.kind": kind})
    (email,) = emails.find({"kind": kind})
    preference = delivery_preference(email["user_id"], kind)
    message = email_message(email, preference, now=now)
    (part,) = (p for p in message.message().walk() if p.get_content_type() == "text/calendar")
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    return message, str(calendar["METHOD"]), calendar.walk("VEVENT")[0]


def test_a_confirmation_and_its_cancellation_are_one_event_of_the_calendar(book, today, now):
    booking = book(days=30, nights=2)
    booking_id = booking["_id"]
    booking_change(booking_id=booking_id, action=Action.ACCEPT, actor=Actor.OWNER, now=now)
    message, method, event = _written(
        booking_id, 2, "booking_confirmed", guest_notify_confirmation, now
    )
    first = today + dt.timedelta(days=30)
    assert message.subject == "Your stay is confirmed: A quiet flat"
    assert f"Total: SGD\N{NO-BREAK SPACE}{booking['total_price'] / 100:.2f}" in message.body
    assert (method, event["UID"], event["SEQUENCE"]) == ("PUBLISH", str(booking_id), 2)
    assert (event.start.date(), event.end.date()) == (first, first + dt.timedelta(days=2))

    booking_change(
        booking_id=booking_id, action=Action.CANCEL, actor=Actor.OWNER, reason="A leak", now=now
    )
    message, method, event = _written(booking_id, 3, "booking_cancelled", guest_notify_change, now)
    assert "A leak" in message.body
    assert (method, event["UID"], event["SEQUENCE"]) == ("CANCEL", str(booking_id), 3)


def test_the_timer_sends(book, settings, tmp_path, now):
    settings.EMAIL_BACKEND = "apps.notifications.clients.file_outbox.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    booking_id = book()["_id"]
    booking_change(booking_id=booking_id, action=Action.ACCEPT, actor=Actor.OWNER, now=now)
    _written(booking_id, 2, "booking_confirmed", guest_notify_confirmation, now)
    app.loader.import_default_modules()
    assert app.tasks[settings.CELERY_BEAT_SCHEDULE["send-emails"]["task"]]() == 1
    (email,) = emails.find({})
    assert [path.name for path in tmp_path.iterdir()] == [f"{email['_id']}.eml"]
