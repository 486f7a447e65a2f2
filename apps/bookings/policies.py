"""What a cancellation refunds. The policies are data; a booking keeps a copy of the one it was
made under, and old bookings without one have the moderate.

A tier's percentage is refunded of the nights, their discount and the service fee; the cleaning fee
and the tax are refunded in full until check-in, since neither is due before.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple, TypedDict
from zoneinfo import ZoneInfo

from apps.bookings.enums import Actor, Status
from apps.bookings.rows import BookingRow, PolicyRow
from apps.common.money import payable, percent_of
from apps.payments.services.ledger import account_of
from apps.properties.enums import CancellationPolicy
from apps.properties.pricing import Line

ALL = 100
# Each tier is (days before check-in, percent).
TIERS: Mapping[str, tuple[tuple[int, int], ...]] = {
    CancellationPolicy.FLEXIBLE: ((1, 100),),
    CancellationPolicy.MODERATE: ((5, 100), (1, 50)),
    CancellationPolicy.FIRM: ((30, 100), (7, 50)),
    CancellationPolicy.STRICT: ((60, 100), (14, 50)),
}
GRACE_HOURS = 24
GRACE_DAYS_BEFORE: Mapping[str, int] = {
    CancellationPolicy.FLEXIBLE: 2,
    CancellationPolicy.MODERATE: 2,
    CancellationPolicy.FIRM: 14,
    CancellationPolicy.STRICT: 14,
}
IN_FULL_BEFORE_CHECK_IN = frozenset({"CLEANING_FEE", "OCCUPANCY_TAX"})


class RefundedLine(TypedDict):
    code: str
    label: str
    amount: int


class Deadline(TypedDict):
    days_before: int
    percent: int
    until: dt.datetime


class Refund(NamedTuple):
    """What is refunded, in minor units."""

    amount: int
    percent: int
    reason: str
    lines: list[RefundedLine]


def policy_of(terms: Mapping[str, Any]) -> PolicyRow:
    """The listing's policy as a booking stores it."""
    name = terms["cancellation_policy"]
    return {
        "name": str(name),
        "tiers": [{"days_before": days, "percent": percent} for days, percent in TIERS[name]],
        "grace_hours": GRACE_HOURS,
        "grace_days_before": GRACE_DAYS_BEFORE[name],
        "check_in_time": terms.get("check_in_time") or "15:00",
        "time_zone": terms["time_zone"],
    }


def policy_kept(booking: BookingRow) -> PolicyRow:
    return booking.get("policy") or policy_of(
        {"cancellation_policy": CancellationPolicy.MODERATE, "time_zone": "UTC"}
    )


def check_in_at(policy: PolicyRow, check_in: dt.date) -> dt.datetime:
    hour, minute = map(int, policy["check_in_time"].split(":"))
    local = dt.datetime.combine(
        check_in, dt.time(hour, minute), tzinfo=ZoneInfo(policy["time_zone"])
    )
    return local.astimezone(dt.UTC)


def deadlines(policy: PolicyRow, check_in: dt.date) -> list[Deadline]:
    """Returns the deadline of each tier, the earliest first."""
    return [
        Deadline(
            days_before=tier["days_before"],
            percent=tier["percent"],
            until=check_in_at(policy, check_in - dt.timedelta(days=tier["days_before"])),
        )
        for tier in policy["tiers"]
    ]


def grace_until(policy: PolicyRow, check_in: dt.date, booked_at: dt.datetime) -> dt.datetime | None:
    """None where the stay was booked too late to have a time of grace."""
    booked_at = _aware(booked_at)
    last = check_in_at(policy, check_in - dt.timedelta(days=policy["grace_days_before"]))
    until = booked_at + dt.timedelta(hours=policy["grace_hours"])
    return until if booked_at <= last else None


def refund(booking: BookingRow, *, actor: Actor, at: dt.datetime) -> Refund:
    """What ending the stored `booking` at the instant `at` refunds of its price."""
    policy, check_in = policy_kept(booking), booking["check_in"].date()
    if booking["status"] == Status.PENDING:
        return Refund(0, ALL, "Nothing has been charged: the host has not accepted yet.", [])
    if actor is not Actor.GUEST:
        return _all(
            booking, f"Full refund: {'the host' if actor is Actor.OWNER else 'support'} cancelled."
        )
    grace = grace_until(policy, check_in, booking["created_at"])
    if grace and at <= grace:
        return _all(booking, f"Full refund: within {policy['grace_hours']} hours of booking.")
    if at >= check_in_at(policy, check_in):
        return Refund(0, 0, "No refund: the stay has begun.", [])
    for tier in deadlines(policy, check_in):
        if at <= tier["until"]:
            return _part(booking, tier["percent"], _reason(policy["name"], tier))
    return _part(booking, 0, f"The last deadline of the {policy['name']} policy has passed.")


def _aware(at: dt.datetime) -> dt.datetime:
    return at if at.tzinfo else at.replace(tzinfo=dt.UTC)


def _reason(name: str, tier: Deadline) -> str:
    days = _days(tier["days_before"])
    return f"{name.capitalize()} policy: {tier['percent']} % until {days} before check-in."


def _all(booking: BookingRow, reason: str) -> Refund:
    lines = [_line(line, line["amount"]) for line in booking["lines"]]
    return Refund(booking["total_price"], ALL, reason, lines)


def _part(booking: BookingRow, percent: int, reason: str) -> Refund:
    lines = [_line(line, _share(line, percent)) for line in booking["lines"]]
    _fill_up(lines, booking)
    return Refund(
        sum(line["amount"] for line in lines),
        percent,
        reason,
        [line for line in lines if line["amount"]],
    )


def _fill_up(lines: list[RefundedLine], booking: BookingRow) -> None:
    """Adds what is missing to an amount that can be paid, to those to whom most is left. The price
    is such an amount, so that enough is left."""
    amount = sum(line["amount"] for line in lines)
    missing = payable(amount, booking["currency"]) - amount
    if not missing:
        return
    left: dict[str, dict[int, int]] = defaultdict(dict)
    for at, (whole, line) in enumerate(zip(booking["lines"], lines, strict=True)):
        left[account_of(line["code"], host_id=booking["host_id"])][at] = (
            whole["amount"] - line["amount"]
        )
    for of in sorted(left.values(), key=lambda of: -sum(of.values())):
        more = min(missing, sum(of.values()))
        lines[max(of, key=lambda at: of[at])]["amount"] += more
        missing -= more


def _share(line: Line, percent: int) -> int:
    whole = line["amount"]
    return whole if line["code"] in IN_FULL_BEFORE_CHECK_IN else percent_of(whole, percent)


def _line(line: Line, amount: int) -> RefundedLine:
    return {"code": line["code"], "label": line["label"], "amount": amount}


def summary(policy: PolicyRow) -> str:
    """Sums the policy up for somebody who has not booked yet."""
    parts = [
        f"{tier['percent']} % back until {_days(tier['days_before'])} before check-in"
        for tier in policy["tiers"]
    ]
    return f"{policy['name'].capitalize()}: {', '.join(parts)}."


def _days(count: int) -> str:
    return "a day" if count == 1 else f"{count} days"
