from drf_spectacular.utils import OpenApiParameter, extend_schema_field
from rest_framework import serializers

from apps.bookings.enums import Action, Actor, PaymentStatus, Status
from apps.common.fields import MoneyField, ObjectIdField
from apps.common.openapi import MONEY, example
from apps.payments.openapi import PAYMENTS_USED
from apps.properties.enums import CancellationPolicy

LINES = [
    {
        "code": "NIGHTS",
        "label": "Nights",
        "quantity": 2,
        "unit_amount": 120.0,
        "amount": 240.0,
    },
    {
        "code": "CLEANING_FEE",
        "label": "Cleaning fee",
        "quantity": 1,
        "unit_amount": 30.0,
        "amount": 30.0,
    },
    {
        "code": "SERVICE_FEE",
        "label": "Service fee",
        "quantity": 1,
        "unit_amount": 32.4,
        "amount": 32.4,
    },
]
STAY = {
    "listing_id": "66f1c2a4b8e0d3f5a7c91e01",
    "check_in": "2026-12-16",
    "check_out": "2026-12-18",
    "guest_count": 2,
}
BOOKING = {
    "id": "66f1c2a4b8e0d3f5a7c91e55",
    **STAY,
    "guest_id": "66f1c2a4b8e0d3f5a7c91e10",
    "host_id": "66f1c2a4b8e0d3f5a7c91e24",
    "special_requests": "A cot, please.",
    "status": "pending",
    "payment_status": "unpaid",
    "cancellation_reason": None,
    "currency": "SGD",
    "version": 1,
    "created_at": "2026-11-22T08:15:00Z",
    "updated_at": "2026-11-22T08:15:00Z",
    "expires_at": "2026-11-23T08:15:00Z",
    "listing": {
        "id": STAY["listing_id"],
        "title": "A quiet flat by the river",
        "city": "Singapore",
        "country": "Singapore",
        "image": "https://example.com/media/listings/river-1600.webp",
    },
    "guest": {"first_name": "Ann"},
    "nights": 2,
    "lines": LINES,
    "total_price": 302.4,
    "paid": 0.0,
    "refunded": 0.0,
    "policy": {
        "name": "moderate",
        "tiers": [
            {"days_before": 5, "percent": 100, "until": "2026-12-11T07:00:00Z"},
            {"days_before": 1, "percent": 50, "until": "2026-12-15T07:00:00Z"},
        ],
        "grace_until": "2026-11-23T08:15:00Z",
        "time_zone": "Asia/Singapore",
    },
    "alteration": None,
    "allowed_actions": ["cancel", "update", "alter"],
    "history": [
        {
            "action": "request",
            "from_status": "",
            "to_status": "pending",
            "actor": "guest",
            "at": "2026-11-22T08:15:00Z",
            "reason": "",
        }
    ],
}
HOLD = {
    "id": "66f1c2a4b8e0d3f5a7c91e77",
    **STAY,
    "nights": 2,
    "lines": LINES,
    "total_price": 302.4,
    "currency": "SGD",
    "quote_token": "eyJzdGF5IjpbXX0:4mJ0o0cWkXb9",
    "expires_at": "2026-11-22T08:30:00Z",
    "created_at": "2026-11-22T08:15:00Z",
    "listing": BOOKING["listing"],
}
REFUSED_STAYS = {
    "VALIDATION_ERROR": "check_out: Must be after check_in.",
    "PAST_DATE": "check_in: Must be 2026-11-22 at the listing, or later.",
    "TOO_FAR_AHEAD": "check_in: Stays can be booked 90 days ahead: until 2027-02-20.",
    "LEAD_TIME": "check_in: The host needs 2 days notice: from 2026-11-24 on.",
    "CHECK_IN_DAY": "check_in: Stays here begin on Saturday; 2026-11-25 is a Wednesday.",
    "CHECK_OUT_DAY": "check_out: Stays here end on Saturday; 2026-11-25 is a Wednesday.",
    "MIN_STAY": "check_out: Stays here have 2 or more nights.",
    "MAX_STAY": "check_out: Stays here have at most 30 nights.",
    "TOO_MANY_GUESTS": "guest_count: There is room for 4 at most.",
}
TAKEN = {
    "NIGHTS_TAKEN": "Somebody else has these nights already: 2026-12-16. Choose other dates.",
    "LISTING_INACTIVE": "This listing takes no bookings at present.",
}
QUOTES_REFUSED = {
    "QUOTE_INVALID": "quote_token: This is not a quote of ours. Ask for the price again.",
    "QUOTE_EXPIRED": "The quote has run out. Ask for the price again: it may have changed.",
    "QUOTE_MISMATCH": "The quote is for another stay. Ask for the price again.",
}
QUOTES_OVER = {name: QUOTES_REFUSED[name] for name in ("QUOTE_EXPIRED", "QUOTE_MISMATCH")}
NOT_PAYABLE = {
    **PAYMENTS_USED,
    "PRICE_CHANGED": "The price has changed just now. Look at it again.",
}
IN_FLIGHT = {
    "IDEMPOTENCY_IN_FLIGHT": "The first request with this Idempotency-Key has not ended yet. Send "
    "the same again in a moment: it gets the reply of the first."
}
REFUND_CHANGED = {
    "REFUND_CHANGED": "By now 151.20 SGD would come back. Look at it again before you cancel."
}
ALTERATIONS_REFUSED = {
    "EXPECTED_TOTAL_CHANGED": "The price has changed since you saw it. Look at it again.",
    "ALTERATION_NEEDED": "That changes the price of a confirmed stay. Alter it instead.",
    "CURRENCY_CHANGED": "The listing is priced in EUR by now. Cancel and book again.",
    "STAY_BEGUN": "The stay has begun: its dates are settled.",
}
NOT_NOW = {
    "INVALID_TRANSITION": "A cancelled booking cannot be changed by accept. "
    "Nothing can be done to it."
}
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "pattern": "^[A-Za-z0-9_-]{8,100}$"},
    OpenApiParameter.HEADER,
    description="The same key with the same request gets the first reply and does nothing.",
)


@extend_schema_field({**MONEY, "minimum": -MONEY["maximum"]})
class SignedMoneyField(MoneyField):
    """Below nothing for a discount."""


class LineSerializer(serializers.Serializer):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    quantity = serializers.IntegerField()
    unit_amount = SignedMoneyField()
    amount = SignedMoneyField()


class ListingSummarySerializer(serializers.Serializer):
    id = ObjectIdField()
    title = serializers.CharField()
    city = serializers.CharField()
    country = serializers.CharField()
    image = serializers.CharField(allow_null=True)


class GuestSerializer(serializers.Serializer):
    first_name = serializers.CharField(allow_blank=True)


class ChangeSerializer(serializers.Serializer):
    action = serializers.ChoiceField(Action.choices)
    from_status = serializers.ChoiceField(Status.choices, allow_blank=True)
    to_status = serializers.ChoiceField(Status.choices)
    actor = serializers.ChoiceField(Actor.choices)
    at = serializers.DateTimeField()
    reason = serializers.CharField(allow_blank=True)


class NightPriceSerializer(serializers.Serializer):
    night = serializers.DateField()
    rate = MoneyField()
    rule = serializers.CharField()


class AlternativeSerializer(serializers.Serializer):
    check_in = serializers.DateField()
    check_out = serializers.DateField()
    total_price = MoneyField()


class TierSerializer(serializers.Serializer):
    days_before = serializers.IntegerField()
    percent = serializers.IntegerField()


class PolicySummarySerializer(serializers.Serializer):
    name = serializers.ChoiceField(CancellationPolicy.choices)
    summary = serializers.CharField()
    tiers = TierSerializer(many=True)


@example(
    {
        **STAY,
        "nights": 2,
        "currency": "SGD",
        "lines": LINES,
        "total_price": 302.4,
        "nightly": [
            {"night": "2026-12-16", "rate": 120.0, "rule": "base"},
            {"night": "2026-12-17", "rate": 120.0, "rule": "base"},
        ],
        "rules": [
            "Nights cost the base price.",
            "The cleaning fee is for the whole stay.",
            "The service fee is 12 % of all above it.",
        ],
        "available": True,
        "taken": [],
        "alternatives": [],
        "instant_book": False,
        "cancellation": {
            "name": "moderate",
            "summary": "Moderate: 100 % back until 5 days before check-in, "
            "50 % back until a day before check-in.",
            "tiers": [{"days_before": 5, "percent": 100}, {"days_before": 1, "percent": 50}],
        },
        "quote_token": "eyJzdGF5IjpbXX0:4mJ0o0cWkXb9",
        "expires_at": "2026-11-22T08:30:00Z",
    }
)
class QuoteSerializer(serializers.Serializer):
    listing_id = ObjectIdField()
    check_in = serializers.DateField()
    check_out = serializers.DateField()
    nights = serializers.IntegerField()
    guest_count = serializers.IntegerField()
    currency = serializers.CharField()
    lines = LineSerializer(many=True)
    nightly = NightPriceSerializer(many=True)
    rules = serializers.ListField(child=serializers.CharField())
    total_price = MoneyField()
    available = serializers.BooleanField()
    taken = serializers.ListField(child=serializers.DateField())
    alternatives = AlternativeSerializer(many=True)
    instant_book = serializers.BooleanField()
    cancellation = PolicySummarySerializer()
    quote_token = serializers.CharField()
    expires_at = serializers.DateTimeField()


@example(HOLD)
class HoldSerializer(serializers.Serializer):
    id = ObjectIdField()
    listing_id = ObjectIdField()
    check_in = serializers.DateField()
    check_out = serializers.DateField()
    guest_count = serializers.IntegerField()
    nights = serializers.IntegerField()
    lines = LineSerializer(many=True)
    total_price = MoneyField()
    currency = serializers.CharField()
    quote_token = serializers.CharField()
    expires_at = serializers.DateTimeField()
    created_at = serializers.DateTimeField()
    listing = ListingSummarySerializer(allow_null=True)


@example({"results": [HOLD]})
class HoldListSerializer(serializers.Serializer):
    results = HoldSerializer(many=True)


class DeadlineSerializer(TierSerializer):
    until = serializers.DateTimeField()


class PolicySerializer(serializers.Serializer):
    name = serializers.ChoiceField(CancellationPolicy.choices)
    tiers = DeadlineSerializer(many=True)
    grace_until = serializers.DateTimeField(allow_null=True)
    time_zone = serializers.CharField()


class ProposalSerializer(serializers.Serializer):
    check_in = serializers.DateField()
    check_out = serializers.DateField()
    nights = serializers.IntegerField()
    guest_count = serializers.IntegerField()
    lines = LineSerializer(many=True)
    total_price = MoneyField()
    difference = SignedMoneyField()
    proposed_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()


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
class AlterationPreviewSerializer(serializers.Serializer):
    check_in = serializers.DateField()
    check_out = serializers.DateField()
    guest_count = serializers.IntegerField()
    nights = serializers.IntegerField()
    currency = serializers.CharField()
    lines = LineSerializer(many=True)
    total_price = MoneyField()
    difference = SignedMoneyField(help_text="The new total less the old one.")
    needs_consent = serializers.BooleanField()
    available = serializers.BooleanField()
    taken = serializers.ListField(child=serializers.DateField())
    alternatives = AlternativeSerializer(many=True)


class RefundLineSerializer(serializers.Serializer):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    amount = SignedMoneyField()


@example(
    {
        "refund": 302.4,
        "non_refundable": 0.0,
        "percent": 100,
        "currency": "SGD",
        "reason": "Moderate policy: 100 % until 5 days before check-in.",
        "deadline_next": "2026-12-11T07:00:00Z",
        "tiers": [
            {"days_before": 5, "percent": 100, "until": "2026-12-11T07:00:00Z"},
            {"days_before": 1, "percent": 50, "until": "2026-12-15T07:00:00Z"},
        ],
        "time_zone": "Asia/Singapore",
        "lines": [{name: line[name] for name in ("code", "label", "amount")} for line in LINES],
        "paid": 302.4,
    }
)
class CancellationSerializer(serializers.Serializer):
    refund = MoneyField()
    non_refundable = MoneyField()
    percent = serializers.IntegerField()
    currency = serializers.CharField()
    reason = serializers.CharField()
    deadline_next = serializers.DateTimeField(
        allow_null=True, help_text="Until when as much comes back."
    )
    tiers = DeadlineSerializer(many=True)
    time_zone = serializers.CharField()
    lines = RefundLineSerializer(many=True)
    paid = MoneyField()


@example(BOOKING)
class BookingSerializer(serializers.Serializer):
    id = ObjectIdField()
    listing_id = ObjectIdField()
    guest_id = ObjectIdField()
    host_id = ObjectIdField()
    guest_count = serializers.IntegerField()
    special_requests = serializers.CharField(allow_blank=True)
    status = serializers.ChoiceField(Status.choices)
    payment_status = serializers.ChoiceField(PaymentStatus.choices)
    cancellation_reason = serializers.CharField(allow_blank=True, allow_null=True)
    currency = serializers.CharField()
    version = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)
    listing = ListingSummarySerializer(allow_null=True)
    guest = GuestSerializer()
    check_in = serializers.DateField()
    check_out = serializers.DateField()
    nights = serializers.IntegerField()
    lines = LineSerializer(many=True)
    total_price = MoneyField()
    paid = MoneyField()
    refunded = MoneyField()
    policy = PolicySerializer()
    alteration = ProposalSerializer(allow_null=True)
    allowed_actions = serializers.ListField(child=serializers.ChoiceField(Action.choices))
    history = ChangeSerializer(many=True)
