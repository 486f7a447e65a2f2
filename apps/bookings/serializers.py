from typing import Any

from rest_framework import serializers

from apps.bookings.enums import Status
from apps.common.fields import ObjectIdField
from apps.common.serializers import PageSerializer
from apps.properties.serializers import check_stay


class StaySerializer(serializers.Serializer):
    listing_id = ObjectIdField()
    check_in = serializers.DateField()
    check_out = serializers.DateField()
    guest_count = serializers.IntegerField(min_value=1, max_value=50, default=1)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        check_stay(attrs["check_in"], attrs["check_out"])
        return attrs


class BookingRequestSerializer(StaySerializer):
    guest_count = serializers.IntegerField(min_value=1, max_value=50)
    special_requests = serializers.CharField(
        max_length=1000, required=False, allow_blank=True, default=""
    )


class ReasonSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class BookingListSerializer(PageSerializer):
    status = serializers.ChoiceField(Status.choices, required=False)


class IdempotencyKeySerializer(serializers.Serializer):
    key = serializers.RegexField(
        r"^[A-Za-z0-9_-]{8,100}$",
        error_messages={"invalid": "Idempotency-Key: 8 to 100 letters, digits, - or _."},
    )
