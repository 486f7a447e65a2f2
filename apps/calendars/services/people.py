"""What this app keeps of a person."""

import datetime as dt
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from bson import ObjectId

from apps.calendars.rows import calendar_exports, calendar_feeds
from apps.common.parts import Part


class CalendarsPart(Part):
    keeps = MappingProxyType(
        {"calendar_feeds.host_id": "deleted", "calendar_exports.host_id": "deleted"}
    )

    def export(self, user_id: ObjectId) -> Iterator[tuple[str, Any]]:
        ours = {"lease": 0, "leased_until": 0, "notified": 0, "turns": 0}
        yield "calendar_feeds", list(calendar_feeds.find({"host_id": user_id}, ours))
        hidden = {"token": 0, "digest": 0}
        yield "calendar_exports", list(calendar_exports.find({"host_id": user_id}, hidden))

    def erase(self, user_id: ObjectId, *, now: dt.datetime) -> None:
        """The nights go with the listings."""
        del now
        calendar_feeds.delete_many({"host_id": user_id})
        calendar_exports.delete_many({"host_id": user_id})


PART = CalendarsPart()
