import datetime as dt
from itertools import product
from typing import Any

from rest_framework import serializers

from apps.common.errors import InvalidInputError
from apps.common.fields import ObjectIdField
from apps.common.serializers import InputSerializer, example
from apps.owners.statistics import months_between
from apps.properties.nights import WINDOW_DAYS

MAX_SPANS = 100
MAX_DAYS = WINDOW_DAYS + 10
MAX_MONTHS = 24
FIRST_MONTH, LAST_MONTH = dt.date(2000, 1, 1), dt.date(2100, 12, 1)


class NoNightsError(InvalidInputError):
    sentence = "Name the nights to block or to free."


class RangeSerializer(InputSerializer):
    """Adds its fields by name: `from` is a keyword of Python."""

    def get_fields(self) -> dict[str, serializers.Field]:
        return {
            "from": serializers.DateField(source="start"),
            "to": serializers.DateField(source="end"),
        }

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not 0 < (attrs["end"] - attrs["start"]).days <= MAX_DAYS:
            raise serializers.ValidationError({"to": f"Must be 1 to {MAX_DAYS} days after from."})
        return attrs


class SpanSerializer(InputSerializer):
    start = serializers.DateField()
    end = serializers.DateField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not 0 < (attrs["end"] - attrs["start"]).days <= MAX_DAYS:
            raise serializers.ValidationError({"end": f"Must be 1 to {MAX_DAYS} days after start."})
        return attrs


@example(
    {
        "block": [{"start": "2026-12-24", "end": "2026-12-27"}],
        "free": [{"start": "2027-01-04", "end": "2027-01-05"}],
    }
)
class AvailabilitySerializer(InputSerializer):
    block = serializers.ListField(child=SpanSerializer(), default=list, max_length=MAX_SPANS)
    free = serializers.ListField(child=SpanSerializer(), default=list, max_length=MAX_SPANS)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs["block"] and not attrs["free"]:
            raise serializers.ValidationError(NoNightsError.sentence)
        for blocked, freed in product(attrs["block"], attrs["free"]):
            night = max(blocked["start"], freed["start"])
            if night < min(blocked["end"], freed["end"]):
                raise serializers.ValidationError(
                    {"free": f"Both lists name the night of {night}."}
                )
        return attrs

    def spans(self, name: str) -> list[tuple[dt.date, dt.date]]:
        return [(span["start"], span["end"]) for span in self.validated_data[name]]


class MonthField(serializers.DateField):
    """Reads YYYY-MM; `validated_data` has the first day of the month."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m"], **kwargs)
        self.error_messages["invalid"] = "Enter a month as YYYY-MM, for example 2026-06."

    def to_internal_value(self, value: Any) -> dt.date:
        month = super().to_internal_value(value)
        if not FIRST_MONTH <= month <= LAST_MONTH:
            raise serializers.ValidationError("Must be a month of the years 2000 to 2100.")
        return month


class AnalyticsSerializer(InputSerializer):
    listing_id = ObjectIdField(required=False)
    currency = serializers.RegexField(
        r"^[A-Z]{3}$",
        required=False,
        error_messages={"invalid": "Enter three capital letters, for example EUR."},
    )

    def get_fields(self) -> dict[str, serializers.Field]:
        months = {
            "from": MonthField(required=False, source="first"),
            "to": MonthField(required=False, source="last"),
        }
        return {**super().get_fields(), **months}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if {"first", "last"} <= attrs.keys():
            count = len(months_between(attrs["first"], attrs["last"]))
            if not 0 < count <= MAX_MONTHS:
                raise serializers.ValidationError(
                    {"to": f"Must not be before from, and at most {MAX_MONTHS} months in all."}
                )
        return attrs
