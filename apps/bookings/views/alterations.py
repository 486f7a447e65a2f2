import datetime as dt
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.bookings import quote, selectors, services
from apps.bookings.enums import Action
from apps.bookings.idempotency import KeyReusedError
from apps.bookings.openapi import (
    ALTERATIONS_REFUSED,
    IDEMPOTENCY_KEY,
    IN_FLIGHT,
    NOT_NOW,
    NOT_PAYABLE,
    REFUSED_STAYS,
    TAKEN,
    AlterationPreviewSerializer,
    BookingSerializer,
)
from apps.bookings.serializers import AlterationPreviewQuerySerializer, AlterationSerializer
from apps.bookings.services.alterations import stay_of
from apps.bookings.services.offers import alternatives
from apps.bookings.views.common import detail, once_for, reached
from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.errors import StaleVersionError
from apps.common.money import to_wire
from apps.common.openapi import problem
from apps.common.permissions import IsTraveler
from apps.payments.openapi import METHODS_REFUSED, PAYMENTS_FAILED, PAYMENTS_REFUSED
from apps.properties.selectors import listing_terms

OF_THE_CALL = ("version", "expected_total", "payment_method", "payment_id")


def altered(
    request: Request, booking_id: str, values: dict[str, Any], *, action: Action | None = None
) -> Response:
    now = utc_now()
    viewer, wanted, actor = reached(request, booking_id)
    changes = {name: value for name, value in values.items() if name not in OF_THE_CALL}

    def prepare() -> Any:
        return services.alteration_prepare(
            booking_id=wanted,
            action=action,
            actor=actor,
            actor_id=viewer.id,
            changes=changes,
            now=now,
            **{name: value for name, value in values.items() if name in OF_THE_CALL},
        )

    stay = stay_of(selectors.booking_stored(wanted))
    asked = stay._replace(**{name: changes[name] for name in stay.wish() if name in changes})
    with alternatives(asked, now=now):
        return once_for(
            request,
            values,
            lambda prepared: detail(services.alteration_place(prepared, now=now), viewer),
            now,
            prepare=prepare,
            undo=lambda prepared: services.alteration_undo(prepared, now=now),
        )


class AlterationView(APIView):
    permission_classes = (IsTraveler,)

    @extend_schema(
        summary="What another stay instead of the booked one would cost",
        parameters=[AlterationPreviewQuerySerializer],
        responses={
            200: AlterationPreviewSerializer,
            **problem(400, **REFUSED_STAYS),
            **problem(409, **NOT_NOW, **ALTERATIONS_REFUSED),
        },
    )
    def get(self, request: Request, booking_id: str) -> Response:
        serializer = AlterationPreviewQuerySerializer(data=request.query_params)
        serializer.is_valid(raise_exception=True)
        _, found, actor = reached(request, booking_id)
        changes, now = serializer.validated_data, utc_now()
        stay = stay_of(selectors.booking_stored(found))
        asked = stay._replace(**{name: changes[name] for name in stay.wish() if name in changes})
        with alternatives(asked, now=now):
            booking, wanted, needs_consent, taken = services.alteration_preview(
                booking_id=found, actor=actor, changes=changes, now=now
            )
        return Response(_preview(booking, wanted, needs_consent, taken, now))

    @extend_schema(
        summary="Alter a booking, or propose it to the host where they want to be asked",
        parameters=[IDEMPOTENCY_KEY],
        request=AlterationSerializer,
        responses={
            200: BookingSerializer,
            **problem(400, **REFUSED_STAYS, **METHODS_REFUSED),
            **problem(402, **PAYMENTS_REFUSED),
            **problem(409, **NOT_NOW, **ALTERATIONS_REFUSED, **TAKEN, **NOT_PAYABLE, **IN_FLIGHT),
            **refusals(StaleVersionError, KeyReusedError),
            **PAYMENTS_FAILED,
        },
    )
    def post(self, request: Request, booking_id: str) -> Response:
        serializer = AlterationSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return altered(request, booking_id, serializer.validated_data)


def _preview(
    booking: dict[str, Any],
    wanted: Any,
    needs_consent: bool,
    taken: list[dt.date],
    now: dt.datetime,
) -> dict[str, Any]:
    stay = wanted.stay
    terms = listing_terms(stay.listing_id)
    return {
        **stay.wish(),
        "nights": (stay.check_out - stay.check_in).days,
        "currency": booking["currency"],
        "lines": quote.lines_to_wire(wanted.lines),
        "total_price": to_wire(wanted.total),
        "difference": to_wire(wanted.total - booking["total_price"]),
        "needs_consent": needs_consent,
        "available": not taken,
        "taken": taken,
        "alternatives": quote.stays_offered(terms, stay, now=now) if taken else [],
    }
