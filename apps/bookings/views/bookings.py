from collections.abc import Sequence
from typing import Any

from bson import ObjectId
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.bookings import selectors, services
from apps.bookings.enums import Action, Actor
from apps.bookings.idempotency import KeyReusedError
from apps.bookings.openapi import (
    ALTERATIONS_REFUSED,
    IDEMPOTENCY_KEY,
    IN_FLIGHT,
    NOT_NOW,
    NOT_PAYABLE,
    QUOTES_OVER,
    QUOTES_REFUSED,
    REFUND_CHANGED,
    REFUSED_STAYS,
    TAKEN,
    BookingSerializer,
)
from apps.bookings.quote import Stay
from apps.bookings.serializers import (
    ActionSerializer,
    BookingListSerializer,
    BookingRequestSerializer,
    BookingUpdateSerializer,
    CancelSerializer,
)
from apps.bookings.services.offers import alternatives
from apps.bookings.views.alterations import altered
from apps.bookings.views.common import detail, once_for, reached
from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.errors import NotFoundError, StaleVersionError
from apps.common.fields import object_id
from apps.common.openapi import paged, problem
from apps.common.permissions import IsTraveler, caller
from apps.common.serializers import page_of
from apps.payments.openapi import METHODS_REFUSED, PAYMENTS_FAILED, PAYMENTS_REFUSED


class BookingCreateView(APIView):
    permission_classes = (IsTraveler,)

    @extend_schema(
        summary="Request a stay",
        parameters=[IDEMPOTENCY_KEY],
        request=BookingRequestSerializer,
        responses={
            201: BookingSerializer,
            **problem(
                400,
                **REFUSED_STAYS,
                **METHODS_REFUSED,
                QUOTE_INVALID=QUOTES_REFUSED["QUOTE_INVALID"],
            ),
            **problem(402, **PAYMENTS_REFUSED),
            **refusals(NotFoundError, KeyReusedError),
            **problem(409, **TAKEN, **QUOTES_OVER, **NOT_PAYABLE, **IN_FLIGHT),
            **PAYMENTS_FAILED,
        },
    )
    def post(self, request: Request) -> Response:
        serializer = BookingRequestSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values, now, guest = serializer.validated_data, utc_now(), caller(request)

        def act(prepared: services.Prepared) -> dict[str, Any]:
            requested = services.request_place(prepared, now=now)
            return selectors.booking_view(
                requested.booking,
                listing=requested.listing,
                guest_first_name=guest.first_name,
                actor=Actor.GUEST,
            )

        with alternatives(Stay.of(values), now=now):
            return once_for(
                request,
                values,
                act,
                now,
                prepare=lambda: services.request_prepare(guest_id=guest.id, now=now, **values),
                undo=lambda prepared: services.request_undo(prepared, now=now),
                status=201,
            )


class BookingDetailView(APIView):
    def get_permissions(self) -> Sequence[Any]:
        return [IsTraveler()] if self.request.method == "PUT" else super().get_permissions()

    @extend_schema(summary="One booking", responses={200: BookingSerializer})
    def get(self, request: Request, booking_id: str) -> Response:
        booking = selectors.booking_stored(object_id(booking_id))
        return Response(detail(booking, caller(request)))

    @extend_schema(
        summary="Change one's booking: guests, wishes, dates while it is pending",
        parameters=[IDEMPOTENCY_KEY],
        request=BookingUpdateSerializer,
        responses={
            200: BookingSerializer,
            **problem(400, **REFUSED_STAYS, **METHODS_REFUSED),
            **problem(402, **PAYMENTS_REFUSED),
            **problem(409, **NOT_NOW, **ALTERATIONS_REFUSED, **TAKEN, **NOT_PAYABLE, **IN_FLIGHT),
            **refusals(StaleVersionError, KeyReusedError),
            **PAYMENTS_FAILED,
        },
    )
    def put(self, request: Request, booking_id: str) -> Response:
        serializer = BookingUpdateSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return altered(request, booking_id, serializer.validated_data, action=Action.UPDATE)


class BookingListView(APIView):
    """A page of the caller's bookings: `field` and `actor` say on which side of them."""

    field = "guest_id"
    actor = Actor.GUEST

    def person_id(self, request: Request, **_: Any) -> ObjectId:
        return caller(request).id

    @extend_schema(
        summary="Bookings, newest first",
        parameters=[BookingListSerializer],
        responses={200: paged(BookingSerializer)},
    )
    def get(self, request: Request, **kwargs: Any) -> Response:
        serializer = BookingListSerializer(data=request.query_params)
        serializer.is_valid(raise_exception=True)
        page = selectors.booking_page(
            field=self.field,
            person_id=self.person_id(request, **kwargs),
            actor=self.actor,
            page=page_of(serializer.validated_data),
            filters=serializer.filters(),
        )
        return Response(page)


class UserBookingListView(BookingListView):
    def person_id(self, request: Request, **kwargs: Any) -> ObjectId:
        user_id = object_id(kwargs["user_id"])
        if user_id != caller(request).id and not caller(request).is_staff:
            raise NotFoundError("There is nothing at this address for you.")
        return user_id


class BookingActionView(APIView):
    """One action on a booking; `actors` are those that may reach it here."""

    action: Action = Action.ACCEPT
    actors: tuple[Actor, ...] = (Actor.GUEST,)
    input: type[ActionSerializer] = ActionSerializer

    @extend_schema(
        summary="{view.action} a booking",
        parameters=[IDEMPOTENCY_KEY],
        request=ActionSerializer,
        responses={
            200: BookingSerializer,
            **problem(409, **NOT_NOW, **IN_FLIGHT),
            **refusals(StaleVersionError, KeyReusedError),
        },
    )
    def post(self, request: Request, booking_id: str) -> Response:
        serializer = self.input(data=request.data)
        serializer.is_valid(raise_exception=True)
        values, now = serializer.validated_data, utc_now()
        viewer, wanted, actor = reached(request, booking_id)
        if actor not in self.actors:
            raise NotFoundError("There is no such booking.")

        def act() -> dict[str, Any]:
            booking = services.booking_change(
                booking_id=wanted,
                action=self.action,
                actor=actor,
                actor_id=viewer.id,
                now=now,
                **values,
            )
            return detail(booking, viewer)

        return once_for(request, {"action": self.action.value, **values}, act, now)


class BookingCancelView(BookingActionView):
    action = Action.CANCEL
    actors = (Actor.GUEST, Actor.OWNER, Actor.STAFF)
    input = CancelSerializer

    @extend_schema(
        summary="Cancel a booking",
        parameters=[IDEMPOTENCY_KEY],
        request=CancelSerializer,
        responses={
            200: BookingSerializer,
            **problem(409, **NOT_NOW, **REFUND_CHANGED, **IN_FLIGHT),
            **refusals(StaleVersionError, KeyReusedError),
        },
    )
    def post(self, request: Request, booking_id: str) -> Response:
        return super().post(request, booking_id)
