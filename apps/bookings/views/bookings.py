import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from bson import ObjectId
from django.http import QueryDict
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.bookings import selectors, services
from apps.bookings.enums import Action, Actor
from apps.bookings.idempotency import once
from apps.bookings.openapi import (
    IDEMPOTENCY_KEY,
    NOT_NOW,
    REFUSED_STAYS,
    TAKEN,
    BookingSerializer,
    QuoteSerializer,
)
from apps.bookings.quote import quote
from apps.bookings.serializers import (
    BookingListSerializer,
    BookingRequestSerializer,
    BookingUpdateSerializer,
    IdempotencyKeySerializer,
    ReasonSerializer,
    StaySerializer,
)
from apps.common.clock import utc_now
from apps.common.errors import NotFoundError
from apps.common.fields import object_id
from apps.common.openapi import paged, problem, problems
from apps.common.permissions import IsTraveler, Principal, caller
from apps.common.serializers import page_of
from apps.common.views import PublicReadView


class BookingCreateView(APIView):
    permission_classes = (IsTraveler,)

    @extend_schema(
        summary="Request a stay",
        parameters=[IDEMPOTENCY_KEY],
        request=BookingRequestSerializer,
        responses={
            201: BookingSerializer,
            **problem(400, **REFUSED_STAYS),
            **problems(404, 422),
            **problem(409, **TAKEN),
        },
    )
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

        return Response(_once(request, values, act, now), status=201)


def _once(request: Request, values: Any, act: Callable[[], Any], now: dt.datetime) -> Any:
    """What `act` returns; with an Idempotency-Key the reply to its first call."""
    key = _idempotency_key(request)
    if key is None:
        return act()
    return once(user_id=caller(request).id, key=key, request=values, act=act, now=now)


def _idempotency_key(request: Request) -> str | None:
    sent = request.headers.get("Idempotency-Key")
    if sent is None:
        return None
    serializer = IdempotencyKeySerializer(data={"key": sent})
    serializer.is_valid(raise_exception=True)
    return str(serializer.validated_data["key"])


@extend_schema_view(
    get=extend_schema(
        summary="What a stay costs, and whether it is free",
        parameters=[StaySerializer],
        responses={
            200: QuoteSerializer,
            **problem(400, **REFUSED_STAYS),
            **problems(404),
            **problem(409, LISTING_INACTIVE="This listing takes no bookings at present."),
        },
    )
)
class QuoteView(PublicReadView):
    def read(self, query: QueryDict, **path: str) -> Any:
        serializer = StaySerializer(data=query)
        serializer.is_valid(raise_exception=True)
        return quote(**serializer.validated_data, now=utc_now())


def _reached(request: Request, booking_id: str) -> tuple[Principal, ObjectId, Actor]:
    """The caller, the id, and as what they act; raises `NotFoundError` for another's booking."""
    viewer, wanted = caller(request), object_id(booking_id)
    booking = selectors.booking_stored(wanted)
    return viewer, wanted, selectors.actor_of(booking, viewer.id, is_staff=viewer.is_staff)


def _detail(booking: dict[str, Any], viewer: Principal) -> dict[str, Any]:
    return selectors.booking_detail(booking, viewer_id=viewer.id, is_staff=viewer.is_staff)


class BookingDetailView(APIView):
    def get_permissions(self) -> Sequence[Any]:
        return [IsTraveler()] if self.request.method == "PUT" else super().get_permissions()

    @extend_schema(summary="One booking", responses={200: BookingSerializer})
    def get(self, request: Request, booking_id: str) -> Response:
        booking = selectors.booking_stored(object_id(booking_id))
        return Response(_detail(booking, caller(request)))

    @extend_schema(
        summary="Change one's booking: guests, wishes, dates while it is pending",
        parameters=[IDEMPOTENCY_KEY],
        request=BookingUpdateSerializer,
        responses={
            200: BookingSerializer,
            **problem(400, **REFUSED_STAYS),
            **problem(409, **NOT_NOW, **TAKEN),
            **problems(412, 422),
        },
    )
    def put(self, request: Request, booking_id: str) -> Response:
        serializer = BookingUpdateSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        changes, now = dict(serializer.validated_data), utc_now()
        version = changes.pop("version", None)
        viewer, wanted, actor = _reached(request, booking_id)

        def act() -> dict[str, Any]:
            booking = services.booking_update(
                booking_id=wanted,
                actor=actor,
                actor_id=viewer.id,
                changes=changes,
                version=version,
                now=now,
            )
            return _detail(booking, viewer)

        call = {"update": booking_id, **serializer.validated_data}
        return Response(_once(request, call, act, now))


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

    action: Action = Action.CANCEL
    actors: tuple[Actor, ...] = (Actor.GUEST,)

    @extend_schema(
        summary="{view.action} a booking",
        parameters=[IDEMPOTENCY_KEY],
        request=ReasonSerializer,
        responses={200: BookingSerializer, **problem(409, **NOT_NOW), **problems(422)},
    )
    def post(self, request: Request, booking_id: str) -> Response:
        serializer = ReasonSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        reason, now = serializer.validated_data["reason"], utc_now()
        viewer, wanted, actor = _reached(request, booking_id)
        if actor not in self.actors:
            raise NotFoundError("There is no such booking.")

        def act() -> dict[str, Any]:
            booking = services.booking_change(
                booking_id=wanted,
                action=self.action,
                actor=actor,
                actor_id=viewer.id,
                now=now,
                reason=reason,
            )
            return _detail(booking, viewer)

        call = {self.action.value: booking_id, "reason": reason}
        return Response(_once(request, call, act, now))
