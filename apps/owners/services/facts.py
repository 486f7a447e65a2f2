"""Writes the projection that the figures are read from: one fact for each booking."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from bson import ObjectId
from pymongo import UpdateOne

from apps.common.money import from_wire
from apps.common.rows import Rows
from apps.events.schemas import BookingCreated, BookingStatusUpdated, SchemaError
from apps.events.topics import BOOKING_REQUESTS, BOOKING_UPDATES
from apps.owners.documents import BookingFact
from apps.owners.rows import BookingFactRow, booking_facts
from apps.properties.nights import midnight

BookingEvent = BookingCreated | BookingStatusUpdated
# Every version of a booking is on one of these.
FACT_EVENTS: Mapping[str, type[BookingEvent]] = {
    BOOKING_REQUESTS: BookingCreated,
    BOOKING_UPDATES: BookingStatusUpdated,
}


def facts_prepare() -> None:
    """Makes the indexes, which went with the collection if somebody dropped it."""
    BookingFact.ensure_indexes()


def fact_of(event: BookingEvent) -> UpdateOne:
    """Returns the write of an event: applied in any order and any number of times, the newest
    version stays. Raises `SchemaError` for an event that does not say which stay it is of.

    One pipeline on `_id` alone, so that the server itself tries again when two make the fact at
    once. The price is known only with a currency, and has a version of its own.
    """
    try:
        state = {
            "host_id": _id(event.host_id),
            "listing_id": _id(event.listing_id),
            "check_in": midnight(dt.date.fromisoformat(event.check_in)),
            "check_out": midnight(dt.date.fromisoformat(event.check_out)),
            "status": event.status if isinstance(event, BookingCreated) else event.new_status,
            "changed_at": dt.datetime.fromisoformat(event.timestamp),
        }
        total = from_wire(event.total_price, event.currency)
        price = {"currency": event.currency, "total": total}
    except (ValueError, ArithmeticError) as error:
        raise SchemaError(f"not a stay: {error}") from error
    fields = _newer("version", event.version, state)
    if event.currency:
        fields |= _newer("priced_version", event.version, price)
    return UpdateOne({"_id": event.booking_id}, [{"$set": fields}], upsert=True)


def facts_write(writes: Sequence[UpdateOne], *, into: Rows[BookingFactRow] = booking_facts) -> None:
    """Writes outside the transaction, which may run again: writing again changes nothing."""
    into.outside().bulk_write(writes, ordered=False)


def _newer(guard: str, version: int, values: dict[str, Any]) -> dict[str, Any]:
    """Sets the values of a newer version; a missing version is older than any."""
    is_newer = {"$gt": [version, f"${guard}"]}
    return {
        name: {"$cond": [is_newer, {"$literal": value}, f"${name}"]}
        for name, value in {**values, guard: version}.items()
    }


def _id(text: str) -> ObjectId:
    if not ObjectId.is_valid(text):
        raise ValueError(f"{text!r} is no id")
    return ObjectId(text)
