"""Idempotency keys against the bookings that they made."""

from collections import defaultdict
from collections.abc import Iterator

import orjson

from apps.bookings.rows import BookingRow, idempotency_keys

CREATED = 201


class Keys:
    """Those that are finished and made a booking, by the booking that their answer names."""

    def __init__(self) -> None:
        self.of: dict[str, list[str]] = defaultdict(list)
        self.known: set[str] = set()
        query = {"status": {"$in": [CREATED, None]}, "body": {"$ne": None}}
        for row in idempotency_keys.find(query, {"body": 1}):
            reply = orjson.loads(row["body"] or b"{}")
            if "payment_status" in reply:
                self.of[str(reply["id"])].append(str(row["_id"]))

    def seen(self, booking: BookingRow) -> None:
        name = str(booking["_id"])
        if name in self.of:
            self.known.add(name)

    def orphans(self) -> Iterator[str]:
        """After the bookings."""
        for name, keys in self.of.items():
            if name not in self.known:
                yield from keys

    def twice(self) -> Iterator[str]:
        """Keys of which another has the same booking, and those with half an answer."""
        for keys in self.of.values():
            if len(keys) > 1:
                yield from keys
        half = {"status": {"$ne": None}, "body": None}
        for row in idempotency_keys.find(half, {"_id": 1}):
            yield str(row["_id"])
