from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from apps.common.serializers import InputSerializer, StrictSerializer, example
from apps.notifications.enums import KINDS, LOCALES


class ChannelsSerializer(StrictSerializer):
    feed = serializers.BooleanField(required=False)
    email = serializers.BooleanField(required=False)


class MatrixSerializer(InputSerializer):
    """A field for each kind of the table."""

    def get_fields(self) -> dict[str, serializers.Field]:
        return {kind: ChannelsSerializer(required=False) for kind in KINDS}

    def to_internal_value(self, data: Any) -> Any:
        unknown = [kind for kind in data if kind not in KINDS] if isinstance(data, Mapping) else []
        if unknown:
            raise serializers.ValidationError([f"{unknown[0]!r} is no kind of notification."])
        return super().to_internal_value(data)


@example(
    {
        "email": True,
        "locale": "de",
        "matrix": {"booking_completed": {"feed": True, "email": False}},
    }
)
class NotificationPreferenceSerializer(StrictSerializer):
    """`email` is the switch for all e-mails."""

    email = serializers.BooleanField(required=False)
    locale = serializers.ChoiceField(list(LOCALES.items()), required=False)
    matrix = MatrixSerializer(required=False)
