import zoneinfo
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.common.fields import LineField, MoneyField, TextField, TokenField
from apps.common.money import CURRENCIES, MOST_DIGITS, MOST_PRICE, MOST_SMALL_PRICE
from apps.common.replies import POINT
from apps.common.serializers import InputSerializer, PageSerializer, example
from apps.common.text import name_key
from apps.properties.enums import CancellationPolicy, PropertyType
from apps.properties.nights import MOST_PREP_NIGHTS, WINDOW_DAYS
from apps.properties.selectors import Lookup

MAX_NIGHTS = 365
MAX_AMENITIES = 60
MAX_SEASONS = 20
MAX_VERSION = 2**31 - 1
NONE, SOME = Decimal(0), Decimal(1).scaleb(-MOST_DIGITS)
# Files of the zone database that no browser takes for a zone: the machine's own, and none yet.
NO_PLACE = frozenset({"localtime", "Factory"})
CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]\Z"
ACTIVITY = (("active", "Active"), ("inactive", "Inactive"), ("suspended", "Suspended"))
LIMITS = (180, 90)
POINT_WANTED = 'Give a GeoJSON point: {"type": "Point", "coordinates": [longitude, latitude]}.'


def _amount(least: Decimal, **options: Any) -> MoneyField:
    """What it may be at most depends on its currency: no price is higher than this."""
    sentence = "Must be more than 0." if least else "Must be 0 or more."
    most = MaxValueValidator(Decimal(MOST_SMALL_PRICE), f"Must be at most {MOST_SMALL_PRICE:,}.")
    about = (
        f"With the decimals of its currency; at most {MOST_PRICE:,}, or {MOST_SMALL_PRICE:,} where "
        "a euro buys a thousand or more."
    )
    return MoneyField(
        validators=[MinValueValidator(least, sentence), most], help_text=about, **options
    )


def _weekdays() -> serializers.ListField:
    day = serializers.IntegerField(min_value=0, max_value=6)
    return serializers.ListField(
        child=day,
        max_length=7,
        required=False,
        help_text="0 is Monday, 6 is Sunday; an empty list allows every day.",
    )


@extend_schema_field(POINT)
class PointInputField(serializers.Field):
    def to_internal_value(self, data: Any) -> dict[str, Any]:
        pair = data.get("coordinates") if isinstance(data, Mapping) else None
        if not isinstance(pair, list) or data.keys() != {"type", "coordinates"}:
            raise serializers.ValidationError(POINT_WANTED)
        if data["type"] != "Point" or len(pair) != len(LIMITS):
            raise serializers.ValidationError(POINT_WANTED)
        if any(isinstance(n, bool) or not isinstance(n, int | float) for n in pair):
            raise serializers.ValidationError(POINT_WANTED)
        if not all(-most <= n <= most for n, most in zip(pair, LIMITS, strict=True)):
            raise serializers.ValidationError(
                "Longitudes go from -180 to 180, latitudes from -90 to 90."
            )
        return {"type": "Point", "coordinates": [float(n) for n in pair]}

    def to_representation(self, value: Any) -> Any:
        return value


class LocationInputSerializer(InputSerializer):
    """`address` and `coordinates` are exact; everybody else sees `area`, and a point near by."""

    address = LineField(max_length=300, required=False, allow_blank=True, default="")
    area = LineField(
        max_length=100,
        required=False,
        allow_blank=True,
        default="",
        help_text="The neighbourhood, shown to everybody.",
    )
    city = LineField(max_length=100)
    state = LineField(max_length=100, required=False, allow_blank=True, default="")
    country = LineField(max_length=100)
    coordinates = PointInputField()


class CapacityInputSerializer(InputSerializer):
    max_guests = serializers.IntegerField(min_value=1, max_value=50)
    bedrooms = serializers.IntegerField(
        min_value=0, max_value=50, required=False, allow_null=True, default=None
    )
    bathrooms = serializers.FloatField(
        min_value=0, max_value=50, required=False, allow_null=True, default=None
    )
    beds = serializers.IntegerField(
        min_value=0, max_value=100, required=False, allow_null=True, default=None
    )


class LocationChangeSerializer(LocationInputSerializer):
    city = LineField(max_length=100, required=False)
    country = LineField(max_length=100, required=False)
    coordinates = PointInputField(required=False)


class CapacityChangeSerializer(CapacityInputSerializer):
    max_guests = serializers.IntegerField(min_value=1, max_value=50, required=False)


class SeasonInputSerializer(InputSerializer):
    name = LineField(max_length=60)
    start = serializers.DateField()
    end = serializers.DateField()
    price_per_night = _amount(SOME, required=False, allow_null=True, default=None)
    min_nights = serializers.IntegerField(
        min_value=1, max_value=MAX_NIGHTS, required=False, allow_null=True, default=None
    )
    max_nights = serializers.IntegerField(
        min_value=1, max_value=MAX_NIGHTS, required=False, allow_null=True, default=None
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A season is always whole, also where the listing that has it is changed in part."""
        if missing := [name for name in ("name", "start", "end") if name not in attrs]:
            raise serializers.ValidationError(dict.fromkeys(missing, "This field is required."))
        if attrs["end"] <= attrs["start"]:
            raise serializers.ValidationError(
                {"end": "Must be after start: a season ends before this day."}
            )
        whole = {"price_per_night": None, "min_nights": None, "max_nights": None, **attrs}
        if (whole["min_nights"] or 1) > (whole["max_nights"] or MAX_NIGHTS):
            raise serializers.ValidationError({"max_nights": "Must be min_nights or more."})
        return whole


class TermsSerializer(InputSerializer):
    """What stays cost beside the base price, and which a listing takes."""

    weekend_price = _amount(SOME, required=False, allow_null=True)
    seasons = SeasonInputSerializer(
        many=True,
        required=False,
        max_length=MAX_SEASONS,  # type: ignore[call-arg] # the list's, which the stubs leave out
    )
    weekly_discount_percent = serializers.IntegerField(min_value=0, max_value=90, required=False)
    monthly_discount_percent = serializers.IntegerField(min_value=0, max_value=90, required=False)
    tax_per_person_night = _amount(NONE, required=False)
    tax_nights_cap = serializers.IntegerField(
        min_value=1, max_value=MAX_NIGHTS, required=False, allow_null=True
    )
    lead_days = serializers.IntegerField(min_value=0, max_value=365, required=False)
    window_days = serializers.IntegerField(min_value=1, max_value=WINDOW_DAYS, required=False)
    prep_nights = serializers.IntegerField(min_value=0, max_value=MOST_PREP_NIGHTS, required=False)
    check_in_days = _weekdays()
    check_out_days = _weekdays()
    instant_book = serializers.BooleanField(required=False)
    alteration_consent = serializers.BooleanField(required=False)
    cancellation_policy = serializers.ChoiceField(CancellationPolicy.choices, required=False)

    def validate_seasons(self, value: list[dict[str, Any]]) -> list[dict[str, Any]]:
        ordered = sorted(value, key=lambda season: season["start"])
        for earlier, later in pairwise(ordered):
            if later["start"] < earlier["end"]:
                raise serializers.ValidationError(
                    f"{later['name']} begins before {earlier['name']} ends: "
                    "a night belongs to one season."
                )
        return ordered

    def validate_check_in_days(self, value: list[int]) -> list[int]:
        return sorted(set(value))

    def validate_check_out_days(self, value: list[int]) -> list[int]:
        return sorted(set(value))


@example(
    {
        "title": "A quiet flat by the river",
        "description": "Two rooms, a balcony, ten minutes from the botanic garden.",
        "price_per_night": 120.0,
        "cleaning_fee": 30.0,
        "currency": "SGD",
        "location": {
            "address": "60 Robertson Quay",
            "area": "Robertson Quay",
            "city": "Singapore",
            "state": "Central Region",
            "country": "Singapore",
            "coordinates": {"type": "Point", "coordinates": [103.8558, 1.2936]},
        },
        "property_type": "apartment",
        "amenities": ["Wifi", "Kitchen", "Washer"],
        "capacity": {"max_guests": 4, "bedrooms": 2, "bathrooms": 1.5, "beds": 3},
        "min_nights": 2,
        "max_nights": 30,
        "check_in_time": "15:00",
        "check_out_time": "11:00",
        "time_zone": "Asia/Singapore",
        "is_active": True,
        "weekend_price": 150.0,
        "seasons": [
            {
                "name": "New Year",
                "start": "2026-12-28",
                "end": "2027-01-03",
                "price_per_night": 210.0,
                "min_nights": 3,
            }
        ],
        "weekly_discount_percent": 10,
        "tax_per_person_night": 2.5,
        "tax_nights_cap": 7,
        "lead_days": 1,
        "prep_nights": 1,
        "instant_book": False,
        "cancellation_policy": "moderate",
    }
)
class ListingSerializer(TermsSerializer):
    title = LineField(max_length=200)
    description = TextField(max_length=10_000, required=False, allow_blank=True)
    arrival_instructions = TextField(
        max_length=5_000,
        required=False,
        allow_blank=True,
        help_text="How to get in: shown to guests of a confirmed stay, from 3 days before it.",
    )
    price_per_night = _amount(SOME)
    cleaning_fee = _amount(NONE, required=False)
    currency = LineField(max_length=3)
    location = LocationInputSerializer()
    property_type = serializers.ChoiceField(PropertyType.choices)
    amenities = serializers.ListField(
        child=LineField(max_length=100), max_length=MAX_AMENITIES, required=False
    )
    capacity = CapacityInputSerializer()
    min_nights = serializers.IntegerField(min_value=1, max_value=MAX_NIGHTS, required=False)
    max_nights = serializers.IntegerField(min_value=1, max_value=MAX_NIGHTS, required=False)
    check_in_time = serializers.RegexField(
        CLOCK, required=False, error_messages={"invalid": "Write the time as HH:MM, such as 15:00."}
    )
    check_in_until = serializers.RegexField(
        CLOCK,
        required=False,
        allow_null=True,
        error_messages={"invalid": "Write the time as HH:MM, such as 22:00."},
    )
    check_out_time = serializers.RegexField(
        CLOCK, required=False, error_messages={"invalid": "Write the time as HH:MM, such as 11:00."}
    )
    time_zone = LineField(max_length=50, required=False)
    is_active = serializers.BooleanField(required=False)

    def validate_currency(self, value: str) -> str:
        if value.upper() not in CURRENCIES:
            raise serializers.ValidationError("Not a currency: use its three letters, such as USD.")
        return value.upper()

    def validate_time_zone(self, value: str) -> str:
        if value not in zoneinfo.available_timezones() - NO_PLACE:
            raise serializers.ValidationError("Not a time zone: use a name such as Asia/Singapore.")
        return value

    def validate_amenities(self, value: list[str]) -> list[str]:
        """Each once, in the spelling that came first."""
        return list({name_key(name): name for name in reversed(value)}.values())[::-1]


@example({"version": 3, "price_per_night": 135.0, "amenities": ["Wifi", "Kitchen"]})
class ListingChangeSerializer(ListingSerializer):
    """Any part of a listing, of its location and of its capacity, and the version that it had."""

    needed = ("version",)
    version = serializers.IntegerField(min_value=1, max_value=MAX_VERSION)
    location = LocationChangeSerializer(required=False)
    capacity = CapacityChangeSerializer(required=False)

    def __init__(self, **options: Any) -> None:
        super().__init__(partial=True, **options)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "version" not in attrs:
            raise serializers.ValidationError(
                {"version": "Send the version that you last read: somebody may have changed it."}
            )
        if len(attrs) == 1:
            raise serializers.ValidationError("Send a field to change besides the version.")
        return attrs


class VersionSerializer(InputSerializer):
    version = serializers.IntegerField(min_value=1, max_value=MAX_VERSION, required=False)


class OwnedListSerializer(PageSerializer):
    q = LineField(
        max_length=200,
        required=False,
        help_text="Parts of the title, beginnings of names of the place, or an id.",
    )
    city = LineField(max_length=100, required=False)
    state = LineField(max_length=100, required=False, help_text="Of the address: CA or California.")
    status = serializers.ChoiceField(ACTIVITY, required=False)

    def lookup(self) -> Lookup:
        values = self.validated_data
        named = {name: values.get(name) for name in ("city", "state", "status")}
        return Lookup(words=values.get("q"), **named)


class StaffListSerializer(OwnedListSerializer):
    status = serializers.ChoiceField((*ACTIVITY, ("deleted", "Deleted")), required=False)


class PhotoSerializer(InputSerializer):
    image = TokenField(max_length=500)


@example(
    {
        "images": [
            "https://example.com/media/listings/river-1600.webp",
            "https://example.com/media/listings/balcony-1600.webp",
        ],
        "version": 3,
    }
)
class PhotoOrderSerializer(InputSerializer):
    images = serializers.ListField(child=TokenField(max_length=500), max_length=1000)
    version = serializers.IntegerField(min_value=1, max_value=MAX_VERSION)
