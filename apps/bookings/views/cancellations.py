from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.bookings import selectors
from apps.bookings.openapi import NOT_NOW, CancellationSerializer
from apps.bookings.views.common import reached
from apps.common.clock import utc_now
from apps.common.openapi import problem


class CancellationView(APIView):
    @extend_schema(
        summary="What cancelling a booking now would give back",
        responses={200: CancellationSerializer, **problem(409, **NOT_NOW)},
    )
    def get(self, request: Request, booking_id: str) -> Response:
        _, wanted, actor = reached(request, booking_id)
        return Response(selectors.cancellation_preview(wanted, actor=actor, at=utc_now()))
