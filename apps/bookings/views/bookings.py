from collections.abc import Sequence
from functools import partial
from typing import Any

from bson import ObjectId
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.bookings import selectors, services
from apps.bookings.enums import Action, Actor
from apps.bookings.replies.bookings import BookingReply
from apps.bookings.serializers import (
    BookingListSerializer,
    BookingRequestSerializer,
    BookingUpdateSerializer,
    key_of,
)
from apps.bookings.services.guests import OwnListingError
from apps.bookings.services.requests import PriceChangedError
from apps.bookings.views import refusals as refuse
from apps.bookings.views.headers import IDEMPOTENCY_KEY
from apps.bookings.views.rights import VIEW
from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.errors import NotFoundError, StaleVersionError
from apps.common.fields import object_id
from apps.common.permissions import IsTraveler, StaffSecondFactorError, caller
from apps.common.replies import Paged
from apps.common.serializers import page_of
from apps.properties.selectors import ListingUnknownError
from apps.texts.selectors import TermsChangedError

OF_THE_CALL = frozenset({"version", "expected_total", "payment_method", "payment_id"})


class BookingCreateView(APIView):
    permission_classes = (IsTraveler,)

    @extend_schema(
        summary="Request a stay",
        parameters=[IDEMPOTENCY_KEY],
        request=BookingRequestSerializer,
        responses={
            201: BookingReply,
            **refusals(
                *refuse.STAY,
                *refuse.NIGHTS,
                *refuse.QUOTE,
                *refuse.PAYMENT,
                *refuse.KEY,
                ListingUnknownError,
                OwnListingError,
                PriceChangedError,
                TermsChangedError,
            ),
        },
    )
    def post(self, request: Request) -> Response:
        serializer = BookingRequestSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values = serializer.validated_data
        guest = caller(request)
        answer = services.booking_request(
            guest_id=guest.id,
            guest_first_name=guest.first_name,
            now=utc_now(),
            key=key_of(request, values),
            **values,
        )
        return Response(answer.body, status=answer.status)


class BookingDetailView(APIView):
    def get_permissions(self) -> Sequence[Any]:
        return [IsTraveler()] if self.request.method == "PUT" else super().get_permissions()

    @extend_schema(
        summary="One booking",
        responses={200: BookingReply, **refusals(StaffSecondFactorError)},
    )
    def get(self, request: Request, booking_id: str) -> Response:
        viewer, booking = caller(request), selectors.booking_stored(object_id(booking_id))
        actor = selectors.actor_of(booking, viewer.id, as_staff=partial(viewer.may, VIEW))
        return Response(selectors.booking_reply(booking, actor=actor))

    @extend_schema(
        summary="Change your booking: guests, requests, and dates while it is pending",
        parameters=[IDEMPOTENCY_KEY],
        request=BookingUpdateSerializer,
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
    def put(self, request: Request, booking_id: str) -> Response:
        serializer = BookingUpdateSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return altered(request, booking_id, serializer.validated_data, action=Action.UPDATE)


def altered(
    request: Request, booking_id: str, values: dict[str, Any], *, action: Action | None = None
) -> Response:
    viewer, booking_oid = caller(request), object_id(booking_id)
    answer = services.booking_alter(
        booking_id=booking_oid,
        action=action,
        actor=selectors.actor_in(booking_oid, viewer.id),
        actor_id=viewer.id,
        changes={name: value for name, value in values.items() if name not in OF_THE_CALL},
        now=utc_now(),
        key=key_of(request, values),
        **{name: value for name, value in values.items() if name in OF_THE_CALL},
    )
    return Response(answer.body)


class BookingListView(APIView):
    """A page of the caller's bookings: `field` and `actor` name the side of it."""

    field = "guest_id"
    actor = Actor.GUEST

    def person_id(self, request: Request, **_: Any) -> ObjectId:
        return caller(request).id

    @extend_schema(
        summary="Bookings, newest first",
        parameters=[BookingListSerializer],
        responses=Paged[BookingReply],
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
    @extend_schema(
        summary="Bookings, newest first",
        parameters=[BookingListSerializer],
        responses={200: Paged[BookingReply], **refusals(StaffSecondFactorError)},
    )
    def get(self, request: Request, **kwargs: Any) -> Response:
        return super().get(request, **kwargs)

    def person_id(self, request: Request, **kwargs: Any) -> ObjectId:
        user_id = object_id(kwargs["user_id"])
        if user_id != caller(request).id and not caller(request).may(VIEW):
            raise NotFoundError
        return user_id
