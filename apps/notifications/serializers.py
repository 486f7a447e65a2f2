from rest_framework import serializers

from apps.common.openapi import example
from apps.common.serializers import StrictSerializer
from apps.notifications.enums import KINDS, LOCALES


class ChannelsSerializer(StrictSerializer):
    feed = serializers.BooleanField(required=False)
    email = serializers.BooleanField(required=False)


class MatrixSerializer(StrictSerializer):
    """A field for each kind of the table."""

    def get_fields(self) -> dict[str, serializers.Field]:
        return {kind: ChannelsSerializer(required=False) for kind in KINDS}


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
