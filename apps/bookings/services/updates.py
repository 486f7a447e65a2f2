"""A guest changes what was asked for: who comes, the wishes, and the dates while it is pending."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bson import ObjectId

from apps.bookings import events, quote, states
from apps.bookings.enums import Action, Actor, Status
from apps.bookings.selectors import booking_stored
from apps.bookings.services.rules import change_row, compare_and_set, target_of
from apps.common import mongo
from apps.common.errors import ConflictError, StaleVersionError
from apps.properties.nights import midnight
from apps.properties.selectors import listing_terms
from apps.properties.services import nights_move

DATES = ("check_in", "check_out")


def booking_update(
    *,
    booking_id: ObjectId,
    actor: Actor,
    changes: Mapping[str, Any],
    now: dt.datetime,
    actor_id: ObjectId | None = None,
    version: int | None = None,
) -> dict[str, Any]:
    """`changes` has some of guest_count, special_requests, and both of check_in and check_out.

    What is so already changes nothing. Raises `StaleVersionError` for another `version`,
    `ConflictError` where the state does not allow it, `InvalidInputError` for the listing's rules,
    and `NightsTakenError`.
    """

    def transaction() -> dict[str, Any]:
        before = booking_stored(booking_id)
        if version is not None and version != before["version"]:
            raise StaleVersionError(version=before["version"])
        status = target_of(Status(before["status"]), Action.UPDATE, actor)
        wanted = {
            name: midnight(value) if name in DATES else value for name, value in changes.items()
        }
        news = {name: value for name, value in wanted.items() if value != before[name]}
        if not news:
            return before
        values = _values(before, wanted, news, now=now)
        change = change_row(
            Action.UPDATE, before["status"], status, actor, actor_id, now, _told(before, news)
        )
        after = compare_and_set(before, {**values, "updated_at": now}, change)
        events.booking_status_updated(after, change, now=now)
        return after

    return mongo.run_in_transaction(transaction)


def _values(
    before: dict[str, Any], wanted: dict[str, Any], news: dict[str, Any], *, now: dt.datetime
) -> dict[str, Any]:
    """What is stored; the nights of new dates are claimed here, and the old ones freed."""
    terms = listing_terms(before["listing_id"])
    guest_count = wanted.get("guest_count", before["guest_count"])
    if not any(name in news for name in DATES):
        quote.guests_check(terms, guest_count)
        return news
    if before["status"] not in states.DATES_MOVE_WHILE:
        raise ConflictError(
            f"The dates of a {before['status']} booking are settled. Cancel it and ask again.",
            code="INVALID_TRANSITION",
            status=before["status"],
        )
    old, new = _stay(before), _stay(wanted)
    quote.stay_check(terms, check_in=new[0], check_out=new[1], guest_count=guest_count, now=now)
    nights_move(
        listing_id=before["listing_id"], owner_id=str(before["_id"]), old=old, new=new, now=now
    )
    lines = quote.price_lines(terms, nights=(new[1] - new[0]).days)
    price = {
        "lines": lines,
        "total_price": quote.total_of(lines),
        "currency": terms["currency"],
    }
    return {**news, **price}


def _stay(row: dict[str, Any]) -> tuple[dt.date, dt.date]:
    return row["check_in"].date(), row["check_out"].date()


def _told(before: dict[str, Any], news: dict[str, Any]) -> str:
    """What changed, as the owner is told."""
    parts = []
    if any(name in news for name in DATES):
        first, last = _stay({**before, **news})
        was_first, was_last = _stay(before)
        parts.append(
            f"dates {was_first:%-d %b %Y} to {was_last:%-d %b %Y}"
            f" -> {first:%-d %b %Y} to {last:%-d %b %Y}"
        )
    if "guest_count" in news:
        parts.append(f"guests {before['guest_count']} -> {news['guest_count']}")
    if "special_requests" in news:
        parts.append("special requests")
    return f"Changed: {', '.join(parts)}"
