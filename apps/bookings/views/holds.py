from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from apps.bookings import selectors, services
from apps.bookings.replies.prices import HoldListReply, HoldReply
from apps.bookings.serializers import HoldRequestSerializer, key_of
from apps.bookings.services.guests import OwnListingError
from apps.bookings.services.holds import (
    HeldTooLongError,
    HoldUnknownError,
    TooManyHoldsError,
)
from apps.bookings.views import refusals as refuse
from apps.bookings.views.headers import IDEMPOTENCY_KEY
from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.fields import object_id
from apps.common.permissions import IsTraveler, caller
from apps.common.throttling import HoldThrottle
from apps.properties.selectors import ListingUnknownError


class HoldListView(APIView):
    permission_classes = (IsTraveler,)

    def get_throttles(self) -> list[BaseThrottle]:
        is_new = self.request is not None and self.request.method == "POST"
        return [*super().get_throttles(), *([HoldThrottle()] if is_new else [])]

    @extend_schema(summary="Your holds that have not expired", responses=HoldListReply)
    def get(self, request: Request) -> Response:
        return Response(selectors.hold_list(caller(request).id, now=utc_now()))

    @extend_schema(
        summary="Hold the nights of a stay while one books it",
        parameters=[IDEMPOTENCY_KEY],
        request=HoldRequestSerializer,
        responses={
            201: HoldReply,
            **refusals(
                *refuse.STAY,
                *refuse.NIGHTS,
                TooManyHoldsError,
                HeldTooLongError,
                *refuse.QUOTE,
                *refuse.KEY,
                ListingUnknownError,
                OwnListingError,
            ),
        },
    )
    def post(self, request: Request) -> Response:
        serializer = HoldRequestSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values = serializer.validated_data
        answer = services.hold_create(
            guest_id=caller(request).id, now=utc_now(), key=key_of(request, values), **values
        )
        return Response(answer.body, status=answer.status)


class HoldView(APIView):
    permission_classes = (IsTraveler,)

    @extend_schema(
        summary="Release a hold",
        request=None,
        responses={204: None, **refusals(HoldUnknownError)},
    )
    def delete(self, request: Request, hold_id: str) -> Response:
        services.hold_release(hold_id=object_id(hold_id), guest_id=caller(request).id)
        return Response(status=204)
