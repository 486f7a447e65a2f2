import datetime as dt
from typing import Annotated, Self

from apps.bookings import policies, states
from apps.bookings.enums import Action, Actor, PaymentStatus, Status
from apps.bookings.replies.samples import BOOKING
from apps.bookings.rows import BookingRow, ChangeRow
from apps.common.money import to_wire
from apps.common.replies import (
    Id,
    Instant,
    Money,
    Reply,
    SignedMoney,
    choices,
    example,
    instant,
    instant_or_none,
)
from apps.properties.enums import CancellationPolicy
from apps.properties.pricing import Line
from apps.properties.replies import ListingSummaryReply


class LineReply(Reply, frozen=True, kw_only=True, gc=False):
    code: str
    label: str
    quantity: int
    unit_amount: SignedMoney
    amount: SignedMoney

    @classmethod
    def of(cls, line: Line, currency: str) -> Self:
        return cls(
            code=line["code"],
            label=line["label"],
            quantity=line["quantity"],
            unit_amount=to_wire(line["unit_amount"], currency),
            amount=to_wire(line["amount"], currency),
        )


class GuestReply(Reply, frozen=True, kw_only=True, gc=False):
    first_name: str


class ChangeReply(Reply, frozen=True, kw_only=True, gc=False):
    action: Annotated[str, choices(Action)]
    from_status: Annotated[str, choices(Status, "")]
    to_status: Annotated[str, choices(Status)]
    actor: Annotated[str, choices(Actor)]
    at: Instant
    reason: str

    @classmethod
    def of(cls, change: ChangeRow) -> Self:
        return cls(
            action=change["action"],
            from_status=change["from_status"],
            to_status=change["to_status"],
            actor=change["actor"],
            at=instant(change["at"]),
            reason=change["reason"],
        )


class DeadlineReply(Reply, frozen=True, kw_only=True, gc=False):
    days_before: int
    percent: int
    until: Instant


class PolicyReply(Reply, frozen=True, kw_only=True, gc=False):
    """With the instants of its deadlines; `time_zone` is where they are meant."""

    name: Annotated[str, choices(CancellationPolicy)]
    tiers: list[DeadlineReply]
    grace_until: Instant | None
    time_zone: str

    @classmethod
    def of(cls, booking: BookingRow) -> Self:
        policy, check_in = policies.policy_kept(booking), booking["check_in"].date()
        return cls(
            name=policy["name"],
            tiers=[DeadlineReply(**tier) for tier in policies.deadlines(policy, check_in)],
            grace_until=instant_or_none(
                policies.grace_until(policy, check_in, booking["created_at"])
            ),
            time_zone=policy["time_zone"],
        )


class ProposalReply(Reply, frozen=True, kw_only=True, gc=False):
    """What the guest proposes; `difference` is the new total less the old one."""

    check_in: dt.date
    check_out: dt.date
    nights: int
    guest_count: int
    lines: list[LineReply]
    total_price: Money
    difference: SignedMoney
    proposed_at: Instant
    expires_at: Instant

    @classmethod
    def of(cls, booking: BookingRow) -> Self | None:
        proposal, currency = booking.get("alteration"), booking["currency"]
        if not proposal:
            return None
        return cls(
            check_in=proposal["check_in"].date(),
            check_out=proposal["check_out"].date(),
            nights=(proposal["check_out"] - proposal["check_in"]).days,
            guest_count=proposal["guest_count"],
            lines=[LineReply.of(line, currency) for line in proposal["lines"]],
            total_price=to_wire(proposal["total_price"], currency),
            difference=to_wire(proposal["total_price"] - booking["total_price"], currency),
            proposed_at=instant(proposal["proposed_at"]),
            expires_at=instant(proposal["expires_at"]),
        )


@example(BOOKING)
class BookingReply(Reply, frozen=True, kw_only=True, gc=False):
    id: Id
    listing_id: Id
    guest_id: Id
    host_id: Id
    guest_count: int
    special_requests: str
    status: Annotated[str, choices(Status)]
    payment_status: Annotated[str, choices(PaymentStatus)]
    cancellation_reason: str | None
    currency: str
    version: int
    created_at: Instant
    updated_at: Instant
    expires_at: Instant | None
    listing: ListingSummaryReply | None
    guest: GuestReply
    check_in: dt.date
    check_out: dt.date
    nights: int
    lines: list[LineReply]
    total_price: Money
    paid: Money
    refunded: Money
    policy: PolicyReply
    alteration: ProposalReply | None
    allowed_actions: list[Annotated[str, choices(Action)]]
    history: list[ChangeReply]

    @classmethod
    def of(
        cls,
        booking: BookingRow,
        *,
        listing: ListingSummaryReply | None,
        guest_first_name: str,
        actor: Actor,
    ) -> Self:
        currency = booking["currency"]
        return cls(
            id=booking["_id"],
            listing_id=booking["listing_id"],
            guest_id=booking["guest_id"],
            host_id=booking["host_id"],
            guest_count=booking["guest_count"],
            special_requests=booking["special_requests"],
            status=booking["status"],
            payment_status=booking["payment_status"],
            cancellation_reason=booking["cancellation_reason"],
            currency=currency,
            version=booking["version"],
            created_at=instant(booking["created_at"]),
            updated_at=instant(booking["updated_at"]),
            expires_at=instant_or_none(booking["expires_at"]),
            listing=listing,
            guest=GuestReply(first_name=guest_first_name),
            check_in=booking["check_in"].date(),
            check_out=booking["check_out"].date(),
            nights=(booking["check_out"] - booking["check_in"]).days,
            lines=[LineReply.of(line, currency) for line in booking["lines"]],
            total_price=to_wire(booking["total_price"], currency),
            paid=to_wire(booking.get("paid") or 0, currency),
            refunded=to_wire(booking.get("refunded") or 0, currency),
            policy=PolicyReply.of(booking),
            alteration=ProposalReply.of(booking),
            allowed_actions=list(
                states.actions_allowed(
                    Status(booking["status"]), actor, has_proposal=bool(booking.get("alteration"))
                )
            ),
            history=[ChangeReply.of(change) for change in booking["history"]],
        )
