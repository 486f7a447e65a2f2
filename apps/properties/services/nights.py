"""Writes of nights. Only the unique id of a claim makes a night scarce, never a query."""

import datetime as dt

from bson import ObjectId
from pymongo.errors import BulkWriteError

from apps.common import mongo
from apps.common.errors import ConflictError
from apps.properties.enums import ClaimKind
from apps.properties.nights import claim_id, claim_row, claims_on, nights_of


class NightsTakenError(ConflictError):
    code = "NIGHTS_TAKEN"


def nights_claim(
    *,
    listing_id: ObjectId,
    check_in: dt.date,
    check_out: dt.date,
    kind: ClaimKind,
    owner_id: str,
    now: dt.datetime,
    expires_at: dt.datetime | None = None,
) -> None:
    """Claims every night of the stay or none; raises `NightsTakenError` that names the taken.

    Belongs in the transaction of what owns the claim. The read spares the usual loser a write,
    the unique id decides the race.
    """
    _claim(
        listing_id,
        nights_of(check_in, check_out),
        kind=kind,
        owner_id=owner_id,
        expires_at=expires_at,
        now=now,
    )


def nights_move(
    *,
    listing_id: ObjectId,
    owner_id: str,
    old: tuple[dt.date, dt.date],
    new: tuple[dt.date, dt.date],
    now: dt.datetime,
) -> None:
    """Swaps the nights of the booking `owner_id` from the stay `old` to `new`, which may overlap.

    As `nights_claim`: all or none, in the transaction of the booking.
    """
    before, after = nights_of(*old), nights_of(*new)
    dropped = [claim_id(listing_id, night) for night in before if night not in after]
    mongo.collection("night_claims").delete_many(
        {"_id": {"$in": dropped}, "owner_id": owner_id}, session=mongo.session()
    )
    added = [night for night in after if night not in before]
    _claim(listing_id, added, kind=ClaimKind.BOOKING, owner_id=owner_id, now=now)


def nights_block(*, listing_id: ObjectId, nights: list[dt.date], now: dt.datetime) -> None:
    """The owner's own use of free nights. As `nights_claim`."""
    owner_id = f"block:{listing_id}"
    _claim(listing_id, nights, kind=ClaimKind.BLOCK, owner_id=owner_id, now=now)


def nights_unblock(*, listing_id: ObjectId, nights: list[dt.date]) -> None:
    """Frees those of the nights that the owner has blocked."""
    ids = [claim_id(listing_id, night) for night in nights]
    mongo.collection("night_claims").delete_many(
        {"_id": {"$in": ids}, "kind": ClaimKind.BLOCK.value}, session=mongo.session()
    )


def _claim(
    listing_id: ObjectId,
    nights: list[dt.date],
    *,
    kind: ClaimKind,
    owner_id: str,
    now: dt.datetime,
    expires_at: dt.datetime | None = None,
) -> None:
    if not nights:
        return
    wanted = set(nights)
    taken, expired = claims_on(
        listing_id, start=min(nights), end=max(nights) + dt.timedelta(days=1), now=now
    )
    in_the_way = [night for night in taken if night in wanted]
    if in_the_way:
        raise _taken(in_the_way)
    claims, session = mongo.collection("night_claims"), mongo.session()
    if expired:
        claims.delete_many({"_id": {"$in": expired}}, session=session)
    rows = [
        claim_row(listing_id, night, kind=kind, owner_id=owner_id, expires_at=expires_at)
        for night in nights
    ]
    try:
        claims.insert_many(rows, session=session)
    except BulkWriteError as error:
        index = mongo.duplicate_index(error)
        if index is None:
            raise
        raise _taken([nights[index]]) from error


def _taken(nights: list[dt.date]) -> NightsTakenError:
    shown = ", ".join(night.isoformat() for night in nights[:5])
    more = f" and {len(nights) - 5} more" if len(nights) > 5 else ""  # noqa: PLR2004
    return NightsTakenError(
        f"Somebody else has these nights already: {shown}{more}. Choose other dates.",
        nights=nights,
    )


def nights_release(*, owner_id: str) -> None:
    """Frees what `owner_id` claimed. Belongs in the transaction of its end."""
    mongo.collection("night_claims").delete_many({"owner_id": owner_id}, session=mongo.session())
