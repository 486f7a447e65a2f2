from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.bookings import selectors, services
from apps.bookings.idempotency import KeyReusedError
from apps.bookings.openapi import (
    IDEMPOTENCY_KEY,
    IN_FLIGHT,
    QUOTES_OVER,
    QUOTES_REFUSED,
    REFUSED_STAYS,
    TAKEN,
    HoldListSerializer,
    HoldSerializer,
)
from apps.bookings.quote import Stay
from apps.bookings.serializers import HoldRequestSerializer
from apps.bookings.services.offers import alternatives
from apps.bookings.views.common import once_for
from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.errors import NotFoundError
from apps.common.fields import object_id
from apps.common.openapi import problem, problems
from apps.common.permissions import IsTraveler, caller


class HoldListView(APIView):
    permission_classes = (IsTraveler,)

    @extend_schema(summary="One's holds that have not run out", responses={200: HoldListSerializer})
    def get(self, request: Request) -> Response:
        return Response({"results": selectors.hold_page(caller(request).id, now=utc_now())})

    @extend_schema(
        summary="Hold the nights of a stay while one books it",
        parameters=[IDEMPOTENCY_KEY],
        request=HoldRequestSerializer,
        responses={
            201: HoldSerializer,
            **problem(400, **REFUSED_STAYS, QUOTE_INVALID=QUOTES_REFUSED["QUOTE_INVALID"]),
            **refusals(NotFoundError, KeyReusedError),
            **problem(
                409,
                **TAKEN,
                TOO_MANY_HOLDS="You hold 3 stays already. Book one of them or let it go first.",
                **QUOTES_OVER,
                **IN_FLIGHT,
            ),
        },
    )
    def post(self, request: Request) -> Response:
        serializer = HoldRequestSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values, now, guest_id = serializer.validated_data, utc_now(), caller(request).id

        def act() -> dict[str, Any]:
            held = services.hold_create(guest_id=guest_id, now=now, **values)
            return selectors.hold_view(held.hold, listing=held.listing)

        with alternatives(Stay.of(values), now=now):
            return once_for(request, values, act, now, status=201)


class HoldView(APIView):
    permission_classes = (IsTraveler,)

    @extend_schema(summary="Let a hold go", request=None, responses={204: None, **problems(404)})
    def delete(self, request: Request, hold_id: str) -> Response:
        services.hold_release(hold_id=object_id(hold_id), guest_id=caller(request).id)
        return Response(status=204)
