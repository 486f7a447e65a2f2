from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.bookings import selectors, services
from apps.bookings.replies.bookings import BookingReply
from apps.bookings.replies.changes import AlterationPreviewReply
from apps.bookings.serializers import AlterationPreviewQuerySerializer, AlterationSerializer
from apps.bookings.services.requests import PriceChangedError
from apps.bookings.views import refusals as refuse
from apps.bookings.views.bookings import altered
from apps.bookings.views.headers import IDEMPOTENCY_KEY
from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.errors import StaleVersionError
from apps.common.fields import object_id
from apps.common.permissions import IsTraveler, caller


class AlterationView(APIView):
    permission_classes = (IsTraveler,)

    @extend_schema(
        summary="What another stay instead of the booked one would cost",
        parameters=[AlterationPreviewQuerySerializer],
        responses={
            200: AlterationPreviewReply,
            **refusals(*refuse.STAY, *refuse.ALTERATION),
        },
    )
    def get(self, request: Request, booking_id: str) -> Response:
        serializer = AlterationPreviewQuerySerializer(data=request.query_params)
        serializer.is_valid(raise_exception=True)
        viewer, booking_oid = caller(request), object_id(booking_id)
        preview = services.alteration_preview(
            booking_id=booking_oid,
            actor=selectors.actor_in(booking_oid, viewer.id),
            changes=serializer.validated_data,
            now=utc_now(),
        )
        return Response(preview)

    @extend_schema(
        summary="Alter a booking, or propose it to the host where they want to be asked",
        parameters=[IDEMPOTENCY_KEY],
        request=AlterationSerializer,
        responses={
            200: BookingReply,
            **refusals(
                *refuse.STAY,
                *refuse.NIGHTS,
                *refuse.PAYMENT,
                *refuse.ALTERATION,
                *refuse.KEY,
                PriceChangedError,
                StaleVersionError,
            ),
        },
    )
    def post(self, request: Request, booking_id: str) -> Response:
        serializer = AlterationSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return altered(request, booking_id, serializer.validated_data)
