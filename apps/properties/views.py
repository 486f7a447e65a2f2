from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.common.clock import utc_now
from apps.common.fields import object_id
from apps.common.serializers import PageSerializer, page_of
from apps.properties import selectors
from apps.properties.search import listing_search
from apps.properties.serializers import CalendarSerializer, SearchSerializer


class _PublicView(APIView):
    """Open reads: nothing here depends on who asks."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = ()


class ListingListView(_PublicView):
    def get(self, request: Request) -> Response:
        serializer = PageSerializer(data=request.query_params)
        serializer.is_valid(raise_exception=True)
        return Response(selectors.listing_newest(page_of(serializer.validated_data)))


class ListingSearchView(_PublicView):
    def get(self, request: Request) -> Response:
        serializer = SearchSerializer(data=request.query_params)
        serializer.is_valid(raise_exception=True)
        page = page_of(serializer.validated_data)
        return Response(listing_search(serializer.criteria(), page=page, now=utc_now()))


class PlaceListView(_PublicView):
    def get(self, request: Request) -> Response:
        return Response({"places": selectors.places()})


class ListingDetailView(_PublicView):
    def get(self, request: Request, listing_id: str) -> Response:
        return Response(selectors.listing_detail(object_id(listing_id)))


class CalendarView(_PublicView):
    def get(self, request: Request, listing_id: str) -> Response:
        period = {"start": request.query_params.get("from"), "end": request.query_params.get("to")}
        serializer = CalendarSerializer(data=period)
        serializer.is_valid(raise_exception=True)
        values = serializer.validated_data
        return Response(selectors.calendar(object_id(listing_id), **values, now=utc_now()))


class ReviewListView(_PublicView):
    def get(self, request: Request, listing_id: str) -> Response:
        serializer = PageSerializer(data=request.query_params)
        serializer.is_valid(raise_exception=True)
        page = page_of(serializer.validated_data)
        return Response(selectors.review_page(object_id(listing_id), page=page))
