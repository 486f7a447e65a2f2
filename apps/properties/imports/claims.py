"""Nights that a dump calls not free, as claims. A night that somebody booked, holds or blocked
here is never taken from them: the import leaves it and counts it as kept. One that is only left
to prepare the next stay, or whose hold ran out, is nobody's."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from bson import ObjectId
from pymongo.errors import BulkWriteError

from apps.common import mongo
from apps.properties.enums import ClaimKind
from apps.properties.nights import claim_row

TRIES = 5


def claims_replace(
    wanted: Mapping[ObjectId, Collection[dt.date]],
    *,
    owner_id: str,
    now: dt.datetime | None = None,
) -> dict[str, int]:
    """Makes the claims of `owner_id` on these listings exactly `wanted`, in one transaction.

    A booking that wins the race for a night makes this one start anew and see it. Without `now`
    no hold counts as run out.
    """
    for _ in range(TRIES - 1):
        try:
            return mongo.run_in_transaction(lambda: _replace(wanted, owner_id, now))
        except BulkWriteError as error:
            if mongo.duplicate_index(error) is None:
                raise
    return mongo.run_in_transaction(lambda: _replace(wanted, owner_id, now))


def _replace(
    wanted: Mapping[ObjectId, Collection[dt.date]], owner_id: str, now: dt.datetime | None
) -> dict[str, int]:
    rows = {row["_id"]: row for row in _rows(wanted, owner_id)}
    claims, session = mongo.collection("night_claims"), mongo.session()
    query = {"listing_id": {"$in": list(wanted)}}
    there = list(claims.find(query, {"kind": 1, "owner_id": 1, "expires_at": 1}, session=session))
    ours = {claim["_id"] for claim in there if is_ours(claim, owner_id)}
    nobodys = {claim["_id"] for claim in there if _is_nobodys(claim, now)}
    theirs = {claim["_id"] for claim in there} - ours - nobodys
    gone = (ours - rows.keys()) | (nobodys & rows.keys())
    fresh = rows.keys() - ours - theirs
    if gone:
        claims.delete_many({"_id": {"$in": list(gone)}}, session=session)
    if fresh:
        claims.insert_many([rows[key] for key in rows if key in fresh], session=session)
    return {
        "created": len(fresh),
        "unchanged": len(ours & rows.keys()),
        "removed": len(ours - rows.keys()),
        "kept by others": len(theirs & rows.keys()),
    }


def is_ours(claim: Mapping[str, Any], owner_id: str) -> bool:
    return claim["kind"] == ClaimKind.EXTERNAL.value and claim["owner_id"] == owner_id


def _is_nobodys(claim: Mapping[str, Any], now: dt.datetime | None) -> bool:
    until: dt.datetime | None = claim.get("expires_at")
    ran_out = bool(now and until and until.replace(tzinfo=dt.UTC) <= now)
    return claim["kind"] == ClaimKind.PREP.value or ran_out


def _rows(wanted: Mapping[ObjectId, Collection[dt.date]], owner_id: str) -> list[dict[str, Any]]:
    return [
        claim_row(listing_id, night, kind=ClaimKind.EXTERNAL, owner_id=owner_id)
        for listing_id, nights in wanted.items()
        for night in nights
    ]
