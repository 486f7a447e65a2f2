from typing import Any

from rest_framework import serializers

from apps.accounts.enums import Pace
from apps.accounts.selectors import preference_defaults
from apps.common.fields import LineField, MoneyField, ObjectIdField
from apps.common.serializers import InputSerializer, example, in_minor_units
from apps.properties.enums import PropertyType

MOST = 50


@example({"listing_id": "66f1c2a4b8e0d3f5a7c91e01"})
class FavoriteSerializer(InputSerializer):
    listing_id = ObjectIdField()


@example(
    {
        "home_city": "Singapore",
        "property_types": ["apartment"],
        "amenities": ["Wifi"],
        "max_price_per_night": 250.0,
        "currency": "SGD",
        "guests": 2,
        "interests": ["food", "gardens"],
        "pace": "relaxed",
    }
)
class PreferenceSerializer(InputSerializer):
    home_city = LineField(max_length=100, required=False, allow_blank=True)
    property_types = serializers.ListField(
        child=serializers.ChoiceField(PropertyType.choices), max_length=MOST, required=False
    )
    amenities = serializers.ListField(
        child=LineField(max_length=200), max_length=MOST, required=False
    )
    max_price_per_night = MoneyField(required=False, allow_null=True)
    currency = serializers.RegexField(
        r"^[A-Z]{3}$",
        required=False,
        error_messages={"invalid": "Use three capital letters, such as USD."},
    )
    guests = serializers.IntegerField(min_value=1, max_value=50, required=False)
    interests = serializers.ListField(
        child=LineField(max_length=50), max_length=MOST, required=False
    )
    pace = serializers.ChoiceField(Pace.choices, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        currency = attrs.get("currency", preference_defaults()["currency"])
        return {**attrs, **in_minor_units(attrs, ["max_price_per_night"], currency)}
