"""Races for nights: of stays, holds, alterations, an owner's blocks and another calendar."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from bson import ObjectId

from apps.common.clock import utc_now
from apps.properties.enums import ClaimKind
from apps.properties.imports.claims import claims_replace
from apps.properties.nights import claim_row
from apps.properties.rows import night_claims
from faults.fixtures import stay_of
from faults.rounds import TAKEN, Facts, Race, Round


class SameNights(Race):
    name = "same nights"

    def act(self, at: Round, place: int) -> str:
        return at.book(place)


class OverlappingRanges(Race):
    """Three nights each, every stay a night later than the one before: two of the four may fit."""

    name = "overlapping ranges"
    winners = (1, 2)

    def act(self, at: Round, place: int) -> str:
        return at.book(place, start=place, nights=3)


class NightsToPrepare(OverlappingRanges):
    """The first and the last of them do not overlap, but for the night between guests."""

    name = "nights to prepare"
    terms: ClassVar = {"prep_nights": 1}
    winners = (1, 1)


class HoldAgainstHold(Race):
    name = "hold against hold"

    def act(self, at: Round, place: int) -> str:
        body = stay_of(at.listing_id)
        return at.guest(place).post("/api/bookings/holds", body).outcome


class HoldAgainstBooking(HoldAgainstHold):
    """Half of them hold the nights, the others book them at once."""

    name = "hold against booking"

    def act(self, at: Round, place: int) -> str:
        return super().act(at, place) if place % 2 else at.book(place)


class LapsedHold(SameNights):
    """The nights are under a hold that has run out, which only the one who takes them removes."""

    name = "a lapsed hold taken over"
    guard = "the takeover inside the claim"

    def prepare(self, at: Round) -> Round:
        until = utc_now() - dt.timedelta(seconds=1)
        rows = [
            claim_row(
                at.listing_id,
                night,
                kind=ClaimKind.HOLD,
                owner_id=f"hold:{ObjectId()}",
                expires_at=until,
            )
            for night in at.nights
        ]
        night_claims.insert_many(rows)
        return at


class AlterationAgainstBooking(Race):
    """Two guests move their bookings, a pending and a confirmed one, to nights that two others ask
    for."""

    name = "alteration against booking"
    allowed = frozenset({"200", "201", TAKEN})
    seen = allowed
    terms: ClassVar = {"alteration_consent": False}

    def prepare(self, at: Round) -> Round:
        pending = at.booked(0, start=5)
        confirmed = at.booked(1, start=8, accepted=True)
        return replace(at, booking_ids=(pending, confirmed))

    def act(self, at: Round, place: int) -> str:
        if place > 1:
            return at.book(place)
        path = f"/api/bookings/{at.booking_ids[place]}/alter"
        return at.guest(place).post(path, at.dates()).outcome


class ProposalAgainstBooking(AlterationAgainstBooking):
    """The owner is asked before the confirmed one moves: its new nights are held."""

    name = "proposed alteration against booking"
    terms: ClassVar = {"alteration_consent": True}


class BlockAgainstBooking(Race):
    """The owner blocks the nights that three guests ask for."""

    name = "owner block against booking"
    allowed = frozenset({"200", "201", TAKEN, "409 NIGHTS_BOOKED"})
    seen = frozenset({"200", "201", TAKEN})
    late = (0.04, 0.004, 0.004, 0.004)

    def act(self, at: Round, place: int) -> str:
        if place:
            return at.book(place)
        dates = at.dates()
        body = {"block": [{"start": dates["check_in"], "end": dates["check_out"]}]}
        path = f"/api/owner/availability/{at.listing_id}"
        return at.host().call("PUT", path, body).outcome


class ImportAgainstBooking(Race):
    """A dump says that the nights are taken, while three guests ask for them."""

    name = "import against booking"
    allowed = frozenset({"201", TAKEN, "imported 0", "imported 2"})
    seen = frozenset({"201", "imported 2"})
    winners = (0, 1)
    late = (0.08, 0.004, 0.004, 0.004)

    def act(self, at: Round, place: int) -> str:
        if place:
            return at.book(place)
        counts = claims_replace({at.listing_id: at.nights}, owner_id="import:race")
        return f"imported {counts['created']}"

    def breach(self, outcomes: Sequence[str], facts: Facts) -> str:
        won = Counter(outcomes)
        if won["201"] + won["imported 2"] != 1:
            return f"{won['201']} booked, {won['imported 2']} imported"
        return super().breach(outcomes, facts)
