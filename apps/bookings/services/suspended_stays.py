"""What each stage of a suspension finds, one booking or hold after the other, and does with it."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from bson import ObjectId

from apps.bookings.enums import Action, Actor, Stage, Status
from apps.bookings.policies import check_in_at, policy_kept
from apps.bookings.rows import BookingRow, SuspensionRow, bookings, holds
from apps.bookings.services.changes import booking_change
from apps.bookings.services.holds import holds_end
from apps.bookings.states import HAS_PROPOSAL
from apps.common.money import to_wire
from apps.common.parts import USER
from apps.events.notify import HOST, notify_person
from apps.properties.nights import midnight
from apps.properties.selectors import host_listings, listing_title

LISTING_GONE = "This listing is no longer offered here."
GUEST_GONE = "The guest's account is no longer active."

Query = dict[str, Any]


class Work(NamedTuple):
    """`query` finds what is left; `act` does one of it and names the count that it adds to."""

    query: Callable[[SuspensionRow, dt.datetime], Query]
    act: Callable[[SuspensionRow, Any, dt.datetime], str]
    handle: Any = bookings


def is_guest(case: SuspensionRow, booking: BookingRow) -> bool:
    """Whether the subject of the suspension is the booking's guest."""
    return case["subject_kind"] == USER and booking["guest_id"] == case["subject_id"]


def has_begun(booking: BookingRow, now: dt.datetime) -> bool:
    return now >= check_in_at(policy_kept(booking), booking["check_in"].date())


def _about(case: SuspensionRow) -> Query:
    subject = case["subject_id"]
    if case["subject_kind"] == USER:
        return {"$or": [{"host_id": subject}, {"guest_id": subject}]}
    return {"listing_id": subject}


def _requests(case: SuspensionRow, _now: dt.datetime) -> Query:
    return {**_about(case), "status": Status.PENDING.value}


def _proposals(case: SuspensionRow, _now: dt.datetime) -> Query:
    return {**_about(case), "status": Status.CONFIRMED.value, **HAS_PROPOSAL}


def stays_ahead(case: SuspensionRow, now: dt.datetime) -> Query:
    """Finds the confirmed stays that are not over, those in progress too. Check-out is a date at
    the listing: a day more covers every time zone."""
    ends = midnight(now.date() - dt.timedelta(days=1))
    return {**_about(case), "status": Status.CONFIRMED.value, "check_out": {"$gte": ends}}


def _holds(case: SuspensionRow, _now: dt.datetime) -> Query:
    subject = case["subject_id"]
    if case["subject_kind"] != USER:
        return {"listing_id": subject}
    hosted = [listing["_id"] for listing in host_listings(subject)]
    return {"$or": [{"guest_id": subject}, {"listing_id": {"$in": hosted}}]}


def _change(case: SuspensionRow, booking: BookingRow, action: Action, now: dt.datetime) -> None:
    booking_change(
        booking_id=booking["_id"],
        action=action,
        actor=Actor.STAFF,
        actor_id=case["staff_id"],
        reason=GUEST_GONE if is_guest(case, booking) else LISTING_GONE,
        now=now,
    )


def _close(case: SuspensionRow, booking: BookingRow, now: dt.datetime) -> str:
    _change(case, booking, Action.CANCEL if is_guest(case, booking) else Action.DECLINE, now)
    return "closed"


def _refuse(case: SuspensionRow, booking: BookingRow, now: dt.datetime) -> str:
    _change(case, booking, Action.REFUSE, now)
    return "refused"


def _release(_case: SuspensionRow, hold: Mapping[str, Any], _now: dt.datetime) -> str:
    holds_end([hold["_id"]])
    return "released"


def _review(case: SuspensionRow, booking: BookingRow, now: dt.datetime) -> str:
    _notify(case, booking, "stay_under_review", now)
    return "notified"


def _cancel(case: SuspensionRow, booking: BookingRow, now: dt.datetime) -> str:
    """Never somebody who has arrived: staff decide about each of these on the booking's page."""
    if has_begun(booking, now):
        return "kept"
    _change(case, booking, Action.CANCEL, now)
    return "cancelled"


def _keep(case: SuspensionRow, booking: BookingRow, now: dt.datetime) -> str:
    _notify(case, booking, "stay_kept", now)
    return "kept"


def _notify(case: SuspensionRow, booking: BookingRow, kind: str, now: dt.datetime) -> None:
    """Notifies the one who is not suspended: the guest, or of a suspended guest the host."""
    to_host = is_guest(case, booking)
    person = booking["host_id"] if to_host else booking["guest_id"]
    source = f"{case['_id']}:{booking['_id']}:{kind}:{case['chosen_at']}"
    listing_id = str(booking["listing_id"])
    days = {name: booking[name].date().isoformat() for name in ("check_in", "check_out")}
    notify_person(
        event_id=str(uuid.uuid5(uuid.NAMESPACE_OID, source)),
        user_id=person,
        kind=kind,
        variant=HOST if to_host else "",
        values={"listing_title": listing_title(listing_id), **days},
        stay={
            "booking_id": str(booking["_id"]),
            "booking_version": booking["version"],
            "previous_status": booking["status"],
            "new_status": booking["status"],
            "listing_id": listing_id,
            "guest_count": booking["guest_count"],
            "total_price": to_wire(booking["total_price"], booking["currency"]),
            "currency": booking["currency"],
            **days,
        },
        now=now,
    )


WORK: Mapping[str, Work] = {
    Stage.REQUESTS: Work(_requests, _close),
    Stage.PROPOSALS: Work(_proposals, _refuse),
    Stage.HOLDS: Work(_holds, _release, holds),
    Stage.GUESTS: Work(stays_ahead, _review),
    Stage.CANCEL: Work(stays_ahead, _cancel),
    Stage.KEEP: Work(stays_ahead, _keep),
}


def item_next(case: SuspensionRow, now: dt.datetime) -> Any | None:
    """Returns the first of what the stage has not done, None where it is done."""
    work = WORK[case["stage"]]
    query = work.query(case, now)
    if case["cursor"]:
        query["_id"] = {"$gt": case["cursor"]}
    return work.handle.find_one(query, sort=[("_id", 1)])


def items_left(case: SuspensionRow, stage: str, now: dt.datetime) -> int:
    """Counts what a stage still finds: of stages that are done, what has come back."""
    work = WORK[stage]
    query = work.query(case, now)
    if case["stage"] == stage and case["cursor"]:
        query["_id"] = {"$gt": case["cursor"]}
    return int(work.handle.count(query))


def stays_shown(case: SuspensionRow, *, now: dt.datetime, limit: int) -> list[BookingRow]:
    """Returns the stays that staff decide about, the next one first."""
    found = bookings.find(stays_ahead(case, now)).sort([("check_in", 1), ("_id", 1)])
    return list(found.limit(limit))


def listing_ids_of(rows: list[BookingRow]) -> set[ObjectId]:
    return {row["listing_id"] for row in rows}
