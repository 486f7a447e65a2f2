"""Reads of nights: every "is it free?" asks the claims, here."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from bson import ObjectId

from apps.common import mongo
from apps.properties.enums import ClaimKind

# A stay begins at most this many days ahead.
WINDOW_DAYS = 730


def midnight(day: dt.date) -> dt.datetime:
    """How a date is stored."""
    return dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001 MongoDB has no plain dates


def claim_id(listing_id: ObjectId, night: dt.date) -> str:
    return f"{listing_id}:{night.isoformat()}"


def claim_row(
    listing_id: ObjectId,
    night: dt.date,
    *,
    kind: ClaimKind,
    owner_id: str,
    expires_at: dt.datetime | None = None,
) -> dict[str, Any]:
    return {
        "_id": claim_id(listing_id, night),
        "listing_id": listing_id,
        "night": midnight(night),
        "kind": kind.value,
        "owner_id": owner_id,
        "expires_at": expires_at,
    }


def nights_of(check_in: dt.date, check_out: dt.date) -> list[dt.date]:
    """The nights of the half-open stay [check_in, check_out)."""
    return [check_in + dt.timedelta(days=day) for day in range((check_out - check_in).days)]


def claims_on(
    listing_id: ObjectId, *, start: dt.date, end: dt.date, now: dt.datetime
) -> tuple[list[dt.date], list[str]]:
    """The nights of [start, end) that are taken, and the ids of the claims there that ran out."""
    taken: list[dt.date] = []
    expired: list[str] = []
    for row in _claims(listing_id, start, end):
        if _stands(row, now):
            taken.append(row["night"].date())
        else:
            expired.append(row["_id"])
    return sorted(taken), expired


def nights_claimed(
    listing_id: ObjectId, *, start: dt.date, end: dt.date, now: dt.datetime
) -> list[dict[str, Any]]:
    """{night, kind, owner_id} of the taken nights of [start, end), in order."""
    return [
        {"night": row["night"].date(), "kind": row["kind"], "owner_id": row["owner_id"]}
        for row in sorted(_claims(listing_id, start, end), key=lambda row: row["_id"])
        if _stands(row, now)
    ]


def _claims(listing_id: ObjectId, start: dt.date, end: dt.date) -> Iterable[dict[str, Any]]:
    return mongo.collection("night_claims").find(
        {"_id": {"$gte": claim_id(listing_id, start), "$lt": claim_id(listing_id, end)}},
        {"night": 1, "expires_at": 1, "kind": 1, "owner_id": 1},
        session=mongo.session(),
    )


def _stands(row: dict[str, Any], now: dt.datetime) -> bool:
    until: dt.datetime | None = row.get("expires_at")
    return until is None or until.replace(tzinfo=dt.UTC) > now


def nights_taken(
    listing_id: ObjectId, *, start: dt.date, end: dt.date, now: dt.datetime
) -> list[dt.date]:
    """The nights of [start, end) that cannot be booked; an expired hold takes none."""
    return claims_on(listing_id, start=start, end=end, now=now)[0]


def listings_taken(
    listing_ids: list[ObjectId], *, start: dt.date, end: dt.date, now: dt.datetime
) -> set[ObjectId]:
    """Those of `listing_ids` with at least one night of [start, end) taken."""
    query = {
        "listing_id": {"$in": listing_ids},
        "night": {"$gte": midnight(start), "$lt": midnight(end)},
        "$or": [{"expires_at": None}, {"expires_at": {"$gt": now}}],
    }
    return set(mongo.collection("night_claims").distinct("listing_id", query))
