from rest_framework import serializers

from apps.ai.enums import Category, PartOfDay, PlannerName, WeatherSource
from apps.bookings.openapi import LINES, LineSerializer
from apps.common.fields import MoneyField, ObjectIdField
from apps.common.openapi import PAGINATION, PaginationSerializer, PointField, example
from apps.properties.enums import PropertyType
from apps.properties.openapi import CARD, FoundCardSerializer, ListingCardSerializer

ACTIVITY = {
    "id": "singapore-botanic-gardens",
    "name": "Singapore Botanic Gardens",
    "category": "nature",
    "description": "A tropical garden of 1859 with an orchid collection.",
    "address": "1 Cluny Road",
    "url": "https://example.com/gardens",
    "opening_hours": "05:00 to 24:00",
    "attribution": "Example data",
    "indoors": False,
    "coordinates": {"type": "Point", "coordinates": [103.8159, 1.3138]},
    "distance_km": 2.4,
}
WEATHER_DAY = {
    "date": "2026-12-16",
    "high_c": 30.4,
    "low_c": 24.1,
    "rain_mm": None,
    "rain_days_share": 0.61,
    "summary": "Warm, often wet",
}
WEATHER = {
    "place": "Singapore",
    "source": "climate-normals",
    "attribution": "Example data",
    "days": [WEATHER_DAY],
}
HEAD = {
    "id": "66f1c2a4b8e0d3f5a7c91e77",
    "destination": "Singapore",
    "start_date": "2026-12-16",
    "end_date": "2026-12-18",
    "guests": 2,
    "planner": "embedded",
    "created_at": "2026-11-22T08:15:00Z",
}
PLAN = {
    **HEAD,
    "summary": "Two days in Singapore, from a flat by the river.",
    "weather": WEATHER,
    "stay": {
        "listing": CARD,
        "check_in": "2026-12-16",
        "check_out": "2026-12-18",
        "nights": 2,
        "guest_count": 2,
        "total_price": 302.4,
        "currency": "SGD",
        "lines": LINES,
        "booking_id": None,
    },
    "alternatives": [],
    "days": [
        {
            "date": "2026-12-16",
            "weather": WEATHER_DAY,
            "note": "It may rain: take an umbrella.",
            "activities": [
                {
                    **{
                        name: ACTIVITY[name]
                        for name in ("id", "name", "category", "description", "coordinates", "url")
                    },
                    "part_of_day": "morning",
                    "distance_km": 2.4,
                }
            ],
        }
    ],
}
UNDERSTOOD = {
    "location": "Singapore",
    "check_in": None,
    "check_out": None,
    "guests": 2,
    "min_price": None,
    "max_price": 150.0,
    "property_type": None,
    "amenities": ["Wifi"],
}


@example(ACTIVITY)
class ActivitySerializer(serializers.Serializer):
    id = serializers.CharField()
    name = serializers.CharField()
    category = serializers.ChoiceField(Category.choices)
    description = serializers.CharField(allow_blank=True)
    address = serializers.CharField(allow_blank=True)
    url = serializers.CharField(allow_blank=True)
    opening_hours = serializers.CharField(allow_blank=True)
    attribution = serializers.CharField(help_text="Show it beside the data.")
    indoors = serializers.BooleanField(help_text="Whether rain does not matter.")
    coordinates = PointField()
    distance_km = serializers.FloatField(
        required=False, help_text="From the point, if one is given."
    )


class WeatherDaySerializer(serializers.Serializer):
    date = serializers.DateField()
    high_c = serializers.FloatField()
    low_c = serializers.FloatField()
    rain_mm = serializers.FloatField(allow_null=True, help_text="Forecasts only.")
    rain_days_share = serializers.FloatField(
        allow_null=True, help_text="Climate normals only: the share of wet days in that month."
    )
    summary = serializers.CharField()


@example(WEATHER)
class WeatherSerializer(serializers.Serializer):
    place = serializers.CharField()
    source = serializers.ChoiceField(WeatherSource.choices)  # type: ignore[assignment]
    attribution = serializers.CharField(help_text="Show it beside the data.")
    days = WeatherDaySerializer(many=True)


class StaySerializer(serializers.Serializer):
    listing = ListingCardSerializer()
    check_in = serializers.DateField()
    check_out = serializers.DateField()
    nights = serializers.IntegerField()
    guest_count = serializers.IntegerField()
    total_price = MoneyField()
    currency = serializers.CharField()
    lines = LineSerializer(many=True)
    booking_id = ObjectIdField(allow_null=True, help_text="Where the traveler has booked it.")


class PlannedActivitySerializer(serializers.Serializer):
    id = serializers.CharField()
    name = serializers.CharField()
    category = serializers.ChoiceField(Category.choices)
    part_of_day = serializers.ChoiceField(PartOfDay.choices)
    description = serializers.CharField(allow_blank=True)
    coordinates = PointField()
    distance_km = serializers.FloatField(help_text="From the stay, else from the city's middle.")
    url = serializers.CharField(allow_blank=True)


class PlannedDaySerializer(serializers.Serializer):
    date = serializers.DateField()
    weather = WeatherDaySerializer(allow_null=True)
    note = serializers.CharField(allow_blank=True)
    activities = PlannedActivitySerializer(many=True)


@example(HEAD)
class ItineraryHeadSerializer(serializers.Serializer):
    id = ObjectIdField()
    destination = serializers.CharField()
    start_date = serializers.DateField()
    end_date = serializers.DateField()
    guests = serializers.IntegerField()
    planner = serializers.ChoiceField(PlannerName.choices)
    created_at = serializers.DateTimeField()


@example(PLAN)
class ItinerarySerializer(ItineraryHeadSerializer):
    summary = serializers.CharField()
    weather = WeatherSerializer(allow_null=True)
    stay = StaySerializer(
        allow_null=True, help_text="Free and at this total when the reply was made."
    )
    alternatives = StaySerializer(many=True)
    days = PlannedDaySerializer(many=True)


class RecommendationSerializer(serializers.Serializer):
    listing = ListingCardSerializer()
    score = serializers.FloatField(min_value=0, max_value=1)
    reasons = serializers.ListField(child=serializers.CharField())
    total_price = MoneyField(allow_null=True, help_text="Of the stay, where dates are given.")
    currency = serializers.CharField()


@example(
    {
        "personalized": True,
        "results": [
            {
                "listing": CARD,
                "score": 0.82,
                "reasons": ["An apartment, as you like it"],
                "total_price": 302.4,
                "currency": "SGD",
            }
        ],
    }
)
class RecommendationsSerializer(serializers.Serializer):
    personalized = serializers.BooleanField()
    results = RecommendationSerializer(many=True)


class FiltersSerializer(serializers.Serializer):
    location = serializers.CharField(allow_null=True)
    check_in = serializers.DateField(allow_null=True)
    check_out = serializers.DateField(allow_null=True)
    guests = serializers.IntegerField(allow_null=True)
    min_price = MoneyField(allow_null=True)
    max_price = MoneyField(allow_null=True)
    property_type = serializers.ChoiceField(PropertyType.choices, allow_null=True)
    amenities = serializers.ListField(child=serializers.CharField())


class UnderstoodSerializer(serializers.Serializer):
    text = serializers.CharField()
    field = serializers.CharField()
    value = serializers.JSONField()


@example(
    {
        "filters": UNDERSTOOD,
        "understood": [
            {"text": "in Singapore", "field": "location", "value": "Singapore"},
            {"text": "for two", "field": "guests", "value": 2},
            {"text": "under 150", "field": "max_price", "value": 150.0},
            {"text": "with wifi", "field": "amenities", "value": "Wifi"},
        ],
        "ignored": ["quiet"],
        "interpreter": "embedded",
        "results": [CARD],
        "pagination": PAGINATION,
    }
)
class SmartSearchReplySerializer(serializers.Serializer):
    filters = FiltersSerializer()
    understood = UnderstoodSerializer(many=True)
    ignored = serializers.ListField(child=serializers.CharField())
    interpreter = serializers.ChoiceField(PlannerName.choices)
    results = FoundCardSerializer(many=True)
    pagination = PaginationSerializer()
