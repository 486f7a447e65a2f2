from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.common.clock import utc_now
from apps.common.fields import object_id
from apps.common.openapi import problem
from apps.common.permissions import IsOwner, caller
from apps.owners import selectors, services
from apps.owners.openapi import (
    BLOCKED,
    FIGURES_OF,
    OUTSIDE,
    RANGE,
    CalendarNightsSerializer,
    OwnerFiguresSerializer,
)
from apps.owners.serializers import AnalyticsSerializer, AvailabilitySerializer, RangeSerializer


class AvailabilityView(APIView):
    permission_classes = (IsOwner,)

    @extend_schema(
        summary="The taken nights of one's listing, and by what",
        parameters=RANGE,
        responses={200: CalendarNightsSerializer},
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
            200: CalendarNightsSerializer,
            **problem(400, **OUTSIDE),
            **problem(409, **BLOCKED),
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
        responses={
            200: OwnerFiguresSerializer,
            **problem(404, NOT_FOUND="There is no such listing."),
        },
    )
    def get(self, request: Request) -> Response:
        serializer = AnalyticsSerializer(data=request.query_params)
        serializer.is_valid(raise_exception=True)
        figures = selectors.analytics(
            caller(request).id, **serializer.validated_data, today=utc_now().date()
        )
        return Response(figures)
