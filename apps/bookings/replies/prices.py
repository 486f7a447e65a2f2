import datetime as dt
from typing import Annotated, Self

from apps.bookings import policies
from apps.bookings.replies.bookings import LineReply
from apps.bookings.replies.samples import HOLD, QUOTE
from apps.bookings.rows import HoldRow, PolicyRow
from apps.common.money import to_wire
from apps.common.replies import Id, Instant, Money, Reply, choices, example, instant
from apps.properties.enums import CancellationPolicy
from apps.properties.replies import ListingSummaryReply


class NightPriceReply(Reply, frozen=True, kw_only=True, gc=False):
    night: dt.date
    rate: Money
    rule: str


class AlternativeReply(Reply, frozen=True, kw_only=True, gc=False):
    check_in: dt.date
    check_out: dt.date
    total_price: Money


class TierReply(Reply, frozen=True, kw_only=True, gc=False):
    days_before: int
    percent: int


class PolicySummaryReply(Reply, frozen=True, kw_only=True, gc=False):
    name: Annotated[str, choices(CancellationPolicy)]
    summary: str
    tiers: list[TierReply]

    @classmethod
    def of(cls, policy: PolicyRow) -> Self:
        return cls(
            name=policy["name"],
            summary=policies.summary(policy),
            tiers=[TierReply(**tier) for tier in policy["tiers"]],
        )


@example(QUOTE)
class QuoteReply(Reply, frozen=True, kw_only=True, gc=False):
    listing_id: Id
    check_in: dt.date
    check_out: dt.date
    nights: int
    guest_count: int
    currency: str
    lines: list[LineReply]
    nightly: list[NightPriceReply]
    rules: list[str]
    total_price: Money
    available: bool
    taken: list[dt.date]
    alternatives: list[AlternativeReply]
    instant_book: bool
    cancellation: PolicySummaryReply
    quote_token: str
    expires_at: Instant


@example(HOLD)
class HoldReply(Reply, frozen=True, kw_only=True, gc=False):
    id: Id
    listing_id: Id
    check_in: dt.date
    check_out: dt.date
    guest_count: int
    nights: int
    lines: list[LineReply]
    total_price: Money
    currency: str
    quote_token: str
    expires_at: Instant
    created_at: Instant
    listing: ListingSummaryReply | None

    @classmethod
    def of(cls, hold: HoldRow, *, listing: ListingSummaryReply | None, quote_token: str) -> Self:
        return cls(
            id=hold["_id"],
            listing_id=hold["listing_id"],
            check_in=hold["check_in"].date(),
            check_out=hold["check_out"].date(),
            guest_count=hold["guest_count"],
            nights=(hold["check_out"] - hold["check_in"]).days,
            lines=[LineReply.of(line, hold["currency"]) for line in hold["lines"]],
            total_price=to_wire(hold["total_price"], hold["currency"]),
            currency=hold["currency"],
            quote_token=quote_token,
            expires_at=instant(hold["expires_at"]),
            created_at=instant(hold["created_at"]),
            listing=listing,
        )


@example({"results": [HOLD]})
class HoldListReply(Reply, frozen=True, kw_only=True, gc=False):
    results: list[HoldReply]
