from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.fields import object_id
from apps.common.permissions import IsOwner, caller
from apps.common.reply_schema import OBJECT_ID
from apps.owners import selectors, services
from apps.owners.replies import CalendarNightsReply, OwnerFiguresReply
from apps.owners.serializers import (
    AnalyticsSerializer,
    AvailabilitySerializer,
    NoNightsError,
    RangeSerializer,
)
from apps.owners.services import (
    CalendarEndError,
    ExternalNightsError,
    NightsBookedError,
    PastNightsError,
)
from apps.properties.selectors import ListingUnknownError

NIGHTS = [
    OpenApiParameter("from", OpenApiTypes.DATE, required=True, description="First night."),
    OpenApiParameter(
        "to", OpenApiTypes.DATE, required=True, description="Day after the last night."
    ),
]
MONTH = {"type": "string", "pattern": r"^\d{4}-\d{2}$"}
FIGURES_OF = [
    OpenApiParameter("from", MONTH, description="First month; six months ago by default."),
    OpenApiParameter("to", MONTH, description="Last month, included; at most 24 in all."),
    OpenApiParameter("listing_id", OBJECT_ID, description="One listing only."),
    OpenApiParameter(
        "currency",
        {"type": "string", "pattern": "^[A-Z]{3}$"},
        description="By default the one that most of the listings have.",
    ),
]


class AvailabilityView(APIView):
    permission_classes = (IsOwner,)

    @extend_schema(
        summary="The taken nights of an own listing, and what takes them",
        parameters=NIGHTS,
        responses=CalendarNightsReply,
    )
    def get(self, request: Request, listing_id: str) -> Response:
        serializer = RangeSerializer(data=request.query_params)
        serializer.is_valid(raise_exception=True)
        nights = selectors.availability(
            object_id(listing_id),
            host_id=caller(request).id,
            now=utc_now(),
            **serializer.validated_data,
        )
        return Response(nights)

    @extend_schema(
        summary="Block and free nights, all of them or none",
        request=AvailabilitySerializer,
        responses={
            200: CalendarNightsReply,
            **refusals(
                NoNightsError,
                PastNightsError,
                CalendarEndError,
                NightsBookedError,
                ExternalNightsError,
            ),
        },
    )
    def put(self, request: Request, listing_id: str) -> Response:
        serializer = AvailabilitySerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        wanted, host_id, now = object_id(listing_id), caller(request).id, utc_now()
        start, end = services.availability_change(
            listing_id=wanted,
            host_id=host_id,
            block=serializer.spans("block"),
            free=serializer.spans("free"),
            now=now,
        )
        return Response(
            selectors.availability(wanted, host_id=host_id, start=start, end=end, now=now)
        )


class AnalyticsView(APIView):
    permission_classes = (IsOwner,)

    @extend_schema(
        summary="Revenue, occupancy and bookings by month and listing",
        parameters=FIGURES_OF,
        responses={200: OwnerFiguresReply, **refusals(ListingUnknownError)},
    )
    def get(self, request: Request) -> Response:
        serializer = AnalyticsSerializer(data=request.query_params)
        serializer.is_valid(raise_exception=True)
        figures = selectors.analytics(
            caller(request).id, **serializer.validated_data, today=utc_now().date()
        )
        return Response(figures)
