"""What a race is, and one start of it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from bson import ObjectId

from apps.bookings.invariants import HOLDS_NIGHTS
from apps.bookings.rows import BookingRow
from apps.common.clock import utc_now
from apps.properties.nights import nights_of
from apps.properties.rows import NightClaimRow
from faults.fixtures import Person, stay_of

TAKEN = "409 NIGHTS_TAKEN"
NOT_NOW = "409 INVALID_TRANSITION"


@dataclass(frozen=True)
class Round:
    """One start: a listing and people that no other round has. `at` is an instant of its own."""

    number: int
    listing_id: ObjectId
    host_id: ObjectId
    guest_ids: tuple[ObjectId, ...]
    at: dt.datetime
    booking_ids: tuple[str, ...] = ()

    def guest(self, place: int) -> Person:
        return Person(self.guest_ids[place])

    def host(self) -> Person:
        return Person(self.host_id, "owner")

    def book(self, place: int, *, start: int = 0, nights: int = 2) -> str:
        body = stay_of(self.listing_id, start=start, nights=nights)
        return self.guest(place).post("/api/bookings", body).outcome

    def booked(self, place: int, *, start: int, accepted: bool = False) -> str:
        """The id of a booking that stands before the race begins."""
        reply = self.guest(place).post("/api/bookings", stay_of(self.listing_id, start=start))
        booking_id = str(reply.body["id"])
        if accepted:
            self.host().post(f"/api/owner/bookings/{booking_id}/accept")
        return booking_id

    @property
    def nights(self) -> list[dt.date]:
        """Those of the usual stay."""
        return nights_of(*map(dt.date.fromisoformat, self.dates().values()))

    def dates(self, *, start: int = 0) -> dict[str, str]:
        stay = stay_of(self.listing_id, start=start)
        return {name: str(stay[name]) for name in ("check_in", "check_out")}


@dataclass
class Facts:
    """What stands of a round's listing once all have run, and what of its search entry is not of
    its claims."""

    bookings: list[BookingRow]
    claims: list[NightClaimRow]
    entry_differs: list[str]


class Race:
    """`act` is what the process at `place` does. `allowed` are its outcomes in any order of the
    racers; another one fails the race, as does what `breach` says. `seen` are those that
    come up in any hundred starts, or it is no race. Each starts up to `late` seconds
    after the others: more where it has less to do, so that it does not always come first."""

    name: ClassVar[str]
    guard: ClassVar[str] = "the unique night"
    allowed: ClassVar[frozenset[str]] = frozenset({"201", TAKEN})
    seen: ClassVar[frozenset[str]] = frozenset({"201", TAKEN})
    terms: ClassVar[dict[str, Any]] = {}
    winners: ClassVar[tuple[int, int]] = (1, 1)
    late: ClassVar[Sequence[float]] = (0.004,) * 4

    def prepare(self, at: Round) -> Round:
        return at

    def act(self, at: Round, place: int) -> str:
        raise NotImplementedError

    def breach(self, outcomes: Sequence[str], facts: Facts) -> str:
        """What is wrong, or nothing."""
        won = sum(outcome in {"200", "201"} for outcome in outcomes)
        least, most = self.winners
        if won < least or won > most:
            return f"{won} won"
        return _owned_twice(facts)


def _owned_twice(facts: Facts) -> str:
    """A night that two bookings, holds or calendars have. By what they say, not by their keys."""
    owners: dict[dt.date, set[str]] = defaultdict(set)
    now = utc_now()
    for booking in facts.bookings:
        if booking["status"] in HOLDS_NIGHTS:
            for night in nights_of(booking["check_in"].date(), booking["check_out"].date()):
                owners[night].add(str(booking["_id"]))
    for claim in facts.claims:
        until = claim.get("expires_at")
        if until is None or until.replace(tzinfo=dt.UTC) > now:
            owners[claim["night"].date()].add(claim["owner_id"])
    return ", ".join(f"{night}: {len(who)} owners" for night, who in owners.items() if len(who) > 1)
