from django.conf import settings
from django.http import HttpResponseRedirect
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.permissions import caller
from apps.common.throttling import AddressThrottle
from apps.events.notify import WORDING
from apps.notifications import services
from apps.notifications.replies import ShownNotificationPreferenceReply, StoppedReply
from apps.notifications.serializers import NotificationPreferenceSerializer
from apps.notifications.services import PreferenceRejectedError
from apps.notifications.tokens import IncompleteLinkError, token_read

TOKEN = OpenApiParameter("token", {"type": "string", "maxLength": 200}, OpenApiParameter.PATH)


class NotificationPreferenceView(APIView):
    @extend_schema(
        summary="Which notifications you get, and by which channels",
        responses=ShownNotificationPreferenceReply,
    )
    def get(self, request: Request) -> Response:
        return _shown(request)

    @extend_schema(
        summary="Choose channels; what you leave out falls back to its default",
        request=NotificationPreferenceSerializer,
        responses={200: ShownNotificationPreferenceReply, **refusals(PreferenceRejectedError)},
    )
    def put(self, request: Request) -> Response:
        serializer = NotificationPreferenceSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        user = caller(request)
        services.preferences_save(
            user_id=user.id,
            roles=user.roles,
            values=serializer.validated_data,
            now=utc_now(),
        )
        return _shown(request)


def _shown(request: Request) -> Response:
    user = caller(request)
    return Response(services.preferences_view(user_id=user.id, roles=user.roles))


class UnsubscribeView(APIView):
    """The link in an e-mail's header. Only POST changes something: scanners follow links."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (AddressThrottle,)

    @extend_schema(
        summary="Leads to the preferences in the browser",
        parameters=[TOKEN],
        responses={
            302: OpenApiResponse(description="To the page that asks first."),
            **refusals(IncompleteLinkError),
        },
    )
    def get(self, request: Request, token: str) -> HttpResponseRedirect:
        token_read(token)
        return HttpResponseRedirect(f"{settings.SITE_URL}/preferences/notifications?stop={token}")

    @extend_schema(
        summary="Stop e-mails of one kind without a login (RFC 8058)",
        parameters=[TOKEN],
        request=None,
        responses={200: StoppedReply, **refusals(IncompleteLinkError)},
    )
    def post(self, request: Request, token: str) -> Response:
        user_id, kind = token_read(token)
        services.email_stop(user_id=user_id, kind=kind, now=utc_now())
        return Response(StoppedReply(kind=kind, label=WORDING[kind].label))
