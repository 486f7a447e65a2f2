"""What a change would cost or refund, before it is made."""

import datetime as dt
from typing import Annotated

from msgspec import Meta

from apps.bookings.replies.bookings import DeadlineReply, LineReply
from apps.bookings.replies.prices import AlternativeReply
from apps.bookings.replies.samples import DEADLINES, LINES, STAY
from apps.common.replies import Instant, Money, Reply, SignedMoney, example


@example(
    {
        **{name: STAY[name] for name in ("check_in", "check_out", "guest_count")},
        "nights": 2,
        "currency": "SGD",
        "lines": LINES,
        "total_price": 302.4,
        "difference": -151.2,
        "needs_consent": True,
        "available": True,
        "taken": [],
        "alternatives": [],
    }
)
class AlterationPreviewReply(Reply, frozen=True, kw_only=True, gc=False):
    check_in: dt.date
    check_out: dt.date
    guest_count: int
    nights: int
    currency: str
    lines: list[LineReply]
    total_price: Money
    difference: Annotated[SignedMoney, Meta(description="The new total less the old one.")]
    needs_consent: bool
    available: bool
    taken: list[dt.date]
    alternatives: list[AlternativeReply]


class RefundLineReply(Reply, frozen=True, kw_only=True, gc=False):
    code: str
    label: str
    amount: SignedMoney


@example(
    {
        "refund": 302.4,
        "non_refundable": 0.0,
        "percent": 100,
        "currency": "SGD",
        "reason": "Moderate policy: 100 % until 5 days before check-in.",
        "deadline_next": "2026-12-11T07:00:00Z",
        "tiers": DEADLINES,
        "time_zone": "Asia/Singapore",
        "lines": [{name: line[name] for name in ("code", "label", "amount")} for line in LINES],
        "paid": 302.4,
    }
)
class CancellationReply(Reply, frozen=True, kw_only=True, gc=False):
    refund: Money
    non_refundable: Money
    percent: int
    currency: str
    reason: str
    deadline_next: Annotated[
        Instant | None, Meta(description="Until when the same amount is refunded.")
    ]
    tiers: list[DeadlineReply]
    time_zone: str
    lines: list[RefundLineReply]
    paid: Money
