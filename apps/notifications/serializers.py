from rest_framework import serializers

from apps.common.serializers import InputSerializer, example
from apps.notifications.enums import KINDS, LOCALES


class ChannelsSerializer(InputSerializer):
    feed = serializers.BooleanField(required=False)
    email = serializers.BooleanField(required=False)


class MatrixSerializer(InputSerializer):
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
class NotificationPreferenceSerializer(InputSerializer):
    """`email` is the switch for all e-mails."""

    email = serializers.BooleanField(required=False)
    locale = serializers.ChoiceField(list(LOCALES.items()), required=False)
    matrix = MatrixSerializer(required=False)
