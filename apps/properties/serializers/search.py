import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from rest_framework import serializers

from apps.common.fields import LineField, MoneyField, TokenField
from apps.common.money import CURRENCIES
from apps.common.serializers import PageSerializer, QuerySerializer, in_minor_units
from apps.properties.enums import Flexible, PropertyType, SearchOrder
from apps.properties.search import Criteria
from apps.properties.search.flexible import MOST_MONTHS, Dates, months_ahead, stays_around, stays_in
from apps.properties.selectors import Wanted
from apps.properties.serializers.areas import BboxField, PolygonField
from apps.properties.vocabulary import amenities_known

MAX_CALENDAR_DAYS = 370
MAX_STAY = 365
MAX_NAMES = 20
BOUNDS = (("min_price", "max_price"), ("min_total", "max_total"))
AMOUNTS = [name for pair in BOUNDS for name in pair]
SAME = (
    *("bbox", "polygon", "location", "place", "check_in", "check_out", "bedrooms", "beds"),
    *("bathrooms", "min_price", "max_price", "min_total", "max_total", "currency"),
    *("property_type", "min_rating", "instant_book", "free_cancellation"),
)


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


class MonthsField(NamesField):
    """Months as 2027-03, with commas between them: the first day of each."""

    def to_internal_value(self, data: Any) -> tuple[dt.date, ...]:  # type: ignore[override]
        names = super().to_internal_value(data)
        try:
            months = tuple(dt.date.fromisoformat(f"{name}-01") for name in names)
        except ValueError:
            months = ()
        if not 0 < len(months) <= MOST_MONTHS:
            raise serializers.ValidationError(
                f"Give 1 to {MOST_MONTHS} months with commas between them: 2027-03,2027-04."
            )
        return months


class FeaturesField(NamesField):
    """Ids of accessibility features."""

    def to_internal_value(self, data: Any) -> tuple[str, ...]:  # type: ignore[override]
        names = super().to_internal_value(data)
        known = [key for key, one in amenities_known().items() if one.group == "accessibility"]
        if unknown := [name for name in names if name not in known]:
            raise serializers.ValidationError(
                f"{unknown[0][:40]} is none of {', '.join(sorted(known))}."
            )
        return names


class SearchSerializer(PageSerializer):
    q = LineField(max_length=200, required=False)
    lat = serializers.FloatField(min_value=-90, max_value=90, required=False)
    lng = serializers.FloatField(min_value=-180, max_value=180, required=False)
    radius_km = serializers.FloatField(min_value=0.1, max_value=500, default=20)
    bbox = BboxField(max_length=100, required=False)
    polygon = PolygonField(max_length=2500, required=False)
    location = LineField(max_length=200, required=False)
    place = TokenField(max_length=40, required=False)
    check_in = serializers.DateField(required=False)
    check_out = serializers.DateField(required=False)
    flexible = serializers.ChoiceField(Flexible.choices, required=False)
    months = MonthsField(max_length=100, required=False)
    guests = serializers.IntegerField(min_value=1, max_value=50, required=False)
    adults = serializers.IntegerField(min_value=1, max_value=50, required=False)
    children = serializers.IntegerField(min_value=0, max_value=49, required=False)
    infants = serializers.IntegerField(min_value=0, max_value=20, required=False)
    pets = serializers.IntegerField(min_value=0, max_value=20, required=False)
    bedrooms = serializers.IntegerField(min_value=0, max_value=50, required=False)
    beds = serializers.IntegerField(min_value=0, max_value=50, required=False)
    bathrooms = serializers.FloatField(min_value=0, max_value=100, required=False)
    min_price = MoneyField(required=False)
    max_price = MoneyField(required=False)
    min_total = MoneyField(required=False)
    max_total = MoneyField(required=False)
    currency = serializers.ChoiceField(sorted(CURRENCIES), required=False)
    property_type = serializers.ChoiceField(PropertyType.choices, required=False)
    amenities = NamesField(max_length=1000, required=False)
    accessibility = FeaturesField(max_length=1000, required=False)
    min_rating = serializers.FloatField(min_value=0, max_value=5, required=False)
    instant_book = serializers.BooleanField(default=False)
    free_cancellation = serializers.BooleanField(default=False)
    self_check_in = serializers.BooleanField(default=False)
    sort = serializers.ChoiceField(SearchOrder.choices, required=False)
    cursor = TokenField(max_length=400, required=False)
    facets = serializers.BooleanField(default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("lat" in attrs) != ("lng" in attrs):
            raise serializers.ValidationError({"lat": "Give lat and lng together."})
        for least, most in BOUNDS:
            if attrs.get(least, 0) > attrs.get(most, float("inf")):
                raise serializers.ValidationError({most: f"Must be {least} or more."})
        if "cursor" in attrs and attrs["page"] > 1:
            raise serializers.ValidationError({"cursor": "Send page or cursor, not both."})
        _check_guests(attrs)
        _check_dates(attrs)
        return {**attrs, **in_minor_units(attrs, AMOUNTS, attrs.get("currency"))}

    def criteria(self, today: dt.date) -> Criteria:
        values = self.validated_data
        return Criteria(
            point=(values["lng"], values["lat"]) if "lat" in values else None,
            radius_m=values["radius_km"] * 1000,
            words=values.get("q"),
            guests=_guests(values),
            amenities=values.get("amenities", ()),
            features=tuple(_features(values)),
            stays=_stays(values, today),
            order=SearchOrder(values["sort"]) if "sort" in values else None,
            **{name: values[name] for name in SAME if name in values},
        )


def _check_guests(attrs: dict[str, Any]) -> None:
    counted = _counted(attrs)
    if counted is not None and attrs.get("guests", counted) != counted:
        raise serializers.ValidationError(
            {"guests": "Must be adults and children together. Send those, or guests alone."}
        )


def _guests(values: Mapping[str, Any]) -> int | None:
    counted = _counted(values)
    return values.get("guests") if counted is None else counted


def _counted(values: Mapping[str, Any]) -> int | None:
    """Adds adults and children: infants do not count."""
    if "adults" not in values and not values.get("children"):
        return None
    return int(values.get("adults", 1) + values.get("children", 0))


def _features(values: Mapping[str, Any]) -> Iterator[str]:
    if values["self_check_in"]:
        yield "self_check_in"
    if values.get("pets"):
        yield "pets_allowed"
    yield from values.get("accessibility", ())


def _check_dates(attrs: Mapping[str, Any]) -> None:
    if ("check_in" in attrs) != ("check_out" in attrs):
        raise serializers.ValidationError({"check_in": "Give both dates or none."})
    flexible = Flexible(attrs["flexible"]) if "flexible" in attrs else None
    if "months" in attrs and (flexible is None or flexible.days):
        raise serializers.ValidationError(
            {"months": "Months go with flexible=weekend, week or month."}
        )
    if flexible and flexible.days and "check_in" not in attrs:
        raise serializers.ValidationError({"flexible": "Give check_in and check_out to vary."})
    if flexible and not flexible.days and "check_in" in attrs:
        raise serializers.ValidationError({"flexible": "Leave out check_in and check_out."})
    if {"min_total", "max_total"} & attrs.keys() and not (flexible or "check_in" in attrs):
        raise serializers.ValidationError(
            {"min_total": "A total is that of a stay: give check_in and check_out, or flexible."}
        )
    if "check_in" in attrs:
        check_stay(attrs["check_in"], attrs["check_out"])


def _stays(values: Mapping[str, Any], today: dt.date) -> tuple[Dates, ...]:
    if "flexible" not in values:
        return ()
    flexible = Flexible(values["flexible"])
    if flexible.days:
        return stays_around(values["check_in"], values["check_out"], days=flexible.days)
    return stays_in(flexible, values.get("months") or months_ahead(today))


def check_stay(check_in: dt.date, check_out: dt.date) -> None:
    if check_out <= check_in:
        raise serializers.ValidationError({"check_out": "Must be after check_in."})
    if (check_out - check_in).days > MAX_STAY:
        raise serializers.ValidationError({"check_out": f"A stay has at most {MAX_STAY} nights."})


class CalendarSerializer(QuerySerializer):
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


class PlaceQuerySerializer(QuerySerializer):
    q = LineField(
        max_length=200,
        required=False,
        help_text="What somebody has typed of a place's name, in any language.",
    )
    bbox = BboxField(
        max_length=100,
        required=False,
        help_text="West, south, east, north: a part of a map, whose best known cities are wanted.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) > 1:
            raise serializers.ValidationError({"bbox": "Send q or bbox, not both."})
        return attrs


class SimilarSerializer(PageSerializer):
    check_in = serializers.DateField(required=False)
    check_out = serializers.DateField(required=False)
    guests = serializers.IntegerField(min_value=1, max_value=50, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("check_in" in attrs) != ("check_out" in attrs):
            raise serializers.ValidationError({"check_in": "Give both dates or none."})
        if "check_in" in attrs:
            check_stay(attrs["check_in"], attrs["check_out"])
        return attrs

    def wanted(self) -> Wanted:
        values = self.validated_data
        return Wanted(*(values.get(name) for name in Wanted._fields))
