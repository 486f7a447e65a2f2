from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.common.clock import utc_now
from apps.common.permissions import caller
from apps.common.serializers import PageSerializer, page_of
from apps.notifications import selectors, services
from apps.notifications.openapi import (
    NOTIFICATION_ID,
    FeedSerializer,
    NotificationSerializer,
    UnreadSerializer,
)


class NotificationListView(APIView):
    throttle_classes = ()

    @extend_schema(
        summary="The feed, newest first",
        parameters=[PageSerializer],
        responses={200: FeedSerializer},
    )
    def get(self, request: Request) -> Response:
        serializer = PageSerializer(data=request.query_params)
        serializer.is_valid(raise_exception=True)
        page = page_of(serializer.validated_data)
        return Response(selectors.notification_page(user_id=caller(request).id, page=page))


class NotificationReadView(APIView):
    @extend_schema(
        summary="Mark one as read",
        parameters=[NOTIFICATION_ID],
        request=None,
        responses={200: NotificationSerializer},
    )
    def post(self, request: Request, notification_id: str) -> Response:
        item = services.notification_read(
            notification_id=notification_id, user_id=caller(request).id, now=utc_now()
        )
        return Response(item)


class NotificationReadAllView(APIView):
    @extend_schema(summary="Mark all as read", request=None, responses={200: UnreadSerializer})
    def post(self, request: Request) -> Response:
        services.notification_read_all(user_id=caller(request).id, now=utc_now())
        return Response({"unread": 0})
