import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, QueryDict
from django.utils.http import http_date
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.calendars import selectors, services
from apps.calendars.replies import CalendarFeedReply, ListingCalendarsReply
from apps.calendars.selectors import FeedUnknownError
from apps.calendars.serializers import FeedNameSerializer, FeedSerializer
from apps.calendars.services import (
    ExportUnknownError,
    FeedAddressError,
    FeedBusyError,
    FeedKnownError,
    NothingHeldError,
    TooManyFeedsError,
)
from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.conditional import etag_of, is_known
from apps.common.fields import object_id
from apps.common.permissions import IsOwner, caller
from apps.common.throttling import UserThrottle
from apps.common.views import PublicReadView
from apps.properties.selectors import ListingUnknownError

ADDRESS = OpenApiParameter(
    "calendar_token",
    {"type": "string", "pattern": r"^[0-9a-f]{24}-[\w-]+\.ics$"},
    OpenApiParameter.PATH,
    description="The secret part of the address that the host has copied.",
)
FEED_NOTES = """\
Fetches the calendar now. Whatever is wrong with it is in the reply: `state` and `problems` say what
could not be read and where, and nothing that was wrong changes a night.
"""


@extend_schema_view(
    get=extend_schema(
        summary="A listing's calendar for other sites, under its secret address",
        parameters=[ADDRESS],
        responses={
            (200, "text/calendar"): OpenApiTypes.STR,
            **refusals(ExportUnknownError),
        },
    )
)
class CalendarExportView(PublicReadView):
    """iCalendar: all-day events of stays and closed nights, and nothing of guests."""

    def read(self, query: QueryDict, **path: str) -> bytes:
        content, self.changed_at = services.export_read(path["calendar_token"], now=utc_now())
        return content

    def sent(self, request: HttpRequest, payload: bytes) -> HttpResponse:
        etag = etag_of(payload)
        headers = {
            "ETag": etag,
            "Last-Modified": http_date(self.changed_at.timestamp()),
            "Cache-Control": "private, no-cache",
            "X-Robots-Tag": "noindex, nofollow",
        }
        if is_known(request, etag):
            return HttpResponseNotModified(headers=headers)
        headers["Content-Disposition"] = 'inline; filename="calendar.ics"'
        return HttpResponse(payload, content_type="text/calendar; charset=utf-8", headers=headers)


class ListingCalendarsView(APIView):
    permission_classes = (IsOwner,)

    @extend_schema(
        summary="Calendars of an own listing: its address, and those of other sites",
        responses={200: ListingCalendarsReply, **refusals(ListingUnknownError)},
    )
    def get(self, request: Request, listing_id: str) -> Response:
        return Response(_page(request, listing_id))


class CalendarAddressView(APIView):
    permission_classes = (IsOwner,)

    @extend_schema(
        summary="Make a new address for other sites; the one of before ends",
        request=None,
        responses={200: ListingCalendarsReply, **refusals(ListingUnknownError)},
    )
    def post(self, request: Request, listing_id: str) -> Response:
        services.export_renew(**_own(request, listing_id), now=utc_now())
        return Response(_page(request, listing_id))

    @extend_schema(
        summary="End the address for other sites",
        responses={204: None, **refusals(ListingUnknownError)},
    )
    def delete(self, request: Request, listing_id: str) -> Response:
        services.export_revoke(**_own(request, listing_id))
        return Response(status=204)


class FeedListView(APIView):
    permission_classes = (IsOwner,)

    @extend_schema(
        summary="Add the calendar of another site",
        request=FeedSerializer,
        responses={
            201: CalendarFeedReply,
            **refusals(FeedAddressError, ListingUnknownError, FeedKnownError, TooManyFeedsError),
        },
    )
    def post(self, request: Request, listing_id: str) -> Response:
        serializer = FeedSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        now = utc_now()
        feed_id = services.feed_add(
            **_own(request, listing_id), **serializer.validated_data, now=now
        )
        feed = selectors.feed_page(feed_id, **_own(request, listing_id), now=now)
        return Response(feed, status=201)


class FeedView(APIView):
    permission_classes = (IsOwner,)

    @extend_schema(
        summary="Rename the calendar of another site",
        request=FeedNameSerializer,
        responses={200: CalendarFeedReply, **refusals(ListingUnknownError, FeedUnknownError)},
    )
    def put(self, request: Request, listing_id: str, feed_id: str) -> Response:
        serializer = FeedNameSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        services.feed_rename(**_feed(request, listing_id, feed_id), **serializer.validated_data)
        return Response(_feed_page(request, listing_id, feed_id, now=utc_now()))

    @extend_schema(
        summary="Remove the calendar of another site, and free its nights",
        responses={204: None, **refusals(ListingUnknownError, FeedUnknownError)},
    )
    def delete(self, request: Request, listing_id: str, feed_id: str) -> Response:
        services.feed_remove(**_feed(request, listing_id, feed_id), now=utc_now())
        return Response(status=204)


class FetchThrottle(UserThrottle):
    """Each asks another site."""

    scope = "feed-fetch"
    rate = "20/minute"


class FeedFetchView(APIView):
    permission_classes = (IsOwner,)
    throttle_classes = (UserThrottle, FetchThrottle)

    @extend_schema(
        summary="Read the calendar of another site now",
        description=FEED_NOTES,
        request=None,
        responses={
            200: CalendarFeedReply,
            **refusals(ListingUnknownError, FeedUnknownError, FeedBusyError),
        },
    )
    def post(self, request: Request, listing_id: str, feed_id: str) -> Response:
        _feed_page(request, listing_id, feed_id, now=utc_now())
        services.feed_fetch(object_id(feed_id), clock=utc_now)
        return Response(_feed_page(request, listing_id, feed_id, now=utc_now()))


class FeedConfirmView(APIView):
    permission_classes = (IsOwner,)

    @extend_schema(
        summary="Free the nights that have vanished from the calendar of another site",
        request=None,
        responses={
            200: CalendarFeedReply,
            **refusals(ListingUnknownError, FeedUnknownError, NothingHeldError),
        },
    )
    def post(self, request: Request, listing_id: str, feed_id: str) -> Response:
        now = utc_now()
        services.feed_confirm(**_feed(request, listing_id, feed_id), now=now)
        return Response(_feed_page(request, listing_id, feed_id, now=now))


def _own(request: Request, listing_id: str) -> dict[str, Any]:
    return {"listing_id": object_id(listing_id), "host_id": caller(request).id}


def _feed(request: Request, listing_id: str, feed_id: str) -> dict[str, Any]:
    return {**_own(request, listing_id), "feed_id": object_id(feed_id)}


def _page(request: Request, listing_id: str) -> ListingCalendarsReply:
    return selectors.calendars_page(**_own(request, listing_id), now=utc_now())


def _feed_page(
    request: Request, listing_id: str, feed_id: str, *, now: dt.datetime
) -> CalendarFeedReply:
    return selectors.feed_page(**_feed(request, listing_id, feed_id), now=now)
