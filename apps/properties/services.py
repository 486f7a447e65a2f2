"""Writes of nights. Only the unique id of a claim makes a night scarce, never a query."""

import datetime as dt

from bson import ObjectId
from pymongo.errors import BulkWriteError

from apps.common import mongo
from apps.common.errors import ConflictError
from apps.properties.enums import ClaimKind
from apps.properties.nights import claim_row, claims_on, nights_of


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
    taken, expired = claims_on(listing_id, start=check_in, end=check_out, now=now)
    if taken:
        raise _taken(taken)
    nights = nights_of(check_in, check_out)
    claims, session = mongo.collection("night_claims"), mongo.session()
    rows = [
        claim_row(listing_id, night, kind=kind, owner_id=owner_id, expires_at=expires_at)
        for night in nights
    ]
    if expired:
        claims.delete_many({"_id": {"$in": expired}}, session=session)
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
