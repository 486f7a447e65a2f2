"""Reads which listings are shown, for search engines."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from bson import ObjectId

from apps.properties.rows import listings


class ShownListing(NamedTuple):
    id: ObjectId
    updated_at: dt.datetime


def listings_shown_count() -> int:
    return listings.count({"is_active": True}, hint="newest")


def listings_shown(*, skip: int, limit: int) -> Iterator[ShownListing]:
    """The oldest first, so that a new one moves no other to another page."""
    found = listings.find({"is_active": True}, {"updated_at": 1}).sort("_id", 1)
    for row in found.skip(skip).limit(limit):
        yield ShownListing(row["_id"], row["updated_at"])
