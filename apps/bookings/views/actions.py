from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.bookings import selectors, services
from apps.bookings.enums import Action, Actor
from apps.bookings.idempotency import once
from apps.bookings.replies.bookings import BookingReply
from apps.bookings.serializers import (
    ActionSerializer,
    CancelSerializer,
    key_of,
)
from apps.bookings.services.changes import RefundChangedError
from apps.bookings.views import refusals as refuse
from apps.bookings.views.headers import IDEMPOTENCY_KEY
from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.fields import object_id
from apps.common.permissions import caller


class BookingActionView(APIView):
    """One action on a booking; `actors` are those that may reach it here."""

    action: Action = Action.ACCEPT
    actors: tuple[Actor, ...] = (Actor.GUEST,)
    input: type[ActionSerializer] = ActionSerializer

    @extend_schema(
        summary="{view.action} a booking",
        parameters=[IDEMPOTENCY_KEY],
        request=ActionSerializer,
        responses={200: BookingReply, **refusals(*refuse.CHANGE, *refuse.KEY)},
    )
    def post(self, request: Request, booking_id: str) -> Response:
        serializer = self.input(data=request.data)
        serializer.is_valid(raise_exception=True)
        values, now = serializer.validated_data, utc_now()
        viewer, booking_oid = caller(request), object_id(booking_id)
        actor = selectors.actor_in(booking_oid, viewer.id, is_staff=viewer.is_staff)
        if actor not in self.actors:
            raise selectors.BookingUnknownError

        def act() -> BookingReply:
            booking = services.booking_change(
                booking_id=booking_oid,
                action=self.action,
                actor=actor,
                actor_id=viewer.id,
                now=now,
                **values,
            )
            return selectors.booking_reply(booking, actor=actor)

        key = key_of(request, {"action": self.action.value, **values})
        return Response(once(key, act, now=now).body)


class BookingCancelView(BookingActionView):
    action = Action.CANCEL
    actors = (Actor.GUEST, Actor.OWNER, Actor.STAFF)
    input = CancelSerializer

    @extend_schema(
        summary="Cancel a booking",
        parameters=[IDEMPOTENCY_KEY],
        request=CancelSerializer,
        responses={
            200: BookingReply,
            **refusals(*refuse.CHANGE, RefundChangedError, *refuse.KEY),
        },
    )
    def post(self, request: Request, booking_id: str) -> Response:
        return super().post(request, booking_id)
