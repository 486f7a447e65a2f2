"""Compares the live facts with those that were rebuilt in the shadow, and repairs them row by row,
only where a row is still the one that was compared: the consumers go on writing."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from pymongo import DeleteOne, InsertOne, ReplaceOne
from pymongo.errors import BulkWriteError

from apps.common import mongo
from apps.common.rows import Rows, Write
from apps.owners.rows import BookingFactRow, booking_facts, shadow_facts
from apps.owners.services.comparison import Checksums, Difference, price_to_keep

PAGE = 1000


def facts_to_compare(since: dt.datetime | None) -> Iterator[list[str]]:
    """Yields pages of the bookings that the topics know, then of those that they should know: with
    a live fact of something that came after `since`, from when on no event is missing."""
    yield from _pages(shadow_facts, {})
    if since is None:
        return
    for page in _pages(booking_facts, {"changed_at": {"$not": {"$lte": since}}}):
        unknown = sorted(set(page) - _by_id(shadow_facts, page).keys())
        if unknown:
            yield unknown


def facts_compare(
    ids: Sequence[str], sums: Checksums, *, since: dt.datetime | None
) -> list[Difference]:
    """Returns what differs and adds what agrees to the sums. A live fact of an event that has
    expired is newer than the topics and is left out."""
    expected, found = _by_id(shadow_facts, ids), _by_id(booking_facts, ids)
    differences = []
    for booking_id in ids:
        one = Difference(booking_id, expected.get(booking_id), found.get(booking_id))
        if one.is_none:
            sums.add(one.expected, one.expected)
        elif not one.is_expired(since):
            differences.append(one)
    return differences


def facts_repair(differences: Iterable[Difference]) -> int:
    """Returns how many were repaired. One whose live fact has changed since stays as it is and has
    to be compared again."""
    writes = [_repair(one) for one in differences]
    if not writes:
        return 0
    done: Mapping[str, Any]
    try:
        done = booking_facts.bulk_write(writes, ordered=False).bulk_api_result
    except BulkWriteError as error:
        if any(item["code"] != mongo.DUPLICATE_KEY for item in error.details["writeErrors"]):
            raise
        done = error.details
    return int(done["nInserted"] + done["nMatched"] + done["nRemoved"])


def _repair(one: Difference) -> Write[BookingFactRow]:
    if one.found is None:
        return InsertOne(one.expected or BookingFactRow(_id=one.booking_id))
    if one.expected is None:
        return DeleteOne(one.found)
    repaired = {**price_to_keep(one.expected, one.found), **one.expected}
    return ReplaceOne(one.found, cast("BookingFactRow", repaired))


def _by_id(facts: Rows[BookingFactRow], ids: Iterable[str]) -> dict[str, BookingFactRow]:
    return {row["_id"]: row for row in facts.find({"_id": {"$in": list(ids)}})}


def _pages(facts: Rows[BookingFactRow], query: dict[str, Any]) -> Iterator[list[str]]:
    last = ""
    while True:
        following = {**query, "_id": {"$gt": last}}
        found = facts.find(following, {"_id": 1}).sort("_id").limit(PAGE)
        page = [row["_id"] for row in found]
        if not page:
            return
        yield page
        last = page[-1]
