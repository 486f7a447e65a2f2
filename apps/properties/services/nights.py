"""Claims, moves and releases nights. Only the unique id of a claim makes a night scarce, never a
query."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import ClassVar

from bson import ObjectId
from pymongo.errors import BulkWriteError

from apps.common import mongo
from apps.common.errors import ConflictError
from apps.properties.enums import ClaimKind
from apps.properties.nights import (
    Claim,
    claim_id,
    claim_row,
    claims_on,
    nights_wanted,
    stay_in_the_way,
)
from apps.properties.rows import NightClaimRow, night_claims

NIGHTS_NAMED = 5


class NightsTakenError(ConflictError):
    code = "NIGHTS_TAKEN"
    sentence = "These nights are no longer available: {nights}. Choose other dates."
    sample: ClassVar = {"nights": "2026-12-16"}


class NightsToPrepareTakenError(NightsTakenError):
    sentence = (
        "The host keeps nights free after each stay, but these are taken: {nights}. "
        "Choose other dates."
    )


def nights_claim(
    *,
    listing_id: ObjectId,
    check_in: dt.date,
    check_out: dt.date,
    kind: ClaimKind,
    owner_id: str,
    now: dt.datetime,
    prep_nights: int = 0,
    expires_at: dt.datetime | None = None,
) -> None:
    """Claims every night of the stay, and the `prep_nights` after it, or none; raises
    `NightsTakenError` that names those that are taken.

    Belongs in the transaction of what owns the claim. The read spares the usual loser a write,
    the unique id decides the race. A claim that expired is replaced here. A night to prepare that
    is closed anyway is left as it is.
    """
    wanted = nights_wanted(check_in, check_out, prep_nights=prep_nights, kind=kind)
    _claim(listing_id, wanted, owner_id=owner_id, expires_at=expires_at, now=now)


def nights_move(
    *,
    listing_id: ObjectId,
    owner_id: str,
    check_in: dt.date,
    check_out: dt.date,
    prep_nights: int,
    now: dt.datetime,
    held_as: str | None = None,
) -> None:
    """Makes the claims of the booking `owner_id` those of this stay, which may overlap the old
    one; the nights that `nights_propose` holds as `held_as` become claims or are freed.

    As `nights_claim`: all or none, in the transaction of the booking.
    """
    owners = [owner_id] if held_as is None else [owner_id, held_as]
    night_claims.delete_many({"owner_id": {"$in": owners}})
    nights_claim(
        listing_id=listing_id,
        check_in=check_in,
        check_out=check_out,
        kind=ClaimKind.BOOKING,
        owner_id=owner_id,
        prep_nights=prep_nights,
        now=now,
    )


def nights_propose(
    *,
    listing_id: ObjectId,
    owner_id: str,
    held_as: str,
    check_in: dt.date,
    check_out: dt.date,
    prep_nights: int,
    now: dt.datetime,
    expires_at: dt.datetime,
) -> None:
    """Holds as `held_as` the nights of this stay that the booking `owner_id` has not claimed, be
    it to sleep or to prepare, until `nights_move` or `nights_release`. As `nights_claim`."""
    wanted = nights_wanted(check_in, check_out, prep_nights=prep_nights, kind=ClaimKind.HOLD)
    _claim(listing_id, wanted, owner_id=held_as, expires_at=expires_at, now=now, beside=owner_id)


def nights_block(*, listing_id: ObjectId, nights: list[dt.date], now: dt.datetime) -> None:
    """Blocks free nights, and those that a booking leaves to prepare, for the owner's own use. As
    `nights_claim`."""
    wanted = dict.fromkeys(nights, ClaimKind.BLOCK)
    _claim(listing_id, wanted, owner_id=f"block:{listing_id}", now=now)


def nights_unblock(*, listing_id: ObjectId, nights: list[dt.date]) -> None:
    """Frees those of the nights that the owner has blocked."""
    ids = [claim_id(listing_id, night) for night in nights]
    night_claims.delete_many({"_id": {"$in": ids}, "kind": ClaimKind.BLOCK.value})


def nights_release(*, owner_id: str) -> None:
    """Frees what `owner_id` claimed. Belongs in the transaction of its end."""
    night_claims.delete_many({"owner_id": owner_id})


def _claim(
    listing_id: ObjectId,
    wanted: Mapping[dt.date, ClaimKind],
    *,
    owner_id: str,
    now: dt.datetime,
    expires_at: dt.datetime | None = None,
    beside: str | None = None,
) -> None:
    """Claims `wanted`. The claims of `beside` are left as they are, and count as those of
    `owner_id`."""
    if not wanted:
        return
    last = max(wanted) + dt.timedelta(days=1)
    claims, expired = claims_on(listing_id, start=min(wanted), end=last, now=now)
    kept = {claim["night"] for claim in claims if claim["owner_id"] == beside}
    there = [claim for claim in claims if claim["night"] in wanted.keys() - kept]
    _check_free(there, wanted)
    kept |= {claim["night"] for claim in there if wanted[claim["night"]] is ClaimKind.PREP}
    gone = [claim_id(listing_id, claim["night"]) for claim in there if claim["night"] not in kept]
    _write(
        [*expired, *gone],
        [
            claim_row(listing_id, night, kind=kind, owner_id=owner_id, expires_at=expires_at)
            for night, kind in sorted(wanted.items())
            if night not in kept
        ],
    )


def _check_free(claims: Sequence[Claim], wanted: Mapping[dt.date, ClaimKind]) -> None:
    nights = [claim["night"] for claim in stay_in_the_way(claims, wanted)]
    if nights:
        raise taken_error(nights, check_out=_check_out(wanted))


def _write(gone: Sequence[str], rows: Sequence[NightClaimRow]) -> None:
    if gone:
        night_claims.delete_many({"_id": {"$in": gone}})
    if not rows:
        return
    try:
        night_claims.insert_many(rows)
    except BulkWriteError as error:
        index = mongo.duplicate_index(error)
        if index is None:
            raise
        wanted = {row["night"].date(): ClaimKind(row["kind"]) for row in rows}
        night = rows[index]["night"].date()
        raise taken_error([night], check_out=_check_out(wanted)) from error


def _check_out(wanted: Mapping[dt.date, ClaimKind]) -> dt.date:
    prepared = [night for night, kind in wanted.items() if kind is ClaimKind.PREP]
    return min(prepared, default=dt.date.max)


def taken_error(nights: Sequence[dt.date], *, check_out: dt.date) -> NightsTakenError:
    """Makes the refusal that names `nights`, which are in order; those from `check_out` on only
    prepare the next stay."""
    shown = ", ".join(night.isoformat() for night in nights[:NIGHTS_NAMED])
    if len(nights) > NIGHTS_NAMED:
        shown = f"{shown} and {len(nights) - NIGHTS_NAMED} more"
    error = NightsTakenError if nights[0] < check_out else NightsToPrepareTakenError
    return error(nights=shown, details={"nights": nights})
