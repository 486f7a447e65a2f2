"""Claims against what owns them: bookings, holds, proposed alterations, blocks, other calendars."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from bson import ObjectId

from apps.bookings.enums import Status
from apps.bookings.rows import AlterationRow, BookingRow, bookings, holds
from apps.bookings.states import RELEASES_NIGHTS
from apps.calendars.invariants import feeds_known
from apps.properties.enums import ClaimKind
from apps.properties.nights import nights_of
from apps.properties.selectors import (
    claim_runs,
    claims_misnamed,
    listing_is_deleted,
    listings_known,
)
from apps.properties.services import FEED

HOLDS_NIGHTS = [status.value for status in Status if status not in RELEASES_NIGHTS]
SOLD = {ClaimKind.BOOKING.value, ClaimKind.PREP.value}
DAY = dt.timedelta(days=1)


class Run(NamedTuple):
    """The claims of one owner and kind on a listing; `nights` is how many, and `lasts` whether they
    never lapse."""

    listing_id: ObjectId
    kind: str
    lasts: bool
    nights: int
    first: dt.datetime
    last: dt.datetime

    def is_exactly(self, listing_id: ObjectId, start: dt.datetime, end: dt.datetime) -> bool:
        """As far as the keys are unique, which `Claims.misnamed` looks at."""
        claimed = (self.listing_id, self.nights, self.first, self.last + DAY)
        return claimed == (listing_id, (end - start).days, start, end)

    def is_within(self, listing_id: ObjectId, start: dt.datetime, end: dt.datetime) -> bool:
        return self.listing_id == listing_id and start <= self.first and self.last < end


class Claims:
    """Those that have not lapsed by `now`. What was asked for counts as known; the rest is left
    for `orphans`."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now
        self.runs: dict[str, list[Run]] = defaultdict(list)
        for row in claim_runs(now):
            run = Run(row.listing_id, row.kind, not row.expires, row.nights, row.first, row.last)
            self.runs[row.owner_id].append(run)

    def differ(self, booking: BookingRow) -> bool:
        runs = self.runs.pop(str(booking["_id"]), [])
        if booking["status"] not in HOLDS_NIGHTS:
            return bool(runs)
        stay = booking["listing_id"], booking["check_in"], booking["check_out"]
        return not (_lasting(runs) and _is_stay(runs, ClaimKind.BOOKING, stay, _prep(booking)))

    def proposal_differs(self, booking: BookingRow) -> bool:
        runs = self.runs.pop(f"alter:{booking['_id']}", [])
        proposal = booking.get("alteration")
        if proposal is None or booking["status"] not in HOLDS_NIGHTS:
            return bool(runs)
        listing_id, start = booking["listing_id"], proposal["check_in"]
        end = proposal["check_out"] + DAY * _prep(proposal)
        if not all(run.is_within(listing_id, start, end) for run in runs):
            return True
        if proposal["expires_at"].replace(tzinfo=dt.UTC) <= self.now:
            return False
        own = set(nights_of(booking["check_in"], booking["check_out"] + DAY * _prep(booking)))
        needed = set(nights_of(start, proposal["check_out"])) - own
        return sum(run.nights for run in runs if run.kind == ClaimKind.HOLD) < len(needed)

    def holds_differ(self) -> Iterator[str]:
        for hold in holds.find({}):
            runs = self.runs.pop(f"hold:{hold['_id']}", [])
            lapsed = hold["expires_at"].replace(tzinfo=dt.UTC) <= self.now
            stay = hold["listing_id"], hold["check_in"], hold["check_out"]
            right = _is_stay(runs, ClaimKind.HOLD, stay, None) and not any(r.lasts for r in runs)
            if not (right or (not runs and (lapsed or listing_is_deleted(hold["listing_id"])))):
                yield str(hold["_id"])

    def orphans(self) -> Iterator[str]:
        """After the bookings and the holds."""
        feeds = feeds_known()
        listings = listings_known(run.listing_id for runs in self.runs.values() for run in runs)
        for owner, runs in self.runs.items():
            if (owner.startswith(FEED) and owner not in feeds) or not all(
                _is_calendar(owner, run) and run.listing_id in listings for run in runs
            ):
                yield owner

    def misnamed(self) -> list[str]:
        return claims_misnamed()


def overlaps() -> Iterator[str]:
    """Stays that begin before the one before them on the same listing has ended."""
    held = bookings.find(
        {"status": {"$in": HOLDS_NIGHTS}},
        {"listing_id": 1, "check_in": 1, "check_out": 1},
        sort=[("listing_id", 1), ("check_in", 1), ("check_out", 1)],
        allow_disk_use=True,
    )
    for earlier, later in pairwise(held):
        same = earlier["listing_id"] == later["listing_id"]
        if same and later["check_in"] < earlier["check_out"]:
            yield str(later["_id"])


def _prep(row: BookingRow | AlterationRow) -> int:
    return int(row.get("prep_nights") or 0)


def _lasting(runs: list[Run]) -> bool:
    return all(run.lasts for run in runs)


def _is_stay(
    runs: list[Run],
    kind: ClaimKind,
    stay: tuple[ObjectId, dt.datetime, dt.datetime],
    prep: int | None,
) -> bool:
    """One run that is exactly the stay, and at most one within the `prep` nights after it; None
    for any number of them."""
    listing_id, start, end = stay
    nights = [run for run in runs if run.kind == kind]
    after = [run for run in runs if run.kind == ClaimKind.PREP]
    if len(nights) != 1 or len(after) > 1 or len(runs) != len(nights) + len(after):
        return False
    until = end + DAY * (365 if prep is None else prep)
    return nights[0].is_exactly(listing_id, start, end) and all(
        run.is_within(listing_id, end, until) for run in after
    )


def _is_calendar(owner: str, run: Run) -> bool:
    """What no booking and no hold owns: an owner's block, or another calendar."""
    if run.kind == ClaimKind.BLOCK:
        return run.lasts and owner in {f"block:{run.listing_id}", f"deleted:{run.listing_id}"}
    return run.lasts and run.kind == ClaimKind.EXTERNAL
