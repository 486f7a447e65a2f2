from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from apps.common.openapi import PAGINATION, example, paged

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
