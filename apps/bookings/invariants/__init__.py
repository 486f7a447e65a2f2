"""What must hold of all bookings at any time, whatever raced or failed. Reads only.

For quiet systems: the reads are not one snapshot. Everything is read once, in streams, and what
can be summed up by the database is.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from apps.bookings.invariants.changes import Events, is_illegal
from apps.bookings.invariants.keys import Keys
from apps.bookings.invariants.money import Money
from apps.bookings.invariants.nights import HOLDS_NIGHTS, Claims, overlaps
from apps.bookings.rows import BookingRow, bookings
from apps.calendars.invariants import feeds_unclaimed
from apps.payments.invariants import (
    currencies_unbalanced,
    entries_unbalanced,
    payments_overdrawn,
)

__all__ = ["HOLDS_NIGHTS", "breaches"]

FIELDS = (
    *("listing_id", "check_in", "check_out", "prep_nights", "alteration", "status", "version"),
    *("history", "created_at", "total_price", "currency", "policy.name"),
    *("paid", "refunded", "payment_status"),
)
Checks = Mapping[str, Callable[[BookingRow], bool]]


def breaches(*, now: dt.datetime) -> dict[str, list[str]]:
    """The ids of what breaks each invariant."""
    claims, events, money, keys = Claims(now), Events(now), Money(), Keys()
    of_bookings = _bookings(
        {
            "bookings whose claims are not exactly their nights": claims.differ,
            "proposed alterations whose new nights are not held": claims.proposal_differs,
            "bookings with a history that the state table does not allow": is_illegal,
            "bookings with a change without its event, or the reverse": events.differ,
            "bookings that are confirmed and not charged their price": money.uncharged,
            "bookings whose paid and refunded are not those of their payments": money.differ,
            "bookings whose cash in the ledger is not theirs": money.cash_differs,
        },
        seen=keys.seen,
    )
    return {
        "stays of one listing that overlap": list(overlaps()),
        **of_bookings,
        "holds whose claims are not exactly their nights": list(claims.holds_differ()),
        "claims without an active owner": list(claims.orphans()),
        "calendars of other sites whose nights are not exactly claimed": list(
            feeds_unclaimed(now=now)
        ),
        "claims whose key is not their listing and night": list(claims.misnamed()),
        "events without their booking": list(events.orphans()),
        "payments with more captured or refunded than there was": list(payments_overdrawn()),
        "ledger entries that do not sum to zero": list(entries_unbalanced()),
        "currencies whose ledger does not sum to zero": list(currencies_unbalanced()),
        "idempotency keys whose booking does not exist": list(keys.orphans()),
        "idempotency keys with two results": list(keys.twice()),
    }


def _bookings(checks: Checks, *, seen: Callable[[BookingRow], None]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {name: [] for name in checks}
    for booking in _stored():
        seen(booking)
        for name, is_broken in checks.items():
            if is_broken(booking):
                found[name].append(str(booking["_id"]))
    return found


def _stored() -> Iterable[BookingRow]:
    return bookings.find({}, dict.fromkeys(FIELDS, 1))
