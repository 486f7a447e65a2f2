"""Blocks nights for an owner and frees them again, all of a request or nothing."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import ClassVar
from zoneinfo import ZoneInfo

from bson import ObjectId

from apps.bookings.selectors import booking_stays
from apps.common import mongo
from apps.common.errors import ConflictError, InvalidInputError
from apps.properties.enums import ClaimKind
from apps.properties.nights import WINDOW_DAYS, Claim, nights_claimed, nights_of
from apps.properties.selectors import host_listing
from apps.properties.services import NightsTakenError, nights_block, nights_unblock

Span = tuple[dt.date, dt.date]
SOLD = frozenset({ClaimKind.BOOKING, ClaimKind.HOLD})
TRIES = 3


class NightsBookedError(ConflictError):
    code = "NIGHTS_BOOKED"
    sentence = "Guests have booked some of these nights, from {first} on. Nothing was changed."
    sample: ClassVar = {"first": "2026-12-24"}


class ExternalNightsError(ConflictError):
    code = "EXTERNAL_NIGHTS"
    sentence = "The night of {first} is taken in another calendar. Free it there."
    sample: ClassVar = {"first": "2027-01-04"}


class PastNightsError(InvalidInputError):
    code = "PAST_DATE"
    sentence = "The first night must be {today} at the listing, or later."
    sample: ClassVar = {"today": "2026-11-22"}


class CalendarEndError(InvalidInputError):
    code = "TOO_FAR_AHEAD"
    sentence = "The calendar ends on {last}."
    sample: ClassVar = {"last": "2028-11-21"}


def availability_change(
    *,
    listing_id: ObjectId,
    host_id: ObjectId,
    block: Sequence[Span],
    free: Sequence[Span],
    now: dt.datetime,
) -> Span:
    """Returns the half-open range from the first night to the last.

    Raises `ListingUnknownError`, `PastNightsError`, `CalendarEndError`, `NightsBookedError`, which
    names the bookings, or `ExternalNightsError`.
    """
    start = min(first for first, _ in [*block, *free])
    end = max(last for _, last in [*block, *free])

    def transaction() -> Span:
        listing = host_listing(listing_id, host_id=host_id)
        _check_window(start, end, time_zone=listing["time_zone"], now=now)
        claims = nights_claimed(listing_id, start=start, end=end, now=now)
        taken = {claim["night"]: claim for claim in claims if claim["kind"] != ClaimKind.PREP}
        to_block, to_free = _nights(block), _nights(free)
        _check_sold([taken[night] for night in to_block | to_free if night in taken])
        _check_external([taken[night] for night in to_free if night in taken])
        nights_unblock(listing_id=listing_id, nights=sorted(to_free))
        nights_block(listing_id=listing_id, nights=sorted(to_block - taken.keys()), now=now)
        return start, end

    return _until_decided(transaction)


def _until_decided(transaction: Callable[[], Span]) -> Span:
    """Tries again when a booking claims a night between our read and our claim: the next read
    sees it."""
    for _ in range(TRIES):
        try:
            return mongo.run_in_transaction(transaction)
        except NightsTakenError as error:
            last = error
    raise last


def _nights(spans: Sequence[Span]) -> set[dt.date]:
    return {night for span in spans for night in nights_of(*span)}


def _check_window(start: dt.date, end: dt.date, *, time_zone: str, now: dt.datetime) -> None:
    today = now.astimezone(ZoneInfo(time_zone)).date()
    if start < today:
        raise PastNightsError(today=today)
    last = today + dt.timedelta(days=WINDOW_DAYS)
    if end > last:
        raise CalendarEndError(last=last)


def _check_sold(claims: list[Claim]) -> None:
    sold = [claim for claim in claims if claim["kind"] in SOLD]
    if not sold:
        return
    owners = {claim["owner_id"] for claim in sold if ObjectId.is_valid(claim["owner_id"])}
    bookings = booking_stays(ObjectId(owner) for owner in owners)
    nights = sorted(claim["night"] for claim in sold)
    raise NightsBookedError(first=nights[0], details={"bookings": bookings})


def _check_external(claims: list[Claim]) -> None:
    nights = sorted(c["night"] for c in claims if c["kind"] == ClaimKind.EXTERNAL)
    if nights:
        raise ExternalNightsError(first=nights[0], details={"nights": nights})
