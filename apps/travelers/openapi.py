from rest_framework import serializers

from apps.common.openapi import example
from apps.properties.openapi import CARD, ListingCardSerializer


@example({**CARD, "favorited_at": "2026-11-22T08:15:00Z", "is_active": True})
class FavoriteCardSerializer(ListingCardSerializer):
    favorited_at = serializers.DateTimeField()
    is_active = serializers.BooleanField(help_text="False for a listing that was withdrawn.")
