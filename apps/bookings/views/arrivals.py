from functools import partial

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.bookings import selectors
from apps.bookings.arrival import PlaceNotShownError, arrival_shown
from apps.bookings.replies.arrivals import ArrivalReply
from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.fields import object_id
from apps.common.permissions import StaffSecondFactorError, caller
from apps.properties.enums import READ_EXACT_ADDRESS


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
