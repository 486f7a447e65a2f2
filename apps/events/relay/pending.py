"""What the relay publishes next, in an order that keeps each aggregate's."""

from collections.abc import Iterator
from itertools import groupby, zip_longest
from typing import Any

from pymongo import ASCENDING
from pymongo.read_concern import ReadConcern

from apps.common import mongo
from apps.events.outbox.rejected import REFUSED

Row = dict[str, Any]


def pending(limit: int) -> list[Row]:
    """The oldest unpublished events, each aggregate's complete and in the order of its versions.

    Selected by status: neither time nor ObjectId is the order of commits. An aggregate with a
    refused event waits as a whole.
    """
    outbox = mongo.database().get_collection("outbox", read_concern=ReadConcern("majority"))
    waiting: Row = {"published_at": None}
    if held := outbox.distinct("aggregate_id", REFUSED):
        waiting["aggregate_id"] = {"$nin": held}
    oldest = outbox.find(waiting, {"aggregate_id": 1}).sort("created_at", ASCENDING)
    aggregates = list({row["aggregate_id"] for row in oldest.limit(limit)})
    if not aggregates:
        return []
    query = {"aggregate_id": {"$in": aggregates}, "published_at": None}
    ordered = [("aggregate_id", ASCENDING), ("version", ASCENDING)]
    return list(outbox.find(query).sort(ordered).hint("aggregate_version"))


def lots(rows: list[Row]) -> Iterator[list[Row]]:
    """Rows that may be under way at the same time: one of each aggregate, the next one only after
    the one before is acknowledged. A suspect is alone, so that a refusal names it."""
    chains = [list(chain) for _, chain in groupby(rows, key=lambda row: row["aggregate_id"])]
    for wave in zip_longest(*chains):
        found = [row for row in wave if row is not None]
        if together := [row for row in found if not row.get("refusals")]:
            yield together
        yield from ([row] for row in found if row.get("refusals"))
