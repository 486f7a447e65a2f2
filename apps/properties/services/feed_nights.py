"""Claims the nights that calendars of other sites call taken. A night that somebody booked, holds
or closed here is left as it is."""

import datetime as dt
from collections.abc import Collection, Mapping

from bson import ObjectId

from apps.properties.enums import ClaimKind
from apps.properties.nights import Claim, claim_id, claim_row, claims_on
from apps.properties.rows import night_claims

# How the claims of a feed are owned: this and its id.
FEED = "feed:"


def nights_mirror(
    listing_id: ObjectId,
    *,
    wanted: Mapping[dt.date, Collection[str]],
    start: dt.date,
    end: dt.date,
    now: dt.datetime,
) -> set[dt.date]:
    """Makes the claims of all feeds on the nights of [start, end) those of `wanted`, which has the
    owners (`FEED` and an id) that each night has. Returns the nights that others have.

    Belongs in the transaction of what is known of the feeds. Who claims one of the nights at the
    same time makes this fail on its key (`BulkWriteError`): it starts anew, and sees the claim.
    """
    claims, expired = claims_on(listing_id, start=start, end=end, now=now)
    ours = {claim["night"]: claim["owner_id"] for claim in claims if _is_ours(claim)}
    others = {
        claim["night"]
        for claim in claims
        if not _is_ours(claim) and claim["kind"] != ClaimKind.PREP
    }
    prepared = {claim["night"] for claim in claims if claim["kind"] == ClaimKind.PREP}
    kept = {night for night, owner in ours.items() if owner in wanted.get(night, ())}
    fresh = wanted.keys() - kept - others
    gone = (ours.keys() - kept) | (prepared & fresh)
    ids = [claim_id(listing_id, night) for night in sorted(gone)]
    wanted_ids = {claim_id(listing_id, night) for night in fresh}
    ids += [key for key in expired if key in wanted_ids]
    if ids:
        night_claims.delete_many({"_id": {"$in": ids}})
    if fresh:
        rows = [
            claim_row(listing_id, night, kind=ClaimKind.EXTERNAL, owner_id=min(wanted[night]))
            for night in sorted(fresh)
        ]
        night_claims.insert_many(rows)
    return others & wanted.keys()


def _is_ours(claim: Claim) -> bool:
    return claim["kind"] == ClaimKind.EXTERNAL and claim["owner_id"].startswith(FEED)
