from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from apps.bookings.enums import Status
from apps.common.fields import MoneyField, ObjectIdField
from apps.common.openapi import example
from apps.common.reply_schema import OBJECT_ID
from apps.properties.enums import ClaimKind

LISTING_ID = "66f1c2a4b8e0d3f5a7c91e01"
RANGE = [
    OpenApiParameter("from", OpenApiTypes.DATE, required=True, description="First night."),
    OpenApiParameter(
        "to", OpenApiTypes.DATE, required=True, description="Day after the last night."
    ),
]
MONTH = {"type": "string", "pattern": r"^\d{4}-\d{2}$"}
FIGURES_OF = [
    OpenApiParameter("from", MONTH, description="First month; six months ago where not given."),
    OpenApiParameter("to", MONTH, description="Last month, included; at most 24 in all."),
    OpenApiParameter("listing_id", OBJECT_ID, description="One listing only."),
    OpenApiParameter(
        "currency",
        {"type": "string", "pattern": "^[A-Z]{3}$"},
        description="The one most listings have where not given.",
    ),
]
BLOCKED = {
    "NIGHTS_BOOKED": "Guests have booked nights among these, from 2026-12-24 on. "
    "Nothing was changed.",
    "EXTERNAL_NIGHTS": "The night of 2027-01-04 is taken in another calendar. Free it there.",
}
OUTSIDE = {
    "VALIDATION_ERROR": "Say which nights to block or to free.",
    "PAST_DATE": "The first night must be 2026-11-22 at the listing, or later.",
    "TOO_FAR_AHEAD": "The calendar goes to 2028-11-21.",
}
FIGURES = {
    "revenue": 1240.5,
    "nights_sold": 9,
    "nights_available": 31,
    "occupancy": 0.2903,
    "average_daily_rate": 137.83,
    "bookings": {
        "pending": 1,
        "confirmed": 2,
        "declined": 0,
        "cancelled": 1,
        "expired": 0,
        "completed": 1,
    },
}


class NightSerializer(serializers.Serializer):
    night = serializers.DateField()
    kind = serializers.ChoiceField(ClaimKind.choices)
    booking_id = ObjectIdField(allow_null=True)


@example(
    {
        "listing_id": LISTING_ID,
        "from": "2026-12-24",
        "to": "2027-01-05",
        "nights": [{"night": "2026-12-24", "kind": "block", "booking_id": None}],
    }
)
class CalendarNightsSerializer(serializers.Serializer):
    listing_id = ObjectIdField()
    to = serializers.DateField()
    nights = NightSerializer(many=True)

    def get_fields(self) -> dict[str, serializers.Field]:
        return {"from": serializers.DateField(), **super().get_fields()}


class BookingCountsSerializer(serializers.Serializer):
    def get_fields(self) -> dict[str, serializers.Field]:
        return {status.value: serializers.IntegerField() for status in Status}


class FiguresSerializer(serializers.Serializer):
    revenue = MoneyField()
    nights_sold = serializers.IntegerField()
    nights_available = serializers.IntegerField()
    occupancy = serializers.FloatField(min_value=0, max_value=1)
    average_daily_rate = MoneyField()
    bookings = BookingCountsSerializer()


class MonthFiguresSerializer(FiguresSerializer):
    month = serializers.CharField()


class ListingFiguresSerializer(FiguresSerializer):
    listing_id = ObjectIdField()
    title = serializers.CharField()


@example(
    {
        "from": "2026-12",
        "to": "2026-12",
        "as_of": "2026-11-22T08:15:00Z",
        "currency": "SGD",
        "currencies": ["SGD"],
        "totals": FIGURES,
        "months": [{"month": "2026-12", **FIGURES}],
        "listings": [{"listing_id": LISTING_ID, "title": "A quiet flat", **FIGURES}],
    }
)
class OwnerFiguresSerializer(serializers.Serializer):
    to = serializers.CharField()
    as_of = serializers.DateTimeField(allow_null=True)
    currency = serializers.CharField()
    currencies = serializers.ListField(child=serializers.CharField())
    totals = FiguresSerializer()
    months = MonthFiguresSerializer(many=True)
    listings = ListingFiguresSerializer(many=True)

    def get_fields(self) -> dict[str, serializers.Field]:
        return {"from": serializers.CharField(), **super().get_fields()}
