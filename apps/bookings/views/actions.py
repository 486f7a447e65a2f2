from functools import partial

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit.enums import Kind
from apps.audit.services import security_event
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
from apps.bookings.views.rights import CANCEL
from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.fields import object_id
from apps.common.permissions import StaffSecondFactorError, caller


class BookingActionView(APIView):
    """One action on a booking; `actors` are those that may reach it here, staff by `right`."""

    action: Action = Action.ACCEPT
    actors: tuple[Actor, ...] = (Actor.GUEST,)
    right = ""
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
        actor = selectors.actor_in(booking_oid, viewer.id, as_staff=partial(viewer.may, self.right))
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
            if actor is Actor.STAFF:
                security_event(
                    Kind.STAFF_ACTION,
                    user_id=None,
                    actor_id=viewer.id,
                    now=now,
                    details={
                        "model": "bookings.booking",
                        "record": booking_id,
                        "action": self.action.label,
                    },
                )
            return selectors.booking_reply(booking, actor=actor)

        key = key_of(request, {"action": self.action.value, **values})
        return Response(once(key, act, now=now).body)


class BookingCancelView(BookingActionView):
    action = Action.CANCEL
    actors = (Actor.GUEST, Actor.OWNER, Actor.STAFF)
    right = CANCEL
    input = CancelSerializer

    @extend_schema(
        summary="Cancel a booking",
        parameters=[IDEMPOTENCY_KEY],
        request=CancelSerializer,
        responses={
            200: BookingReply,
            **refusals(*refuse.CHANGE, RefundChangedError, *refuse.KEY, StaffSecondFactorError),
        },
    )
    def post(self, request: Request, booking_id: str) -> Response:
        return super().post(request, booking_id)
