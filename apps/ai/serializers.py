import datetime as dt
from typing import Any

from rest_framework import serializers

from apps.accounts.enums import Pace
from apps.ai.enums import Category
from apps.common.fields import LineField, MoneyField
from apps.common.serializers import InputSerializer, PageSerializer, example, in_minor_units
from apps.properties.serializers import check_stay

MOST_DAYS = 14
MOST_WEATHER_DAYS = 16
MOST_QUERY = 300


class PlaceOrPointSerializer(InputSerializer):
    """Accepts a city by name or a point."""

    city = LineField(max_length=100, required=False)
    lat = serializers.FloatField(min_value=-90, max_value=90, required=False)
    lng = serializers.FloatField(min_value=-180, max_value=180, required=False)
    needs_place = False

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("lat" in attrs) != ("lng" in attrs):
            raise serializers.ValidationError({"lat": "Send lat and lng together."})
        if "city" in attrs and "lat" in attrs:
            raise serializers.ValidationError({"city": "Send a city or a point, not both."})
        if self.needs_place and not {"city", "lat"} & attrs.keys():
            raise serializers.ValidationError({"city": "Send a city, or lat and lng."})
        return attrs

    @property
    def point(self) -> tuple[float, float] | None:
        values = self.validated_data
        return (values["lng"], values["lat"]) if "lat" in values else None


class ActivityQuerySerializer(PlaceOrPointSerializer, PageSerializer):
    radius_km = serializers.FloatField(min_value=0.1, max_value=100, default=10)
    category = serializers.ChoiceField(Category.choices, required=False)


class WeatherQuerySerializer(PlaceOrPointSerializer):
    start = serializers.DateField()
    end = serializers.DateField(help_text="The day after the last one.")
    needs_place = True

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs = super().validate(attrs)
        _check_span("end", attrs["start"], attrs["end"], MOST_WEATHER_DAYS)
        return attrs


@example(
    {
        "destination": "Singapore",
        "start_date": "2026-12-16",
        "end_date": "2026-12-18",
        "guests": 2,
        "budget": 400.0,
        "currency": "SGD",
        "interests": ["food", "gardens"],
        "pace": "balanced",
    }
)
class ItineraryRequestSerializer(InputSerializer):
    destination = LineField(max_length=100)
    start_date = serializers.DateField()
    end_date = serializers.DateField(help_text="The day of leaving.")
    guests = serializers.IntegerField(min_value=1, max_value=50)
    budget = MoneyField(
        required=False, allow_null=True, help_text="For the whole stay, in the listing's currency."
    )
    currency = serializers.RegexField(r"^[A-Z]{3}$", required=False, allow_null=True)
    interests = serializers.ListField(child=LineField(max_length=50), max_length=10, required=False)
    pace = serializers.ChoiceField(Pace.choices, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        _check_span("end_date", attrs["start_date"], attrs["end_date"], MOST_DAYS)
        return {**attrs, **in_minor_units(attrs, ["budget"], attrs.get("currency"))}


class RecommendationQuerySerializer(InputSerializer):
    check_in = serializers.DateField(required=False)
    check_out = serializers.DateField(required=False)
    guests = serializers.IntegerField(min_value=1, max_value=50, required=False)
    limit = serializers.IntegerField(min_value=1, max_value=20, default=10)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("check_in" in attrs) != ("check_out" in attrs):
            raise serializers.ValidationError({"check_in": "Send both dates or neither."})
        if "check_in" in attrs:
            check_stay(attrs["check_in"], attrs["check_out"])
        return attrs


@example({"query": "a quiet flat in Singapore for two under 150 with wifi"})
class SmartSearchSerializer(PageSerializer):
    query = LineField(max_length=MOST_QUERY)


def validated(serializer: serializers.BaseSerializer) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _check_span(field: str, start: dt.date, end: dt.date, most: int) -> None:
    days = (end - start).days
    if not 0 < days <= most:
        raise serializers.ValidationError({field: f"Must be 1 to {most} days after the first day."})
