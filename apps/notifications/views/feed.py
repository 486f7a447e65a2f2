from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.permissions import caller
from apps.common.serializers import PageSerializer, page_of
from apps.notifications import selectors, services
from apps.notifications.replies import FeedReply, NotificationReply, UnreadReply
from apps.notifications.services import NotificationUnknownError

NOTIFICATION_ID = OpenApiParameter(
    "notification_id", {"type": "string", "maxLength": 100}, OpenApiParameter.PATH
)


class NotificationListView(APIView):
    throttle_classes = ()

    @extend_schema(
        summary="The feed, newest first",
        parameters=[PageSerializer],
        responses=FeedReply,
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
        responses={200: NotificationReply, **refusals(NotificationUnknownError)},
    )
    def post(self, request: Request, notification_id: str) -> Response:
        item = services.notification_read(
            notification_id=notification_id, user_id=caller(request).id, now=utc_now()
        )
        return Response(item)


class NotificationReadAllView(APIView):
    @extend_schema(summary="Mark all as read", request=None, responses=UnreadReply)
    def post(self, request: Request) -> Response:
        services.notification_read_all(user_id=caller(request).id, now=utc_now())
        return Response(UnreadReply(unread=0))
