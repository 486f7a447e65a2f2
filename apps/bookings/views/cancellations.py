from functools import partial

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.bookings import selectors
from apps.bookings.replies.changes import CancellationReply
from apps.bookings.states import InvalidTransitionError
from apps.bookings.views.rights import VIEW
from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.fields import object_id
from apps.common.permissions import StaffSecondFactorError, caller


class CancellationView(APIView):
    @extend_schema(
        summary="What cancelling a booking now would refund",
        responses={
            200: CancellationReply,
            **refusals(InvalidTransitionError, StaffSecondFactorError),
        },
    )
    def get(self, request: Request, booking_id: str) -> Response:
        viewer, booking_oid = caller(request), object_id(booking_id)
        actor = selectors.actor_in(booking_oid, viewer.id, as_staff=partial(viewer.may, VIEW))
        return Response(selectors.cancellation_preview(booking_oid, actor=actor, at=utc_now()))
