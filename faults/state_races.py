"""Races of people and timers who change the same booking."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, ClassVar

from bson import ObjectId

from apps.bookings.enums import Action
from apps.bookings.rows import bookings
from apps.bookings.services import alterations_lapse, bookings_expire
from faults.rounds import NOT_NOW, Facts, Race, Round

BY_TIMER, NO_TIMER = "timer 1", "timer 0"


class StateRace(Race):
    """Changes of one booking: each that was acknowledged is in its history, and none besides.
    `before` is how many there were when the race began."""

    guard = "the compare and set"
    before: ClassVar[int]

    def breach(self, outcomes: Sequence[str], facts: Facts) -> str:
        (booking,) = facts.bookings
        changed = sum(outcome in {"200", BY_TIMER} for outcome in outcomes)
        history = booking["history"]
        news = history[self.before :]
        if not changed:
            return "nobody changed it"
        if len(news) != changed or booking["version"] != len(history):
            return f"{changed} changes were acknowledged, {len(news)} are in the history"
        for before, after in pairwise(history):
            if before["to_status"] != after["from_status"]:
                return f"{after['action']} of a booking that was {before['to_status']}"
        return self.contradiction([change["action"] for change in news])

    def contradiction(self, actions: Sequence[str]) -> str:
        return ""


class AcceptCancelExpire(StateRace):
    """The owner accepts, the guest cancels, and the timer runs twice, of one pending booking. It
    may be accepted and then cancelled."""

    name = "accept against guest cancel against expiry"
    allowed = frozenset({"200", NOT_NOW, "409 CONFLICT", NO_TIMER, BY_TIMER})
    seen = frozenset({"200", NOT_NOW, BY_TIMER})
    late = (0.004, 0.004, 0.06, 0.06)
    before = 1

    def prepare(self, at: Round) -> Round:
        booking_id = at.booked(0, start=0)
        _set(booking_id, expires_at=at.at)
        return replace(at, booking_ids=(booking_id,))

    def act(self, at: Round, place: int) -> str:
        (booking_id,) = at.booking_ids
        if place == 0:
            return at.host().post(f"/api/owner/bookings/{booking_id}/accept").outcome
        if place == 1:
            return at.guest(0).post(f"/api/bookings/{booking_id}/cancel").outcome
        return f"timer {bookings_expire(now=at.at)}"


class AnswersToAProposal(StateRace):
    """The owner agrees to another stay, the guest withdraws it or cancels, and it lapses. One of
    them answers it, and only a cancellation may follow."""

    name = "agree against withdraw against cancel against lapse"
    allowed = AcceptCancelExpire.allowed
    seen = AcceptCancelExpire.seen
    late = (0.01, 0.01, 0.02, 0.06)
    before = 3

    def prepare(self, at: Round) -> Round:
        booking_id = at.booked(0, start=0, accepted=True)
        at.guest(0).post(f"/api/bookings/{booking_id}/alter", at.dates(start=1))
        _set(booking_id, **{"alteration.expires_at": at.at})
        return replace(at, booking_ids=(booking_id,))

    def act(self, at: Round, place: int) -> str:
        (booking_id,) = at.booking_ids
        if place == 0:
            path = f"/api/owner/bookings/{booking_id}/alteration/agree"
            return at.host().post(path).outcome
        if place == 1:
            return at.guest(0).post(f"/api/bookings/{booking_id}/alter/withdraw").outcome
        if place == 2:  # noqa: PLR2004
            return at.guest(0).post(f"/api/bookings/{booking_id}/cancel").outcome
        return f"timer {alterations_lapse(now=at.at)}"

    def contradiction(self, actions: Sequence[str]) -> str:
        answers = [action for action in actions if action != Action.CANCEL]
        return f"answered by {' and '.join(answers)}" if len(answers) > 1 else ""


def _set(booking_id: str, **values: Any) -> None:
    if not bookings.update_one({"_id": ObjectId(booking_id)}, {"$set": values}).modified_count:
        raise LookupError(booking_id)
