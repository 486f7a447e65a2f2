import datetime as dt
from typing import Any

from rest_framework import serializers

from apps.common.fields import LineField, MoneyField
from apps.common.serializers import InputSerializer, PageSerializer
from apps.properties.enums import PropertyType
from apps.properties.search import Criteria

MAX_CALENDAR_DAYS = 370
MAX_STAY = 365
EDGES = 4
MAX_NAMES = 20


class BboxField(LineField):
    def to_internal_value(self, data: Any) -> tuple[float, ...]:  # type: ignore[override]
        text = super().to_internal_value(data)
        try:
            edges = tuple(float(part) for part in text.split(","))
        except ValueError:
            edges = ()
        if len(edges) != EDGES or not _on_earth(edges):
            raise serializers.ValidationError(
                "Give west,south,east,north in degrees, for example 103.6,1.2,104.1,1.5."
            )
        return edges


def _on_earth(edges: tuple[float, ...]) -> bool:
    west, south, east, north = edges
    return max(abs(west), abs(east)) <= 180 and -90 <= south < north <= 90  # noqa: PLR2004


class NamesField(LineField):
    """Names with commas between them."""

    def to_internal_value(self, data: Any) -> tuple[str, ...]:  # type: ignore[override]
        text = super().to_internal_value(data)
        if self.max_length and len(text) > self.max_length:
            self.fail("max_length", max_length=self.max_length)
        names = tuple(name for part in text.split(",") if (name := part.strip()))
        if not 0 < len(names) <= MAX_NAMES:
            raise serializers.ValidationError(
                f"Give 1 to {MAX_NAMES} names with commas between them: wifi,kitchen."
            )
        return names


class SearchSerializer(PageSerializer):
    lat = serializers.FloatField(min_value=-90, max_value=90, required=False)
    lng = serializers.FloatField(min_value=-180, max_value=180, required=False)
    radius_km = serializers.FloatField(min_value=0.1, max_value=500, default=20)
    bbox = BboxField(max_length=100, required=False)
    min_price = MoneyField(required=False)
    max_price = MoneyField(required=False)
    property_type = serializers.ChoiceField(PropertyType.choices, required=False)
    guests = serializers.IntegerField(min_value=1, max_value=50, required=False)
    check_in = serializers.DateField(required=False)
    check_out = serializers.DateField(required=False)
    location = LineField(max_length=200, required=False)
    amenities = NamesField(max_length=1000, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("lat" in attrs) != ("lng" in attrs):
            raise serializers.ValidationError({"lat": "Give lat and lng together."})
        if attrs.get("min_price", 0) > attrs.get("max_price", float("inf")):
            raise serializers.ValidationError({"max_price": "Must be min_price or more."})
        if ("check_in" in attrs) != ("check_out" in attrs):
            raise serializers.ValidationError({"check_in": "Give both dates or none."})
        if "check_in" in attrs:
            check_stay(attrs["check_in"], attrs["check_out"])
        return attrs

    def criteria(self) -> Criteria:
        values = self.validated_data
        same = (
            "bbox",
            "min_price",
            "max_price",
            "property_type",
            "guests",
            "check_in",
            "check_out",
            "location",
        )
        return Criteria(
            point=(values["lng"], values["lat"]) if "lat" in values else None,
            radius_m=values["radius_km"] * 1000,
            amenities=values.get("amenities", ()),
            **{name: values.get(name) for name in same},
        )


def check_stay(check_in: dt.date, check_out: dt.date) -> None:
    if check_out <= check_in:
        raise serializers.ValidationError({"check_out": "Must be after check_in."})
    if (check_out - check_in).days > MAX_STAY:
        raise serializers.ValidationError({"check_out": f"A stay has at most {MAX_STAY} nights."})


class CalendarSerializer(InputSerializer):
    """`from` is Python's word, so the fields are added by name."""

    def get_fields(self) -> dict[str, serializers.Field]:
        return {
            "from": serializers.DateField(source="start"),
            "to": serializers.DateField(source="end"),
        }

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        days = (attrs["end"] - attrs["start"]).days
        if not 0 < days <= MAX_CALENDAR_DAYS:
            raise serializers.ValidationError(
                {"to": f"Must be 1 to {MAX_CALENDAR_DAYS} days after from."}
            )
        return attrs


class PlaceQuerySerializer(InputSerializer):
    q = LineField(
        max_length=200,
        required=False,
        help_text="What somebody has typed of a place's name, in any language.",
    )
