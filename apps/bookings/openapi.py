from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from apps.bookings.enums import Action, Actor, PaymentStatus, Status
from apps.common.fields import MoneyField, ObjectIdField
from apps.common.openapi import example

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
    "allowed_actions": ["cancel", "update"],
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
REFUSED_STAYS = {
    "VALIDATION_ERROR": "check_out: Must be after check_in.",
    "PAST_DATE": "check_in: Must be 2026-11-22 at the listing, or later.",
    "TOO_FAR_AHEAD": "check_in: Stays can be booked two years ahead.",
    "MIN_STAY": "check_out: Stays here have 2 or more nights.",
    "MAX_STAY": "check_out: Stays here have at most 30 nights.",
    "TOO_MANY_GUESTS": "guest_count: There is room for 4 at most.",
}
TAKEN = {
    "NIGHTS_TAKEN": "Somebody else has these nights already: 2026-12-16. Choose other dates.",
    "LISTING_INACTIVE": "This listing takes no bookings at present.",
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


class LineSerializer(serializers.Serializer):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    quantity = serializers.IntegerField()
    unit_amount = MoneyField()
    amount = MoneyField()


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


@example(
    {
        **STAY,
        "nights": 2,
        "currency": "SGD",
        "lines": LINES,
        "total_price": 302.4,
        "available": True,
        "taken": [],
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
    total_price = MoneyField()
    available = serializers.BooleanField()
    taken = serializers.ListField(child=serializers.DateField())


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
    allowed_actions = serializers.ListField(child=serializers.ChoiceField(Action.choices))
    history = ChangeSerializer(many=True)
