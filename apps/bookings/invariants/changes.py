"""Histories against the state table, and events against histories."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from apps.bookings.enums import Action, Actor, Status
from apps.bookings.rows import BookingRow, ChangeRow
from apps.bookings.states import ANSWERS_PROPOSAL, target_of
from apps.events.outbox.kept import KEPT_FOR, events_kept


def is_illegal(booking: BookingRow) -> bool:
    """Where a change does not follow from the one before by a row of the state table."""
    history = booking["history"]
    first, last = history[0], history[-1]
    begun = (first["action"], first["to_status"]) == (Action.REQUEST, Status.PENDING)
    ended = (len(history), last["to_status"]) == (booking["version"], booking["status"])
    waits = False
    for before, change in pairwise(history):
        if not _follows(before, change, has_proposal=waits):
            return True
        waits = _has_proposal(before, change, had=waits)
    return not begun or not ended or waits != bool(booking.get("alteration"))


def _follows(before: ChangeRow, change: ChangeRow, *, has_proposal: bool) -> bool:
    status, action, actor = before["to_status"], change["action"], change["actor"]
    target = target_of(Status(status), Action(action), Actor(actor), has_proposal=has_proposal)
    return target is not None and (change["from_status"], change["to_status"]) == (status, target)


def _has_proposal(before: ChangeRow, change: ChangeRow, *, had: bool) -> bool:
    """After the change: until it is answered, or the booking's status changes."""
    if change["action"] == Action.PROPOSE:
        return True
    moved = change["to_status"] != before["to_status"]
    return had and not moved and change["action"] not in ANSWERS_PROPOSAL


class Events:
    """Of the changes that are younger than the outbox keeps what it published."""

    def __init__(self, now: dt.datetime) -> None:
        self.since = now - KEPT_FOR
        self.reported: dict[str, dict[int, str | None]] = defaultdict(dict)
        for event in events_kept("booking", fields=("new_status", "status")):
            status = event.payload.get("new_status") or event.payload.get("status")
            self.reported[event.aggregate][event.version] = status

    def differ(self, booking: BookingRow) -> bool:
        """One event for each young change, with its version and its state, and none besides."""
        reported = self.reported.pop(str(booking["_id"]), {})
        changes = dict(enumerate(booking["history"], start=1))
        young = {
            version
            for version, change in changes.items()
            if change["at"].replace(tzinfo=dt.UTC) > self.since
        }
        right = all(
            version in changes and status == changes[version]["to_status"]
            for version, status in reported.items()
        )
        return not right or not young <= reported.keys()

    def orphans(self) -> Iterator[str]:
        """After the bookings."""
        yield from self.reported
