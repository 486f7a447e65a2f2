"""Reads all claims at once, for the check of a whole database."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from bson import ObjectId

from apps.properties.rows import night_claims


class ClaimRun(NamedTuple):
    """The claims of one owner and kind on one listing: how many nights from `first` to `last`, and
    whether they expire."""

    owner_id: str
    listing_id: ObjectId
    kind: str
    expires: bool
    nights: int
    first: dt.datetime
    last: dt.datetime


def claim_runs(now: dt.datetime) -> Iterator[ClaimRun]:
    """Counts the claims that have not expired by `now`."""
    stages: list[dict[str, Any]] = [
        {"$match": {"$or": [{"expires_at": None}, {"expires_at": {"$gt": now}}]}},
        {
            "$group": {
                "_id": {
                    "owner_id": "$owner_id",
                    "listing_id": "$listing_id",
                    "kind": "$kind",
                    "expires": {"$gt": ["$expires_at", None]},
                },
                "nights": {"$sum": 1},
                "first": {"$min": "$night"},
                "last": {"$max": "$night"},
            }
        },
    ]
    for row in night_claims.aggregate(stages, allowDiskUse=True):
        yield ClaimRun(**row.pop("_id"), **row)


def claims_misnamed() -> list[str]:
    """Returns the ids that do not name the claim's listing and night."""
    night = {"$dateToString": {"date": "$night", "format": "%Y-%m-%d"}}
    named = {"$concat": [{"$toString": "$listing_id"}, ":", night]}
    found = night_claims.find({"$expr": {"$ne": ["$_id", named]}}, {"_id": 1})
    return [row["_id"] for row in found]
