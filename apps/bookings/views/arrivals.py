from functools import partial
from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.bookings import selectors, services
from apps.bookings.arrival import PlaceNotShownError, arrival_shown
from apps.bookings.replies.arrivals import ArrivalReply, SentMessageReply
from apps.bookings.serializers import MessageSerializer, key_of
from apps.bookings.views import refusals as refuse
from apps.bookings.views.headers import IDEMPOTENCY_KEY
from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.fields import object_id
from apps.common.permissions import StaffSecondFactorError, caller
from apps.common.throttling import UserThrottle
from apps.properties.enums import READ_EXACT_ADDRESS


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


class ArrivalView(APIView):
    @extend_schema(
        summary="Where a confirmed stay is exactly, and how to get in",
        responses={200: ArrivalReply, **refusals(PlaceNotShownError, StaffSecondFactorError)},
    )
    def get(self, request: Request, booking_id: str) -> Response:
        viewer, booking = caller(request), selectors.booking_stored(object_id(booking_id))
        may_read = partial(viewer.may, READ_EXACT_ADDRESS)
        actor = selectors.actor_of(booking, viewer.id, as_staff=may_read)
        return Response(arrival_shown(booking, actor=actor, now=utc_now()))


class ContactView(APIView):
    throttle_classes = (UserThrottle, ContactThrottle)

    @extend_schema(
        summary="Write to the other side of a confirmed stay",
        parameters=[IDEMPOTENCY_KEY],
        request=MessageSerializer,
        responses={201: SentMessageReply, **refusals(services.ContactClosedError, *refuse.KEY)},
    )
    def post(self, request: Request, booking_id: str) -> Response:
        serializer = MessageSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values = serializer.validated_data
        answer = services.message_send(
            booking_id=object_id(booking_id),
            sender_id=caller(request).id,
            text=values["text"],
            now=utc_now(),
            key=key_of(request, values),
        )
        return Response(answer.body, status=answer.status)
