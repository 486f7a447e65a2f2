"""Claims the nights that a dump calls not free. The import never touches a night that somebody
booked, holds or blocked here: it leaves it and counts it as kept. It replaces claims that only
prepare the next stay, and holds that expired."""

import datetime as dt
from collections.abc import Collection, Mapping
from functools import partial

from bson import ObjectId
from pymongo.errors import BulkWriteError

from apps.common import mongo
from apps.properties.enums import ClaimKind
from apps.properties.imports.context import BATCH_SECONDS
from apps.properties.nights import claim_row, stands
from apps.properties.rows import NightClaimRow, night_claims

TRIES = 5
CLAIM = {"kind": 1, "owner_id": 1, "expires_at": 1, "listing_id": 1}
Wanted = Mapping[ObjectId, Collection[dt.date]]


def claims_replace(
    wanted: Wanted,
    *,
    owner_id: str,
    now: dt.datetime | None = None,
    partly: Collection[ObjectId] = (),
) -> dict[str, int]:
    """Makes the claims of `owner_id` on these listings exactly `wanted`, in one transaction; of
    those that are known `partly` none is freed.

    A booking that wins the race for a night makes this one start anew and see it. Without `now`
    no hold counts as expired.
    """
    replace = partial(_replace, wanted, owner_id, now, partly)
    for _ in range(TRIES - 1):
        try:
            return mongo.run_in_transaction(replace, seconds=BATCH_SECONDS)
        except BulkWriteError as error:
            if mongo.duplicate_index(error) is None:
                raise
    return mongo.run_in_transaction(replace, seconds=BATCH_SECONDS)


def _replace(
    wanted: Wanted, owner_id: str, now: dt.datetime | None, partly: Collection[ObjectId]
) -> dict[str, int]:
    rows = {row["_id"]: row for row in _rows(wanted, owner_id)}
    query = {"listing_id": {"$in": list(wanted)}}
    there = list(night_claims.find(query, CLAIM))
    ours = {claim["_id"] for claim in there if is_ours(claim, owner_id)}
    unsaid = {claim["_id"] for claim in there if claim["listing_id"] in partly} - rows.keys()
    replaced = {claim["_id"] for claim in there if _is_replaced(claim, now)}
    theirs = {claim["_id"] for claim in there} - ours - replaced
    unwanted = ours - rows.keys() - unsaid
    gone = unwanted | (replaced & rows.keys())
    fresh = rows.keys() - ours - theirs
    if gone:
        night_claims.delete_many({"_id": {"$in": list(gone)}})
    if fresh:
        night_claims.insert_many([rows[key] for key in rows if key in fresh])
    return {
        "created": len(fresh),
        "unchanged": len(ours & rows.keys()),
        "removed": len(unwanted),
        "kept by others": len(theirs & rows.keys()),
    }


def is_ours(claim: NightClaimRow, owner_id: str) -> bool:
    return claim["kind"] == ClaimKind.EXTERNAL.value and claim["owner_id"] == owner_id


def _is_replaced(claim: NightClaimRow, now: dt.datetime | None) -> bool:
    has_expired = now is not None and not stands(claim, now)
    return claim["kind"] == ClaimKind.PREP.value or has_expired


def _rows(wanted: Wanted, owner_id: str) -> list[NightClaimRow]:
    return [
        claim_row(listing_id, night, kind=ClaimKind.EXTERNAL, owner_id=owner_id)
        for listing_id, nights in wanted.items()
        for night in nights
    ]
