"""Reads of bookings. A caller sees what is theirs; another's booking does not exist for them."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypedDict

from bson import ObjectId

from apps.accounts.selectors import first_names
from apps.bookings import policies, states
from apps.bookings.enums import Action, Actor, Status
from apps.bookings.quote import Priced, Stay, token_issue
from apps.bookings.replies.bookings import BookingReply, PolicyReply
from apps.bookings.replies.changes import CancellationReply, RefundLineReply
from apps.bookings.replies.prices import HoldListReply, HoldReply
from apps.bookings.rows import BookingRow, HoldRow, bookings, holds
from apps.common.errors import NotFoundError
from apps.common.money import to_wire
from apps.common.pagination import Page
from apps.common.replies import Paged
from apps.properties.nights import midnight
from apps.properties.pricing import Line
from apps.properties.replies import ListingSummaryReply
from apps.properties.selectors import listing_summaries

LATEST_STAYS = 100


class BookingUnknownError(NotFoundError):
    sentence = "There is no such booking."


def actor_of(
    booking: BookingRow, viewer_id: ObjectId, *, as_staff: Callable[[], bool] = lambda: False
) -> Actor:
    """As what the viewer acts; raises `BookingUnknownError` for somebody else's booking.

    `as_staff`, asked last, says whether the viewer's staff rights cover it.
    """
    if viewer_id == booking["guest_id"]:
        return Actor.GUEST
    if viewer_id == booking["host_id"]:
        return Actor.OWNER
    if as_staff():
        return Actor.STAFF
    raise BookingUnknownError


def booking_stored(booking_id: ObjectId) -> BookingRow:
    found = bookings.find_one({"_id": booking_id})
    if found is None:
        raise BookingUnknownError
    return found


def actor_in(
    booking_id: ObjectId, viewer_id: ObjectId, *, as_staff: Callable[[], bool] = lambda: False
) -> Actor:
    """`actor_of` for a stored booking."""
    return actor_of(booking_stored(booking_id), viewer_id, as_staff=as_staff)


class BookedStay(TypedDict):
    id: ObjectId
    check_in: dt.date
    check_out: dt.date


def booking_stays(booking_ids: Iterable[ObjectId]) -> list[BookedStay]:
    """Returns the stays of these bookings by check-in."""
    query = {"_id": {"$in": list(booking_ids)}}
    stays = [
        BookedStay(
            id=row["_id"], check_in=row["check_in"].date(), check_out=row["check_out"].date()
        )
        for row in bookings.find(query, {"check_in": 1, "check_out": 1})
    ]
    return sorted(stays, key=lambda stay: stay["check_in"])


def booking_reply(booking: BookingRow, *, actor: Actor) -> BookingReply:
    listing_id, guest_id = booking["listing_id"], booking["guest_id"]
    return BookingReply.of(
        booking,
        listing=listing_summaries([listing_id]).get(listing_id),
        guest_first_name=first_names([guest_id]).get(guest_id, ""),
        actor=actor,
    )


def cancellation_preview(
    booking_id: ObjectId, *, actor: Actor, at: dt.datetime
) -> CancellationReply:
    """Says what a cancellation would refund; raises `InvalidTransitionError` for what cannot be
    cancelled."""
    booking = booking_stored(booking_id)
    states.transition(Status(booking["status"]), Action.CANCEL, actor)
    back = policies.refund(booking, actor=actor, at=at)
    policy, paid = PolicyReply.of(booking), booking.get("paid") or 0
    currency = booking["currency"]
    lost = max(0, paid - (booking.get("refunded") or 0) - back.amount)
    ends = [*(tier.until for tier in policy.tiers), policy.grace_until]
    return CancellationReply(
        refund=to_wire(back.amount, currency),
        non_refundable=to_wire(lost, currency),
        percent=back.percent,
        currency=currency,
        reason=back.reason,
        deadline_next=min((until for until in ends if until and until >= at), default=None),
        tiers=policy.tiers,
        time_zone=policy.time_zone,
        lines=[
            RefundLineReply(
                code=line["code"], label=line["label"], amount=to_wire(line["amount"], currency)
            )
            for line in back.lines
        ],
        paid=to_wire(paid, currency),
    )


@dataclass(frozen=True, kw_only=True)
class Filters:
    """`start` and `end`: stays with a night, or a part of their range, in [start, end).
    `changes`: with a change that waits for the host."""

    status: str | None = None
    changes: bool = False
    listing_id: ObjectId | None = None
    start: dt.date | None = None
    end: dt.date | None = None

    def query(self) -> dict[str, Any]:
        query: dict[str, Any] = {}
        if self.status:
            query["status"] = self.status
        if self.changes:
            query |= states.HAS_PROPOSAL
        if self.listing_id:
            query["listing_id"] = self.listing_id
        if self.end:
            query["check_in"] = {"$lt": midnight(self.end)}
        if self.start:
            query["check_out"] = {"$gt": midnight(self.start)}
        return query

    def index(self, side: str) -> str:
        if self.changes and side == "host":
            return "host_changes"
        if self.listing_id:
            return "listing_stay"
        return f"{side}_stay" if self.start or self.end else f"{side}_newest"


def booking_page(
    *,
    field: str,
    person_id: ObjectId,
    actor: Actor,
    page: Page,
    filters: Filters = Filters(),
) -> Paged[BookingReply]:
    """The bookings in which `field` (guest_id or host_id) is the person, newest first."""
    query = {field: person_id, **filters.query()}
    hint = filters.index(field.removesuffix("_id"))
    found = bookings.find(query).hint(hint).sort("_id", -1).skip(page.skip).limit(page.per_page)
    rows = list(found)
    listings = listing_summaries(row["listing_id"] for row in rows)
    names = first_names([row["guest_id"] for row in rows])
    results = [
        BookingReply.of(
            row,
            listing=listings.get(row["listing_id"]),
            guest_first_name=names.get(row["guest_id"], ""),
            actor=actor,
        )
        for row in rows
    ]
    return Paged.of(results, page=page, total=bookings.count(query, hint=hint))


def guest_had_confirmed(*, guest_id: ObjectId, listing_id: ObjectId) -> bool:
    """Whether the guest's stay at the listing is confirmed, or is over."""
    stood = {"$in": [Status.CONFIRMED.value, Status.COMPLETED.value]}
    query = {"guest_id": guest_id, "listing_id": listing_id, "status": stood}
    return bookings.exists(query, hint="guest_newest")


class GuestStay(TypedDict):
    _id: ObjectId
    listing_id: ObjectId
    check_in: dt.date
    check_out: dt.date
    guest_count: int
    status: str
    currency: str
    lines: list[Line]
    total_price: int


def guest_stays(guest_id: ObjectId) -> list[GuestStay]:
    """Returns a guest's stays that stand or have been, the latest booked first."""
    standing = [Status.PENDING, Status.CONFIRMED, Status.COMPLETED]
    query = {"guest_id": guest_id, "status": {"$in": [status.value for status in standing]}}
    found = bookings.find(query, dict.fromkeys(GuestStay.__annotations__, 1)).hint("guest_newest")
    return [
        GuestStay(
            _id=row["_id"],
            listing_id=row["listing_id"],
            check_in=row["check_in"].date(),
            check_out=row["check_out"].date(),
            guest_count=row["guest_count"],
            status=row["status"],
            currency=row["currency"],
            lines=row["lines"],
            total_price=row["total_price"],
        )
        for row in found.sort("_id", -1).limit(LATEST_STAYS)
    ]


def hold_list(guest_id: ObjectId, *, now: dt.datetime) -> HoldListReply:
    """The guest's holds that have not expired, the oldest first."""
    query = {"guest_id": guest_id, "expires_at": {"$gt": now}}
    return HoldListReply(results=hold_replies(holds.find(query).hint("guest_slot")))


def hold_replies(stored: Iterable[HoldRow]) -> list[HoldReply]:
    rows = sorted(stored, key=lambda hold: hold["_id"])
    listings = listing_summaries(row["listing_id"] for row in rows)
    return [hold_reply(row, listing=listings.get(row["listing_id"])) for row in rows]


def hold_reply(hold: HoldRow, *, listing: ListingSummaryReply | None) -> HoldReply:
    """The price that was shown is good for as long as the hold."""
    stay = Stay(
        hold["listing_id"], hold["check_in"].date(), hold["check_out"].date(), hold["guest_count"]
    )
    since = hold["created_at"].replace(tzinfo=dt.UTC)
    token = token_issue(
        stay,
        Priced(hold["lines"], hold["currency"]),
        now=since,
        guest_id=hold["guest_id"],
        quote_id=hold.get("quote_id") or str(hold["_id"]),
    )
    return HoldReply.of(hold, listing=listing, quote_token=token)
