from typing import Any

from django.http import QueryDict

from apps.common.clock import utc_now
from apps.common.fields import object_id
from apps.common.serializers import PageSerializer, page_of
from apps.common.views import PublicReadView
from apps.properties import selectors
from apps.properties.search import listing_search
from apps.properties.serializers import CalendarSerializer, SearchSerializer


class ListingListView(PublicReadView):
    def read(self, query: QueryDict, **path: str) -> Any:
        serializer = PageSerializer(data=query)
        serializer.is_valid(raise_exception=True)
        return selectors.listing_newest(page_of(serializer.validated_data))


class ListingSearchView(PublicReadView):
    def read(self, query: QueryDict, **path: str) -> Any:
        serializer = SearchSerializer(data=query)
        serializer.is_valid(raise_exception=True)
        page = page_of(serializer.validated_data)
        return listing_search(serializer.criteria(), page=page, now=utc_now())


class PlaceListView(PublicReadView):
    def read(self, query: QueryDict, **path: str) -> Any:
        return {"places": selectors.places()}


class ListingDetailView(PublicReadView):
    def read(self, query: QueryDict, **path: str) -> Any:
        return selectors.listing_detail(object_id(path["listing_id"]))


class CalendarView(PublicReadView):
    def read(self, query: QueryDict, **path: str) -> Any:
        serializer = CalendarSerializer(data={"start": query.get("from"), "end": query.get("to")})
        serializer.is_valid(raise_exception=True)
        listing_id = object_id(path["listing_id"])
        return selectors.calendar(listing_id, **serializer.validated_data, now=utc_now())


class ReviewListView(PublicReadView):
    def read(self, query: QueryDict, **path: str) -> Any:
        serializer = PageSerializer(data=query)
        serializer.is_valid(raise_exception=True)
        page = page_of(serializer.validated_data)
        return selectors.review_page(object_id(path["listing_id"]), page=page)
