"""Reads of nights: every "is it free?" asks the claims, here."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple, TypedDict

from bson import ObjectId

from apps.properties.enums import ClaimKind
from apps.properties.rows import NightClaimRow, night_claims

# A stay begins at most this many days ahead.
WINDOW_DAYS = 730
# A listing prepares for at most so many nights.
MOST_PREP_NIGHTS = 7
SLEPT_IN = frozenset({ClaimKind.BOOKING, ClaimKind.HOLD})
CLOSED = frozenset({ClaimKind.BLOCK, ClaimKind.EXTERNAL})


class Claim(TypedDict):
    """A night that is taken, and who has it."""

    night: dt.date
    kind: str
    owner_id: str


class Claims(NamedTuple):
    """Those that stand, in order, and the ids of those that expired."""

    standing: list[Claim]
    expired: list[str]


def midnight(day: dt.date) -> dt.datetime:
    """Returns a date as it is stored."""
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
) -> NightClaimRow:
    return {
        "_id": claim_id(listing_id, night),
        "listing_id": listing_id,
        "night": midnight(night),
        "kind": kind.value,
        "owner_id": owner_id,
        "expires_at": expires_at,
    }


def nights_of(check_in: dt.date, check_out: dt.date) -> list[dt.date]:
    """Lists the nights of the half-open stay [check_in, check_out)."""
    return [check_in + dt.timedelta(days=day) for day in range((check_out - check_in).days)]


def claims_on(listing_id: ObjectId, *, start: dt.date, end: dt.date, now: dt.datetime) -> Claims:
    """Reads the claims on the nights of [start, end)."""
    found = night_claims.find(
        {"_id": {"$gte": claim_id(listing_id, start), "$lt": claim_id(listing_id, end)}},
        {"night": 1, "expires_at": 1, "kind": 1, "owner_id": 1},
    )
    claims = Claims([], [])
    for row in sorted(found, key=lambda row: row["_id"]):
        if stands(row, now):
            claims.standing.append(
                {"night": row["night"].date(), "kind": row["kind"], "owner_id": row["owner_id"]}
            )
        else:
            claims.expired.append(row["_id"])
    return claims


def stands(claim: NightClaimRow, now: dt.datetime) -> bool:
    """Returns whether it has not expired."""
    until = claim.get("expires_at")
    return until is None or until.replace(tzinfo=dt.UTC) > now


def nights_claimed(
    listing_id: ObjectId, *, start: dt.date, end: dt.date, now: dt.datetime
) -> list[Claim]:
    """Lists the taken nights of [start, end), in order."""
    return claims_on(listing_id, start=start, end=end, now=now).standing


def nights_taken(
    listing_id: ObjectId, *, start: dt.date, end: dt.date, now: dt.datetime
) -> list[dt.date]:
    """Lists the nights of [start, end) in which nobody else can sleep; expired holds do not
    count."""
    claims = nights_claimed(listing_id, start=start, end=end, now=now)
    return [claim["night"] for claim in claims]


def nights_wanted(
    check_in: dt.date, check_out: dt.date, *, prep_nights: int = 0, kind: ClaimKind
) -> dict[dt.date, ClaimKind]:
    """Lists what a stay claims: its nights, and those after it that prepare for the next."""
    prepared = nights_of(check_out, check_out + dt.timedelta(days=prep_nights))
    return dict.fromkeys(nights_of(check_in, check_out), kind) | dict.fromkeys(
        prepared, ClaimKind.PREP
    )


def is_in_the_way(wanted: ClaimKind, there: str) -> bool:
    """Returns whether two claims exclude each other. Nights in which nobody sleeps can be shared:
    they are free to prepare the next stay, and an owner or another calendar may close those that a
    booking prepares."""
    if wanted is ClaimKind.PREP:
        return there in SLEPT_IN
    return not (there == ClaimKind.PREP and wanted in CLOSED)


def stay_in_the_way(claims: Iterable[Claim], wanted: Mapping[dt.date, ClaimKind]) -> list[Claim]:
    return [
        claim
        for claim in claims
        if claim["night"] in wanted and is_in_the_way(wanted[claim["night"]], claim["kind"])
    ]


def stay_claims(
    listing_id: ObjectId,
    *,
    check_in: dt.date,
    check_out: dt.date,
    prep_nights: int,
    now: dt.datetime,
) -> list[Claim]:
    """Lists the claims that keep the stay from being booked, in order: on its own nights any, on
    the `prep_nights` after it those in which somebody else sleeps."""
    wanted = nights_wanted(check_in, check_out, prep_nights=prep_nights, kind=ClaimKind.BOOKING)
    end = check_out + dt.timedelta(days=prep_nights)
    return stay_in_the_way(nights_claimed(listing_id, start=check_in, end=end, now=now), wanted)


def stay_taken(
    listing_id: ObjectId,
    *,
    check_in: dt.date,
    check_out: dt.date,
    prep_nights: int,
    now: dt.datetime,
) -> list[dt.date]:
    """Lists the nights of `stay_claims`; the stay is free if there are none."""
    claims = stay_claims(
        listing_id, check_in=check_in, check_out=check_out, prep_nights=prep_nights, now=now
    )
    return [claim["night"] for claim in claims]


def listings_taken(
    listing_ids: Collection[ObjectId],
    *,
    start: dt.date,
    end: dt.date,
    now: dt.datetime,
    prep_nights: Mapping[ObjectId, int] = MappingProxyType({}),
) -> set[ObjectId]:
    """Returns those of `listing_ids` on which the stay [start, end) is not free, by the rule of
    `stay_claims`. A listing that `prep_nights` does not name has none."""
    longest = max((prep_nights.get(listing_id, 0) for listing_id in listing_ids), default=0)
    until = end + dt.timedelta(days=longest)
    query = {
        "listing_id": {"$in": list(listing_ids)},
        "night": {"$gte": midnight(start), "$lt": midnight(until)},
        "$or": [{"expires_at": None}, {"expires_at": {"$gt": now}}],
    }
    if not longest:
        return set(night_claims.distinct("listing_id", query))
    last = {
        listing_id: midnight(end + dt.timedelta(days=prep_nights.get(listing_id, 0)))
        for listing_id in listing_ids
    }
    return {
        row["listing_id"]
        for row in night_claims.find(query, {"_id": 0, "listing_id": 1, "night": 1, "kind": 1})
        if row["night"] < midnight(end)
        or (row["night"] < last[row["listing_id"]] and row["kind"] in SLEPT_IN)
    }
