from typing import Annotated, Self

from apps.common.money import to_wire
from apps.common.replies import Id, Instant, Money, Reply, choices, example, instant
from apps.payments.enums import PaymentState
from apps.payments.rows import PaymentRow


@example(
    {
        "id": "66f1c2a4b8e0d3f5a7c91e88",
        "booking_id": None,
        "provider": "sandbox",
        "method": "pm_card_authentication_required",
        "currency": "SGD",
        "status": "authorised",
        "problem": "",
        "created_at": "2026-11-22T08:15:00Z",
        "amount": 302.4,
        "captured": 0.0,
        "refunded": 0.0,
    }
)
class PaymentReply(Reply, frozen=True, kw_only=True, gc=False):
    id: Id
    booking_id: Id | None
    provider: str
    method: str
    currency: str
    status: Annotated[str, choices(PaymentState)]
    problem: str
    created_at: Instant
    amount: Money
    captured: Money
    refunded: Money

    @classmethod
    def of(cls, payment: PaymentRow) -> Self:
        return cls(
            id=payment["_id"],
            booking_id=payment["booking_id"],
            provider=payment["provider"],
            method=payment["method"],
            currency=payment["currency"],
            status=payment["status"],
            problem=payment["problem"],
            created_at=instant(payment["created_at"]),
            amount=to_wire(payment["amount"], payment["currency"]),
            captured=to_wire(payment["captured"], payment["currency"]),
            refunded=to_wire(payment["refunded"], payment["currency"]),
        )


class PaymentMethodReply(Reply, frozen=True, kw_only=True, gc=False):
    id: str
    label: str
    outcome: str


@example(
    {
        "provider": "sandbox",
        "methods": [
            {"id": "pm_card_visa", "label": "Visa ending in 4242", "outcome": "succeeds"},
            {"id": "pm_card_declined", "label": "Card that is declined", "outcome": "declines"},
        ],
    }
)
class PaymentMethodsReply(Reply, frozen=True, kw_only=True, gc=False):
    provider: str
    methods: list[PaymentMethodReply]


@example({"received": True})
class ReceivedReply(Reply, frozen=True, kw_only=True, gc=False):
    received: bool
