"""Reads of bookings. A caller sees what is theirs; another's booking does not exist for them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bson import ObjectId

from apps.accounts.selectors import first_names
from apps.bookings import policies, states
from apps.bookings.enums import Action, Actor, Status
from apps.bookings.quote import Priced, Stay, lines_to_wire, token_issue
from apps.common import mongo
from apps.common.errors import ConflictError, NotFoundError
from apps.common.money import to_wire
from apps.common.pagination import Page, paginated
from apps.properties.nights import midnight
from apps.properties.replies import ListingSummaryReply
from apps.properties.selectors import listing_summaries

COPIED = (
    "listing_id",
    "guest_id",
    "host_id",
    "guest_count",
    "special_requests",
    "status",
    "payment_status",
    "cancellation_reason",
    "currency",
    "version",
    "created_at",
    "updated_at",
    "expires_at",
)
HISTORY = ("action", "from_status", "to_status", "actor", "at", "reason")


def actor_of(booking: dict[str, Any], viewer_id: ObjectId, *, is_staff: bool = False) -> Actor:
    """As what the viewer acts; raises `NotFoundError` for somebody else's booking."""
    if viewer_id == booking["guest_id"]:
        return Actor.GUEST
    if viewer_id == booking["host_id"]:
        return Actor.OWNER
    if is_staff:
        return Actor.STAFF
    raise NotFoundError("There is no such booking.")


def booking_stored(booking_id: ObjectId) -> dict[str, Any]:
    found = mongo.collection("bookings").find_one({"_id": booking_id}, session=mongo.session())
    if found is None:
        raise NotFoundError("There is no such booking.")
    return found


def booking_stays(booking_ids: Iterable[ObjectId]) -> list[dict[str, Any]]:
    """{id, check_in, check_out}, by check-in; of the running transaction where there is one."""
    found = mongo.collection("bookings").find(
        {"_id": {"$in": list(booking_ids)}},
        {"check_in": 1, "check_out": 1},
        session=mongo.session(),
    )
    stays = [
        {"id": row["_id"], **{name: row[name].date() for name in ("check_in", "check_out")}}
        for row in found
    ]
    return sorted(stays, key=lambda stay: stay["check_in"])


def booking_view(
    booking: dict[str, Any],
    *,
    listing: ListingSummaryReply | None,
    guest_first_name: str,
    actor: Actor,
) -> dict[str, Any]:
    return {
        "id": booking["_id"],
        **{name: booking[name] for name in COPIED},
        "listing": listing,
        "guest": {"first_name": guest_first_name},
        "check_in": booking["check_in"].date(),
        "check_out": booking["check_out"].date(),
        "nights": (booking["check_out"] - booking["check_in"]).days,
        "lines": lines_to_wire(booking["lines"]),
        "total_price": to_wire(booking["total_price"]),
        "paid": to_wire(booking.get("paid") or 0),
        "refunded": to_wire(booking.get("refunded") or 0),
        "policy": _policy_view(booking),
        "alteration": _alteration_view(booking),
        "allowed_actions": states.actions_allowed(
            Status(booking["status"]), actor, has_proposal=bool(booking.get("alteration"))
        ),
        "history": [{name: change[name] for name in HISTORY} for change in booking["history"]],
    }


def _alteration_view(booking: dict[str, Any]) -> dict[str, Any] | None:
    """What the guest proposes; `difference` is the new total less the old one."""
    proposal = booking.get("alteration")
    if not proposal:
        return None
    return {
        "check_in": proposal["check_in"].date(),
        "check_out": proposal["check_out"].date(),
        "nights": (proposal["check_out"] - proposal["check_in"]).days,
        "guest_count": proposal["guest_count"],
        "lines": lines_to_wire(proposal["lines"]),
        "total_price": to_wire(proposal["total_price"]),
        "difference": to_wire(proposal["total_price"] - booking["total_price"]),
        "proposed_at": proposal["proposed_at"],
        "expires_at": proposal["expires_at"],
    }


def _policy_view(booking: dict[str, Any]) -> dict[str, Any]:
    """With the instants of its deadlines; `time_zone` is where they are meant."""
    policy, check_in = policies.policy_kept(booking), booking["check_in"].date()
    return {
        "name": policy["name"],
        "tiers": policies.deadlines(policy, check_in),
        "grace_until": policies.grace_until(policy, check_in, booking["created_at"]),
        "time_zone": policy["time_zone"],
    }


def cancellation_preview(booking_id: ObjectId, *, actor: Actor, at: dt.datetime) -> dict[str, Any]:
    """What `policies.refund` gives back; raises `ConflictError` for what cannot be cancelled."""
    booking = booking_stored(booking_id)
    if not states.target_of(Status(booking["status"]), Action.CANCEL, actor):
        raise ConflictError(
            f"A {booking['status']} booking cannot be cancelled.",
            code="INVALID_TRANSITION",
            status=booking["status"],
        )
    back = policies.refund(booking, actor=actor, at=at)
    policy, paid = _policy_view(booking), booking.get("paid") or 0
    ends = [tier["until"] for tier in policy["tiers"]] + [policy["grace_until"]]
    return {
        "refund": to_wire(back.amount),
        "non_refundable": to_wire(max(0, paid - (booking.get("refunded") or 0) - back.amount)),
        "percent": back.percent,
        "currency": booking["currency"],
        "reason": back.reason,
        "deadline_next": min((until for until in ends if until and until >= at), default=None),
        "tiers": policy["tiers"],
        "time_zone": policy["time_zone"],
        "lines": [{**line, "amount": to_wire(line["amount"])} for line in back.lines],
        "paid": to_wire(paid),
    }


def booking_detail(
    booking: dict[str, Any], *, viewer_id: ObjectId, is_staff: bool = False
) -> dict[str, Any]:
    actor = actor_of(booking, viewer_id, is_staff=is_staff)
    listings = listing_summaries([booking["listing_id"]])
    return booking_view(
        booking,
        listing=listings.get(booking["listing_id"]),
        guest_first_name=first_names([booking["guest_id"]]).get(booking["guest_id"], ""),
        actor=actor,
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
        wanted: dict[str, Any] = {}
        if self.status:
            wanted["status"] = self.status
        if self.changes:
            wanted |= states.HAS_PROPOSAL
        if self.listing_id:
            wanted["listing_id"] = self.listing_id
        if self.end:
            wanted["check_in"] = {"$lt": midnight(self.end)}
        if self.start:
            wanted["check_out"] = {"$gt": midnight(self.start)}
        return wanted

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
) -> dict[str, Any]:
    """The bookings in which `field` (guest_id or host_id) is the person, newest first."""
    bookings = mongo.collection("bookings")
    query = {field: person_id, **filters.query()}
    hint = filters.index(field.removesuffix("_id"))
    found = bookings.find(query).hint(hint).sort("_id", -1).skip(page.skip).limit(page.per_page)
    rows = list(found)
    listings = listing_summaries(row["listing_id"] for row in rows)
    names = first_names([row["guest_id"] for row in rows])
    results = [
        booking_view(
            row,
            listing=listings.get(row["listing_id"]),
            guest_first_name=names.get(row["guest_id"], ""),
            actor=actor,
        )
        for row in rows
    ]
    return paginated(results, page=page, total=bookings.count_documents(query, hint=hint))


STAY = dict.fromkeys(
    (
        "listing_id",
        "check_in",
        "check_out",
        "guest_count",
        "status",
        "currency",
        "lines",
        "total_price",
    ),
    1,
)
LATEST_STAYS = 100


def guest_stays(guest_id: ObjectId) -> list[dict[str, Any]]:
    """A guest's stays that stand or have been, the latest booked first."""
    standing = [Status.PENDING, Status.CONFIRMED, Status.COMPLETED]
    query = {"guest_id": guest_id, "status": {"$in": [status.value for status in standing]}}
    found = mongo.collection("bookings").find(query, STAY).hint("guest_newest")
    return [
        {**row, "check_in": row["check_in"].date(), "check_out": row["check_out"].date()}
        for row in found.sort("_id", -1).limit(LATEST_STAYS)
    ]


def hold_page(guest_id: ObjectId, *, now: dt.datetime) -> list[dict[str, Any]]:
    """The guest's holds that have not run out, the oldest first."""
    query = {"guest_id": guest_id, "expires_at": {"$gt": now}}
    return hold_views(mongo.collection("holds").find(query).hint("guest_slot"))


def hold_views(holds: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = sorted(holds, key=lambda hold: hold["_id"])
    listings = listing_summaries(row["listing_id"] for row in rows)
    return [hold_view(row, listing=listings.get(row["listing_id"])) for row in rows]


def hold_view(hold: dict[str, Any], *, listing: ListingSummaryReply | None) -> dict[str, Any]:
    """The price that was shown is good for as long as the hold."""
    stay = Stay(
        hold["listing_id"], hold["check_in"].date(), hold["check_out"].date(), hold["guest_count"]
    )
    priced, since = Priced(hold["lines"], hold["currency"]), hold["created_at"]
    return {
        "id": hold["_id"],
        **stay._asdict(),
        "nights": (stay.check_out - stay.check_in).days,
        "lines": lines_to_wire(priced.lines),
        "total_price": to_wire(priced.total),
        "currency": priced.currency,
        "quote_token": token_issue(stay, priced, now=since.replace(tzinfo=dt.UTC)),
        "expires_at": hold["expires_at"],
        "created_at": since,
        "listing": listing,
    }
