from typing import Any

from bson import ObjectId
from django.http import QueryDict
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.bookings import selectors, services
from apps.bookings.enums import Action, Actor
from apps.bookings.idempotency import once
from apps.bookings.quote import quote
from apps.bookings.serializers import (
    BookingListSerializer,
    BookingRequestSerializer,
    IdempotencyKeySerializer,
    ReasonSerializer,
    StaySerializer,
)
from apps.common.clock import utc_now
from apps.common.errors import NotFoundError
from apps.common.fields import object_id
from apps.common.permissions import IsTraveler, caller
from apps.common.serializers import page_of
from apps.common.views import PublicReadView


class BookingCreateView(APIView):
    permission_classes = (IsTraveler,)

    def post(self, request: Request) -> Response:
        serializer = BookingRequestSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values, now, guest_id = serializer.validated_data, utc_now(), caller(request).id

        def act() -> dict[str, Any]:
            requested = services.booking_request(guest_id=guest_id, now=now, **values)
            return selectors.booking_view(
                requested.booking,
                listing=requested.listing,
                guest_first_name=caller(request).first_name,
                actor=Actor.GUEST,
            )

        key = _idempotency_key(request)
        if key is None:
            return Response(act(), status=201)
        body = once(user_id=guest_id, key=key, request=values, act=act, now=now)
        return Response(body, status=201)


def _idempotency_key(request: Request) -> str | None:
    sent = request.headers.get("Idempotency-Key")
    if sent is None:
        return None
    serializer = IdempotencyKeySerializer(data={"key": sent})
    serializer.is_valid(raise_exception=True)
    return str(serializer.validated_data["key"])


class QuoteView(PublicReadView):
    def read(self, query: QueryDict, **path: str) -> Any:
        serializer = StaySerializer(data=query)
        serializer.is_valid(raise_exception=True)
        return quote(**serializer.validated_data, now=utc_now())


class BookingDetailView(APIView):
    def get(self, request: Request, booking_id: str) -> Response:
        booking = selectors.booking_stored(object_id(booking_id))
        viewer = caller(request)
        return Response(
            selectors.booking_detail(booking, viewer_id=viewer.id, is_staff=viewer.is_staff)
        )


class BookingListView(APIView):
    """A page of the caller's bookings: `field` and `actor` say on which side of them."""

    field = "guest_id"
    actor = Actor.GUEST

    def person_id(self, request: Request, **_: Any) -> ObjectId:
        return caller(request).id

    def get(self, request: Request, **kwargs: Any) -> Response:
        serializer = BookingListSerializer(data=request.query_params)
        serializer.is_valid(raise_exception=True)
        values = serializer.validated_data
        page = selectors.booking_page(
            field=self.field,
            person_id=self.person_id(request, **kwargs),
            actor=self.actor,
            page=page_of(values),
            status=values.get("status"),
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

    action: Action = Action.CANCEL
    actors: tuple[Actor, ...] = (Actor.GUEST,)

    def post(self, request: Request, booking_id: str) -> Response:
        serializer = ReasonSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        viewer, wanted = caller(request), object_id(booking_id)
        actor = selectors.actor_of(
            selectors.booking_stored(wanted), viewer.id, is_staff=viewer.is_staff
        )
        if actor not in self.actors:
            raise NotFoundError("There is no such booking.")
        booking = services.booking_change(
            booking_id=wanted,
            action=self.action,
            actor=actor,
            actor_id=viewer.id,
            now=utc_now(),
            reason=serializer.validated_data["reason"],
        )
        detail = selectors.booking_detail(booking, viewer_id=viewer.id, is_staff=viewer.is_staff)
        return Response(detail)
