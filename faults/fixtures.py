"""Who and what a race is about: listings and people past the API, and their calls through it."""

import datetime as dt
import json
import threading
import uuid
from collections.abc import Iterable
from typing import Any, NamedTuple, cast

from bson import ObjectId
from django.test import Client

from apps.accounts.models import User
from apps.accounts.rows import UserRow, users
from apps.accounts.tokens import token_issue
from apps.common.clock import utc_now
from apps.properties.rows import LISTING_DEFAULTS, ListingRow, listings

DAYS_AHEAD = 30


class Reply(NamedTuple):
    """`raised` is what nobody expected, and the caller only knows as a 500."""

    status: int
    body: dict[str, Any]
    raised: str = ""

    @property
    def outcome(self) -> str:
        """The status, and the code of an error."""
        code = self.raised or self.body.get("error", {}).get("code", "")
        return f"{self.status} {code}".strip()


class Person:
    """A stored user who calls the API in this process, through all of its middleware."""

    def __init__(self, user_id: ObjectId, user_type: str = "traveler") -> None:
        token, _ = token_issue(User(id=user_id, user_type=user_type))
        self.headers = {"authorization": f"Bearer {token}"}

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Reply:
        reply = _clients.client.generic(
            method,
            path,
            json.dumps(body or {}),
            content_type="application/json",
            headers={**self.headers, **headers},
        )
        body = json.loads(reply.content) if reply.content else {}
        error = getattr(reply, "exc_info", None)
        return Reply(reply.status_code, body, repr(error[1]) if error else "")

    def post(self, path: str, body: Any = None, **headers: str) -> Reply:
        return self.call("POST", path, body, **headers)


class _Clients(threading.local):
    """One for each thread, since a client keeps what it was answered."""

    def __init__(self) -> None:
        self.client = Client(raise_request_exception=False, SERVER_NAME="localhost")


_clients = _Clients()


def people_add(user_ids: Iterable[ObjectId], user_type: str = "traveler") -> None:
    rows = [_user(user_id, user_type) for user_id in user_ids]
    users.insert_many(cast("list[UserRow]", rows))


def listings_add(host_id: ObjectId, listing_ids: Iterable[ObjectId], **terms: Any) -> None:
    row = {**LISTING_DEFAULTS, **listing_row(host_id), **terms}
    rows = [{**row, "_id": listing_id} for listing_id in listing_ids]
    listings.insert_many(cast("list[ListingRow]", rows))


def _user(user_id: ObjectId, user_type: str) -> dict[str, Any]:
    name = f"{user_type}-{uuid.uuid4().hex[:12]}"
    return {
        "_id": user_id,
        "username": name,
        "email": f"{name}@example.com",
        "email_key": f"{name}@example.com",
        "email_verified_at": utc_now(),
        "password_hash": "!",
        "user_type": user_type,
        "first_name": "Kim",
        "last_name": "",
        "is_active": True,
        "is_staff": False,
        "is_superuser": False,
        "created_at": utc_now(),
    }


def listing_row(host_id: ObjectId) -> dict[str, Any]:
    now = utc_now()
    return {
        "title": "A quiet flat",
        "description": "",
        "price_per_night": 12_000,
        "cleaning_fee": 3_000,
        "currency": "SGD",
        "location": {
            "area": "",
            "city": "Singapore",
            "state": "",
            "country": "Singapore",
            "coordinates": {"type": "Point", "coordinates": [103.85, 1.29]},
        },
        "property_type": "apartment",
        "amenities": [],
        "capacity": {"max_guests": 4, "bedrooms": 2, "bathrooms": 1.0, "beds": 2},
        "host_id": host_id,
        "images": [],
        "rating": {"average": None, "count": 0},
        "min_nights": 1,
        "max_nights": 365,
        "check_in_time": "15:00",
        "check_out_time": "11:00",
        "time_zone": "Asia/Singapore",
        "is_active": True,
        "version": 1,
        "created_at": now,
        "updated_at": now,
    }


def stay_of(listing_id: ObjectId, *, start: int = 0, nights: int = 2) -> dict[str, Any]:
    """The body of a request for `nights`, the first of them `start` days after the usual one."""
    first = utc_now().date() + dt.timedelta(days=DAYS_AHEAD + start)
    return {
        "listing_id": str(listing_id),
        "check_in": str(first),
        "check_out": str(first + dt.timedelta(days=nights)),
        "guest_count": 1,
    }
