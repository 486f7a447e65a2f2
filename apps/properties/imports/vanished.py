"""Withdraws the listings of a source that its newer dump does not have: nobody can book them any
more, and stays that are booked stay. They come back with a dump that has them."""

import datetime as dt
from collections.abc import Sequence
from functools import partial

from bson import ObjectId

from apps.common import mongo
from apps.properties.enums import ImportWithdrawal
from apps.properties.imports.context import BATCH_SECONDS, Context, batches
from apps.properties.imports.standing import MAY_BE_WITHDRAWN
from apps.properties.imports.stays import stays_ahead
from apps.properties.imports.upserts import Written
from apps.properties.rows import listings

A_BATCH = 200
# A dump that lacks more than this is rather a part of one.
MOST_SHARE = 0.5
FEW = 20
NOT_SUSPENDED = {"suspended_at": None, "host_suspended_at": None}


def newest_seen(source: str) -> dt.date | None:
    """Returns the day of the newest dump of the source."""
    query = {"source": source, "seen_on": {"$ne": None}}
    newest = next(iter(listings.find(query, {"seen_on": 1}).sort("seen_on", -1).limit(1)), None)
    seen_on = newest and newest.get("seen_on")
    return seen_on.date() if seen_on else None


def vanished_withdraw(context: Context, *, is_older: bool, is_sure: bool) -> None:
    """`is_sure` that the dump is the whole of its source."""
    stored = list(listings.find({"source": context.source, **MAY_BE_WITHDRAWN}, {"source_id": 1}))
    missing = [row["_id"] for row in stored if row["source_id"] not in context.scan.ids]
    if not missing:
        return
    if reason := _reason_to_keep(context, len(missing), len(stored), is_older, is_sure):
        named = "1 listing is" if len(missing) == 1 else f"{len(missing):,} listings are"
        context.report.note(f"{named} not in this dump and stay: {reason}")
        return
    for batch in batches(missing, A_BATCH):
        withdraw = partial(_withdraw, batch, context.now)
        written = mongo.run_in_transaction(withdraw, seconds=BATCH_SECONDS)
        context.report.add("listings", written.outcomes)
        for note in written.notes:
            context.report.note(note)


def _reason_to_keep(
    context: Context, missing: int, stored: int, is_older: bool, is_sure: bool
) -> str:
    if is_older:
        return "a newer dump of the source has been imported"
    if context.scan.unreadable or context.scan.are_ids_rounded:
        return "it has rows whose id cannot be read, which may be theirs"
    if missing > max(FEW, stored * MOST_SHARE) and not is_sure:
        return (
            f"of {stored:,} that is too many for a whole dump. If it is one, use "
            "--vanished withdraw"
        )
    return ""


def _withdraw(listing_ids: Sequence[ObjectId], now: dt.datetime) -> Written:
    still = {"_id": {"$in": list(listing_ids)}, **MAY_BE_WITHDRAWN}
    rows = list(listings.find(still, {"source_id": 1, "suspended_at": 1, "host_suspended_at": 1}))
    off = [row["_id"] for row in rows if any(row.get(name) for name in NOT_SUSPENDED)]
    shown = [row["_id"] for row in rows if row["_id"] not in set(off)]
    common = {"withdrawn_for": ImportWithdrawal.VANISHED.value, "updated_at": now}
    for ids, field in ((shown, "is_active"), (off, "active_before")):
        change = {"$set": {**common, field: False}, "$inc": {"version": 1}}
        listings.update_many({"_id": {"$in": ids}}, change)
    stays = stays_ahead([row["_id"] for row in rows], now=now)
    notes = [
        f"listing {row['source_id']} is withdrawn; its stays up to the night of "
        f"{stays[row['_id']]} stay booked"
        for row in rows
        if row["_id"] in stays
    ]
    return Written({"withdrawn": len(rows)}, notes)
