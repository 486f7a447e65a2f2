from rest_framework import serializers

from apps.accounts.enums import Pace
from apps.common.fields import MoneyField
from apps.common.openapi import example
from apps.properties.enums import PropertyType
from apps.properties.openapi import CARD, ListingCardSerializer


@example({**CARD, "favorited_at": "2026-11-22T08:15:00Z", "is_active": True})
class FavoriteCardSerializer(ListingCardSerializer):
    favorited_at = serializers.DateTimeField()
    is_active = serializers.BooleanField(help_text="False for a listing that was withdrawn.")


@example(
    {
        "home_city": "Lisbon",
        "property_types": ["house", "cabin"],
        "amenities": ["Wifi"],
        "max_price_per_night": 149.5,
        "currency": "EUR",
        "guests": 4,
        "interests": ["art", "food"],
        "pace": "relaxed",
    }
)
class ShownPreferenceSerializer(serializers.Serializer):
    home_city = serializers.CharField(allow_blank=True)
    property_types = serializers.ListField(child=serializers.ChoiceField(PropertyType.choices))
    amenities = serializers.ListField(child=serializers.CharField())
    max_price_per_night = MoneyField(allow_null=True)
    currency = serializers.CharField()
    guests = serializers.IntegerField()
    interests = serializers.ListField(child=serializers.CharField())
    pace = serializers.ChoiceField(Pace.choices)
