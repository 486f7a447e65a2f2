from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.bookings.serializers import key_of
from apps.bookings.views import refusals as refuse
from apps.bookings.views.headers import IDEMPOTENCY_KEY
from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.fields import object_id
from apps.common.permissions import caller
from apps.common.throttling import UserThrottle
from apps.messaging import services
from apps.messaging.replies import SentMessageReply
from apps.messaging.serializers import MessageSerializer


class ContactThrottle(UserThrottle):
    """Counts the messages of one person about one booking."""

    scope = "contact"

    @property
    def rate(self) -> str:  # type: ignore[override]
        return str(settings.RATE_LIMIT_CONTACT)

    def allow_request(self, request: Request, view: Any) -> bool:
        self._booking_id = str(view.kwargs["booking_id"])
        return super().allow_request(request, view)

    def key(self, request: Request) -> str | None:
        person = super().key(request)
        return person and f"{person}:{self._booking_id}"


class ContactView(APIView):
    throttle_classes = (UserThrottle, ContactThrottle)

    @extend_schema(
        summary="Write to the other side of a confirmed stay",
        parameters=[IDEMPOTENCY_KEY],
        request=MessageSerializer,
        responses={
            201: SentMessageReply,
            **refusals(
                services.ContactClosedError,
                services.BlockedByYouError,
                services.CannotReceiveError,
                *refuse.KEY,
            ),
        },
    )
    def post(self, request: Request, booking_id: str) -> Response:
        serializer = MessageSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values = serializer.validated_data
        answer = services.stay_message_send(
            booking_id=object_id(booking_id),
            sender_id=caller(request).id,
            text=values["text"],
            now=utc_now(),
            key=key_of(request, values),
        )
        return Response(answer.body, status=answer.status)
