from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from apps.common.openapi import PAGINATION, example, paged, problem
from apps.notifications.enums import Channel

NOTIFICATION = {
    "id": "0f8fad5bd9cb469fa16570867728950e",
    "kind": "BookingConfirmed",
    "title": "Your stay is confirmed",
    "body": "A quiet flat by the river, 16 to 18 December.",
    "booking_id": "66f1c2a4b8e0d3f5a7c91e55",
    "created_at": "2026-11-22T08:15:00Z",
    "read_at": None,
}
NOTIFICATION_ID = OpenApiParameter(
    "notification_id", {"type": "string", "maxLength": 100}, OpenApiParameter.PATH
)


@example(NOTIFICATION)
class NotificationSerializer(serializers.Serializer):
    id = serializers.CharField()
    kind = serializers.CharField()
    title = serializers.CharField()
    body = serializers.CharField()
    booking_id = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)


@example({"results": [NOTIFICATION], "pagination": PAGINATION, "unread": 1})
class FeedSerializer(paged(NotificationSerializer)):  # type: ignore[misc]
    unread = serializers.IntegerField(min_value=0)


@example({"unread": 0})
class UnreadSerializer(serializers.Serializer):
    unread = serializers.IntegerField(min_value=0)


class ShownChannelsSerializer(serializers.Serializer):
    feed = serializers.BooleanField()
    email = serializers.BooleanField()


class KindSerializer(serializers.Serializer):
    kind = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    fixed = serializers.ListField(
        child=serializers.ChoiceField(Channel.choices),
        help_text="Channels that cannot be switched off.",
    )


class LocaleSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()


@example(
    {
        "email": True,
        "locale": "en",
        "matrix": {"booking_completed": {"feed": True, "email": False}},
        "kinds": [{"kind": "booking_completed", "label": "A stay is over", "fixed": []}],
        "locales": [{"code": "en", "name": "English"}],
    }
)
class ShownNotificationPreferenceSerializer(serializers.Serializer):
    email = serializers.BooleanField(help_text="False: no e-mails at all.")
    locale = serializers.CharField(help_text="How dates and money are written.")
    matrix = serializers.DictField(child=ShownChannelsSerializer())
    kinds = KindSerializer(many=True)
    locales = LocaleSerializer(many=True)


@example({"kind": "booking_completed", "label": "A stay is over"})
class StoppedSerializer(serializers.Serializer):
    kind = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


POSITION = r"^[0-9]{13}$"
LAST_EVENT_ID = OpenApiParameter(
    "Last-Event-ID",
    {"type": "string", "pattern": POSITION},
    OpenApiParameter.HEADER,
    description="The `id` of the last event: what came after it is sent again, some of it twice.",
)
EVENTS = (
    "Server-sent events. `notification`: an item of the feed; drop one whose `id` inside is known. "
    "`unread`: how many are unread, and which were just `read` (0 unread: all of them). `ready`: "
    "what was missed has been sent; unless `resumed`, load the feed now. A comment keeps the "
    "connection alive every 15 seconds."
)
STREAM: dict[Any, OpenApiResponse] = {
    (200, "text/event-stream"): OpenApiResponse({"type": "string"}, description=EVENTS),
    **problem(
        503,
        TOO_MANY_STREAMS="This process has no room for another live stream: ask the feed instead.",
    ),
}
