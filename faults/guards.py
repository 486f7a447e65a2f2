"""Takes a guard away, to show that the race is there without it."""

import random
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any
from unittest.mock import patch

from bson import ObjectId

from apps.bookings.rows import BookingRow, ChangeRow, bookings
from apps.bookings.services import alterations, changes, holds, requests
from apps.common import mongo
from apps.properties.entries import entry_of
from apps.properties.imports import claims as import_claims
from apps.properties.nights import claim_row, claims_on
from apps.properties.rows import NightClaimRow, listings, night_claims, search_entries
from apps.properties.services import nights
from apps.properties.services.entries import ClaimsFollower

# Some processes get their turn later than others.
LATE_SECONDS = 0.05


@contextmanager
def nothing() -> Iterator[None]:
    yield


@contextmanager
def listings_unwritten() -> Iterator[None]:
    """What sells writes the listing's row against a suspension at the same time, and what claims
    nights its search entry: each alone would let nobody oversell."""
    with ExitStack() as patches:
        patches.enter_context(patch.object(ClaimsFollower, "follow", lambda *_: None))
        for module in (alterations, changes, holds, requests):
            patches.enter_context(patch.object(module, "listing_keep_open", lambda _id: None))
        yield


@contextmanager
def unique_nights() -> Iterator[None]:
    """Every claim gets an id that no other has: what is left is to look and then to insert, in
    one transaction."""

    def never_the_same(*night: Any, **claim: Any) -> dict[str, Any]:
        row = claim_row(*night, **claim)
        return {**row, "_id": f"{row['_id']}#{uuid.uuid4().hex}"}

    with ExitStack() as patches:
        for module in (nights, import_claims):
            patches.enter_context(patch.object(module, "claim_row", never_the_same))
        patches.enter_context(listings_unwritten())
        yield


@contextmanager
def entry_transaction() -> Iterator[None]:
    """Search entries are written after the commit, as the claims were then."""

    def follow_late(
        _self: ClaimsFollower, before: Sequence[NightClaimRow], after: Sequence[NightClaimRow]
    ) -> None:
        for listing_id in {claim["listing_id"] for claim in (*before, *after)}:
            mongo.after_commit(partial(_entry_write, listing_id))

    with patch.object(ClaimsFollower, "follow", follow_late):
        yield


def _entry_write(listing_id: ObjectId) -> None:
    listing = listings.find_one({"_id": listing_id})
    claims = list(night_claims.find({"listing_id": listing_id}))
    time.sleep(random.random() * LATE_SECONDS)  # noqa: S311 no secret
    assert listing is not None
    entry: Mapping[str, Any] = entry_of(listing, claims)
    nights = {name: entry[name] for name in ("taken", "slept", "holds")}
    search_entries.update_one({"_id": listing_id}, {"$set": nights})


@contextmanager
def compare_and_set() -> Iterator[None]:
    """A change looks at the booking before its transaction begins, and then writes whatever the
    booking has become."""

    def read(booking_id: ObjectId) -> BookingRow:
        found = bookings.outside().find_one({"_id": booking_id})
        if found is None:
            raise LookupError(booking_id)
        return found

    def write(before: BookingRow, values: Mapping[str, Any], change: ChangeRow) -> BookingRow:
        after = bookings.find_one_and_update(
            {"_id": before["_id"]},
            {"$set": values, "$inc": {"version": 1}, "$push": {"history": change}},
            return_document=True,
        )
        assert after is not None
        return after

    with listings_unwritten(), patch.multiple(changes, booking_stored=read, compare_and_set=write):
        yield


@contextmanager
def takeover() -> Iterator[None]:
    """Lapsed claims are passed over as if they were not there, instead of being replaced."""

    def without_lapsed(*listing: Any, **nights_and_now: Any) -> tuple[list[Any], list[Any]]:
        taken, _lapsed = claims_on(*listing, **nights_and_now)
        return taken, []

    with unique_nights(), patch.object(nights, "claims_on", without_lapsed):
        yield


GUARDS: dict[str, Callable[[], Any]] = {
    "the unique night": unique_nights,
    "the takeover inside the claim": takeover,
    "the compare and set": compare_and_set,
    "the entry in the transaction": entry_transaction,
}
