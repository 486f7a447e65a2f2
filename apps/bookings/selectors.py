"""Reads of bookings. A caller sees what is theirs; another's booking does not exist for them."""

from typing import Any

from bson import ObjectId

from apps.accounts.selectors import first_names
from apps.bookings import states
from apps.bookings.enums import Actor, Status
from apps.bookings.quote import lines_to_wire
from apps.common import mongo
from apps.common.errors import NotFoundError
from apps.common.money import to_wire
from apps.common.pagination import Page, paginated
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


def booking_view(
    booking: dict[str, Any],
    *,
    listing: dict[str, Any] | None,
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
        "allowed_actions": states.actions_allowed(Status(booking["status"]), actor),
        "history": [{name: change[name] for name in HISTORY} for change in booking["history"]],
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


def booking_page(
    *, field: str, person_id: ObjectId, actor: Actor, page: Page, status: str | None = None
) -> dict[str, Any]:
    """The bookings in which `field` (guest_id or host_id) is the person, newest first."""
    bookings = mongo.collection("bookings")
    query = {field: person_id, **({"status": status} if status else {})}
    hint = "guest_newest" if field == "guest_id" else "host_newest"
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
