"""A small world that tests walk every operation of the API in."""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bson import ObjectId
from django.test import override_settings

from apps.accounts.enums import LogInKind
from apps.accounts.models import User
from apps.accounts.rows import PasskeyRow, log_ins, passkeys
from apps.accounts.services import Device, session_begin
from apps.ai.documents import Itinerary
from apps.bookings.rows import holds
from apps.bookings.services import booking_request, hold_create
from apps.calendars.rows import calendar_exports, calendar_feeds
from apps.calendars.services import export_renew, feed_add
from apps.common import mongo
from apps.common.clock import utc_now
from apps.messaging.rows import blocks, saved_replies
from apps.messaging.services import message_send, question_send, saved_reply_add
from apps.notifications.services import notification_deliver
from apps.notifications.tokens import token_issue
from apps.payments.rows import payments
from apps.properties.models import Capacity, Listing, Location, Point
from conftest import Person
from stack.common.limits import no_limits
from tests.bad_input import body_media
from tests.contract import CheckedClient

NO_LIMITS_A_DAY = dict.fromkeys(
    ("QUESTIONS_A_DAY", "QUESTIONS_OF_A_NEW_GUEST", "REPORTS_A_DAY"), 10**6
)


class World:
    """Two travelers and two hosts, of whom the first have one object of every kind, and somebody of
    staff who may do everything."""

    def __init__(self) -> None:
        self.now = utc_now()
        self.made = 0
        self.guest, self.other_guest = (self.person(f"guest{i}", "traveler") for i in (1, 2))
        self.host, self.other_host = (self.person(f"host{i}", "owner") for i in (1, 2))
        self.staff = self.person("superuser", "traveler", is_staff=True, is_superuser=True)
        self.first = self.now.date() + dt.timedelta(days=40)
        self.renew()
        self.query = {
            "guest_count": "2",
            "city": "Singapore",
            "q": "desk",
            "image": "/media/none-1600.webp",
            **dict.fromkeys(("check_in", "from", "start", "start_date"), self.day(50)),
            **dict.fromkeys(("check_out", "to", "end", "end_date"), self.day(52)),
        }

    def renew(self) -> None:
        """Makes the objects of the first guest and the first host anew."""
        self.made += 1
        self._log_in()
        holds.delete_many({})
        listing = self._listing()
        booking = booking_request(**self._stay(listing, 0)).reply
        payment = payments.find_one({"booking_id": booking.id})
        notification_deliver(
            notification_id=f"n{self.made}",
            user_id=self.guest.id,
            kind="BookingConfirmed",
            title="Yes",
            body="Confirmed.",
            booking_id=str(booking.id),
            now=self.now,
        )
        thread_id, reply_id, message_id = self._messages(listing)
        self.own = {
            "thread_id": thread_id,
            "reply_id": reply_id,
            "message_id": message_id,
            "listing_id": str(listing),
            "booking_id": str(booking.id),
            "payment_id": str(payment["_id"]),
            "hold_id": str(hold_create(**self._stay(listing, 5)).reply.id),
            "notification_id": f"n{self.made}",
            "token": token_issue(self.guest.id, "booking_confirmed"),
            "user_id": str(self.guest.id),
            "itinerary_id": str(self._itinerary()),
            "session_id": self._session(),
            "passkey_id": str(self._passkey()),
            "kind": "terms",
            **self._calendars(listing),
        }

    def _messages(self, listing: ObjectId) -> tuple[str, str, str]:
        """A question with its answer, and a reply that the host has saved."""
        blocks.delete_many({})
        asked = question_send(
            guest_id=self.guest.id,
            listing_id=listing,
            text="Is there a desk?",
            client_id=f"question-{self.made}",
            now=self.now,
        ).reply
        answer = message_send(
            thread_id=asked.thread_id,
            sender_id=self.host.id,
            text="Yes, by the window.",
            client_id=f"answer-{self.made}",
            now=self.now,
        ).reply
        saved_replies.delete_many({"host_id": self.host.id})
        saved = saved_reply_add(host_id=self.host.id, title="Desk", text="Yes.", now=self.now)
        return str(asked.thread_id), str(saved.id), answer.message.id

    def _calendars(self, listing: ObjectId) -> dict[str, str]:
        """The feed leads inside: it is refused, and no test asks the network."""
        of = {"listing_id": listing, "host_id": self.host.id, "now": self.now}
        export_renew(**of)
        feed_id = feed_add(**of, name="Elsewhere", url="https://calendars.example/one.ics")
        calendar_feeds.update_one({"_id": feed_id}, {"$set": {"url": "http://127.0.0.1/one.ics"}})
        token = calendar_exports.find_one({"_id": str(listing)})["token"]
        return {"feed_id": str(feed_id), "calendar_token": f"{listing}-{token}.ics"}

    def _stay(self, listing: ObjectId, ahead: int) -> dict[str, Any]:
        check_in = self.first + dt.timedelta(days=ahead)
        return {
            "guest_id": self.guest.id,
            "listing_id": listing,
            "check_in": check_in,
            "check_out": check_in + dt.timedelta(days=2),
            "guest_count": 1,
            "now": self.now,
        }

    def _log_in(self) -> None:
        """A call may have ended the tokens that there were."""
        for name in ("guest", "other_guest", "host", "other_host"):
            user = getattr(self, name).user
            user.refresh_from_db()
            setattr(self, name, Person(user))

    def _passkey(self) -> ObjectId:
        row: PasskeyRow = {
            "_id": ObjectId(),
            "user_id": self.guest.id,
            "name": "My phone",
            "credential_id": f"id{self.made}",
            "public_key": "",
            "sign_count": 0,
            "model_id": "",
            "transports": [],
            "can_sync": False,
            "is_synced": False,
            "created_at": self.now,
            "used_at": None,
        }
        passkeys.delete_many({})
        passkeys.insert_one(row)
        return row["_id"]

    def renew_listing(self) -> None:
        """Another listing of the first host, without a booking."""
        self.own["listing_id"] = str(self._listing())

    @property
    def booking_id(self) -> ObjectId:
        return ObjectId(self.own["booking_id"])

    def date(self, ahead: int) -> dt.date:
        return self.now.date() + dt.timedelta(days=ahead)

    def day(self, ahead: int) -> str:
        return self.date(ahead).isoformat()

    def person(self, name: str, user_type: str, **fields: Any) -> Person:
        values = {
            "username": name,
            "email": f"{name}@example.com",
            "email_verified_at": self.now,
            "password": "!",
            **fields,
        }
        return Person(User.objects.create(user_type=user_type, **values))

    def _listing(self) -> ObjectId:
        point = Point(coordinates=[103.85, 1.29])
        location = Location(city="Singapore", country="Singapore", coordinates=point)
        values = {
            "title": "A quiet flat",
            "price_per_night": 12_000,
            "currency": "SGD",
            "property_type": "apartment",
            "capacity": Capacity(max_guests=4),
            "host_id": self.host.id,
        }
        return ObjectId(str(Listing.objects.create(location=location, **values).pk))

    def _session(self) -> str:
        log_ins.delete_many({"user_id": self.guest.id})
        session_begin(
            user=self.guest.user,
            kind=LogInKind.BROWSER,
            device=Device("Firefox on Linux", "203.0.113.7"),
            now=self.now,
        )
        return str(log_ins.find_one({"user_id": self.guest.id})["_id"])

    def _itinerary(self) -> ObjectId:
        values = {
            "user_id": self.guest.id,
            "destination": "Singapore",
            "start_date": self.now,
            "end_date": self.now,
            "guests": 2,
            "planner": "embedded",
            "created_at": self.now,
        }
        return Itinerary.objects.create(id=ObjectId(), **values).pk

    def client(self, operation, *, stranger: bool = False) -> CheckedClient:
        if not any(operation.get("security", [])):
            return CheckedClient()
        if "x-right" in operation:
            return self.staff.http
        if operation.get("x-user-type") == "owner":
            return (self.other_host if stranger else self.host).http
        return (self.other_guest if stranger else self.guest).http

    def address(self, path: str, **changes: str) -> str:
        values = {**self.own, **changes}
        return re.sub(r"\{(\w+)\}", lambda found: values[found[1]], path)

    def needed(self, operation) -> dict[str, str]:
        return {
            parameter["name"]: {**self.query, **self.own}[parameter["name"]]
            for parameter in operation.get("parameters", [])
            if parameter["in"] == "query"
            and (parameter.get("required") or parameter["name"] == "city")
        }

    def body(self, operation):
        shown = next(iter(body_media(operation)["examples"].values()))["value"]
        own = {name: value for name, value in self.own.items() if name in shown}
        return {**shown, **own}


@contextmanager
def world_made() -> Iterator[World]:
    """In an empty database, without limits of calls."""
    with override_settings(**no_limits(), **NO_LIMITS_A_DAY):
        _empty()
        yield World()
        _empty()


def _empty() -> None:
    for name in mongo.database().list_collection_names():
        if not name.startswith(("system.", "django_")):
            mongo.collection(name).delete_many({})
