from django.http import QueryDict
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.errors import StaleVersionError
from apps.common.fields import object_id
from apps.common.json import dumps
from apps.common.parsers import BoundedJsonParser
from apps.common.permissions import (
    HasRight,
    IsOwner,
    StaffOnlyError,
    StaffSecondFactorError,
    caller,
)
from apps.common.replies import Paged, Reply
from apps.common.serializers import PageSerializer, page_of
from apps.common.uploads import IMAGE_BODY, IMAGE_REFUSALS, ImageUploadParser, image_of
from apps.common.views import PublicReadOwnerWriteView, PublicReadView
from apps.properties import selectors, services
from apps.properties.replies import (
    AmenitiesReply,
    FoundCardPageReply,
    ListingCardReply,
    ListingDetailReply,
    OwnedCardReply,
    OwnedDetailReply,
    PhotosReply,
    PlacesReply,
    RankReply,
    ReviewReply,
    SimilarCardReply,
    StaffCardReply,
    TakenNightsReply,
)
from apps.properties.search import region_of, search_answered, search_cost, stays_check
from apps.properties.selectors.changes import cells_around
from apps.properties.selectors.kept import kept
from apps.properties.serializers import (
    CalendarSerializer,
    ListingChangeSerializer,
    ListingSerializer,
    OwnedListSerializer,
    PhotoOrderSerializer,
    PhotoSerializer,
    PlaceQuerySerializer,
    SearchSerializer,
    SimilarSerializer,
    StaffListSerializer,
    VersionSerializer,
)
from apps.properties.services import (
    ListingSuspendedError,
    PhotoUnknownError,
    StaysAheadError,
    TooManyImagesError,
)

SEARCH_NOTES = """\
Whoever names a point, a box or a polygon of less than 2,000 km gets the nearest homes first (from
the middle of an area), everybody else the recommended ones; `sort` says otherwise. With dates, a
home is found if it can be booked for them: free, and by all of its rules; `stay` has the total,
which is what a quote says. `flexible` leaves the dates open, and `stay` says which are meant.

Bounds of prices are amounts of `currency`, converted by the rates of a day; without it, of each
home's own. Adults and children count as guests, infants do not.

`next_cursor` leads to the next page: it neither repeats nor misses a home while others come and
go. At most 1000 results can be skipped by `page`. Of a wide area, a name or everywhere the 20,000
best homes are looked at; `total_capped` is true where there are more.
"""


@extend_schema_view(
    get=extend_schema(
        summary="Listings, newest first",
        parameters=[PageSerializer],
        responses=Paged[ListingCardReply],
    )
)
class ListingListView(PublicReadOwnerWriteView):
    def read(self, query: QueryDict, **path: str) -> Reply:
        serializer = PageSerializer(data=query)
        serializer.is_valid(raise_exception=True)
        return selectors.listing_newest(page_of(serializer.validated_data))

    @extend_schema(
        summary="Create a listing",
        request=ListingSerializer,
        responses={201: OwnedDetailReply},
    )
    def post(self, request: Request) -> Response:
        serializer = ListingSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        host_id = caller(request).id
        listing_id = services.listing_create(
            host_id=host_id, values=serializer.validated_data, now=utc_now()
        )
        return Response(selectors.owned_detail(listing_id, host_id=host_id), status=201)


@extend_schema_view(
    get=extend_schema(
        summary="Search listings",
        description=SEARCH_NOTES,
        parameters=[SearchSerializer],
        responses=FoundCardPageReply,
    )
)
class ListingSearchView(PublicReadView):
    cost = 0

    def read(self, query: QueryDict, **path: str) -> bytes:
        serializer = SearchSerializer(data=query)
        serializer.is_valid(raise_exception=True)
        now, values = utc_now(), serializer.validated_data
        criteria, page = serializer.criteria(now.date()), page_of(values)
        cursor, has_facets = values.get("cursor"), values["facets"]
        self.charge(search_cost(criteria, page, has_facets=has_facets))
        stays_check(criteria, now=now)
        region = region_of(criteria)
        return kept(
            f"{criteria} {page} {cursor} {has_facets}",
            cells_around(region.centre, region.reach_m) if region else None,
            lambda: dumps(
                search_answered(criteria, page=page, cursor=cursor, has_facets=has_facets, now=now)
            ),
        )


@extend_schema_view(
    get=extend_schema(
        summary="The cities that have listings, or the places that a text means",
        parameters=[PlaceQuerySerializer],
        responses=PlacesReply,
    )
)
class PlaceListView(PublicReadView):
    cost = 0
    cache_seconds = 300

    def read(self, query: QueryDict, **path: str) -> Reply:
        serializer = PlaceQuerySerializer(data=query)
        serializer.is_valid(raise_exception=True)
        text = serializer.validated_data.get("q")
        self.charge(1 if text else 5)
        if text is None:
            return PlacesReply(places=selectors.places(), suggestions=[])
        return PlacesReply(places=[], suggestions=selectors.places_suggested(text))


@extend_schema_view(
    get=extend_schema(summary="The most common amenities", responses=AmenitiesReply)
)
class AmenityListView(PublicReadView):
    cache_seconds = 600

    def read(self, query: QueryDict, **path: str) -> Reply:
        return AmenitiesReply(amenities=selectors.amenities())


@extend_schema_view(get=extend_schema(summary="One listing", responses=ListingDetailReply))
class ListingDetailView(PublicReadOwnerWriteView):
    def read(self, query: QueryDict, **path: str) -> Reply:
        return selectors.listing_detail(object_id(path["listing_id"]))

    @extend_schema(
        summary="Change a listing",
        request=ListingChangeSerializer,
        responses={
            200: OwnedDetailReply,
            **refusals(StaleVersionError, ListingSuspendedError),
        },
    )
    def put(self, request: Request, listing_id: str) -> Response:
        serializer = ListingChangeSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values, host_id = dict(serializer.validated_data), caller(request).id
        wanted, version = object_id(listing_id), values.pop("version")
        services.listing_update(
            listing_id=wanted, host_id=host_id, version=version, values=values, now=utc_now()
        )
        return Response(selectors.owned_detail(wanted, host_id=host_id))

    @extend_schema(
        summary="Delete a listing",
        parameters=[VersionSerializer],
        responses={
            204: None,
            **refusals(StaleVersionError, StaysAheadError),
        },
    )
    def delete(self, request: Request, listing_id: str) -> Response:
        serializer = VersionSerializer(data=request.query_params)
        serializer.is_valid(raise_exception=True)
        services.listing_delete(
            listing_id=object_id(listing_id),
            host_id=caller(request).id,
            version=serializer.validated_data.get("version"),
            now=utc_now(),
        )
        return Response(status=204)


@extend_schema_view(
    get=extend_schema(
        summary="The nights that are taken",
        parameters=[CalendarSerializer],
        responses=TakenNightsReply,
    )
)
class CalendarView(PublicReadView):
    def read(self, query: QueryDict, **path: str) -> Reply:
        serializer = CalendarSerializer(data=query)
        serializer.is_valid(raise_exception=True)
        listing_id = object_id(path["listing_id"])
        return selectors.calendar(listing_id, **serializer.validated_data, now=utc_now())


@extend_schema_view(
    get=extend_schema(
        summary="Reviews, newest first",
        parameters=[PageSerializer],
        responses=Paged[ReviewReply],
    )
)
class ReviewListView(PublicReadView):
    def read(self, query: QueryDict, **path: str) -> Reply:
        serializer = PageSerializer(data=query)
        serializer.is_valid(raise_exception=True)
        page = page_of(serializer.validated_data)
        return selectors.review_page(object_id(path["listing_id"]), page=page)


@extend_schema_view(
    get=extend_schema(
        summary="Listings that are like this one, the likest first",
        parameters=[SimilarSerializer],
        responses=Paged[SimilarCardReply],
    )
)
class SimilarListView(PublicReadView):
    cost = 3

    def read(self, query: QueryDict, **path: str) -> Reply:
        serializer = SimilarSerializer(data=query)
        serializer.is_valid(raise_exception=True)
        return selectors.listing_similar(
            object_id(path["listing_id"]),
            wanted=serializer.wanted(),
            page=page_of(serializer.validated_data),
            now=utc_now(),
        )


class MayViewListings(HasRight):
    right = "properties.view_listing"


class PhotoView(APIView):
    """The photos of one listing, for its owner. The first is the cover."""

    permission_classes = (IsOwner,)
    parser_classes = (ImageUploadParser, BoundedJsonParser)

    @extend_schema(
        summary="Add a photo",
        request=IMAGE_BODY,
        responses={
            201: PhotosReply,
            **refusals(*IMAGE_REFUSALS, TooManyImagesError),
        },
    )
    def post(self, request: Request, listing_id: str) -> Response:
        photos = services.photo_add(
            listing_id=object_id(listing_id),
            host_id=caller(request).id,
            upload=image_of(request),
            now=utc_now(),
        )
        return Response(photos, status=201)

    @extend_schema(
        summary="Put the photos in order",
        request={"application/json": PhotoOrderSerializer},
        responses={200: PhotosReply, **refusals(StaleVersionError)},
    )
    def put(self, request: Request, listing_id: str) -> Response:
        serializer = PhotoOrderSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        photos = services.photos_order(
            listing_id=object_id(listing_id),
            host_id=caller(request).id,
            now=utc_now(),
            **serializer.validated_data,
        )
        return Response(photos)

    @extend_schema(
        summary="Remove a photo",
        parameters=[PhotoSerializer],
        responses={200: PhotosReply, **refusals(PhotoUnknownError)},
    )
    def delete(self, request: Request, listing_id: str) -> Response:
        serializer = PhotoSerializer(data=request.data or request.query_params)
        serializer.is_valid(raise_exception=True)
        photos = services.photo_remove(
            listing_id=object_id(listing_id),
            host_id=caller(request).id,
            image=serializer.validated_data["image"],
            now=utc_now(),
        )
        return Response(photos)


class OwnedListingListView(APIView):
    permission_classes = (IsOwner,)

    @extend_schema(
        summary="The host's own listings, newest first, by words, place and status",
        parameters=[OwnedListSerializer],
        responses=Paged[OwnedCardReply],
    )
    def get(self, request: Request) -> Response:
        serializer = OwnedListSerializer(data=request.query_params)
        serializer.is_valid(raise_exception=True)
        page, lookup = page_of(serializer.validated_data), serializer.lookup()
        return Response(selectors.owned_page(caller(request).id, page=page, lookup=lookup))


class StaffListingListView(APIView):
    permission_classes = (MayViewListings,)

    @extend_schema(
        summary="Anybody's listings, for staff: by words, place and status",
        parameters=[StaffListSerializer],
        responses={200: Paged[StaffCardReply], **refusals(StaffOnlyError, StaffSecondFactorError)},
    )
    def get(self, request: Request) -> Response:
        serializer = StaffListSerializer(data=request.query_params)
        serializer.is_valid(raise_exception=True)
        page, lookup = page_of(serializer.validated_data), serializer.lookup()
        return Response(selectors.staff_page(page=page, lookup=lookup))


class OwnedListingView(APIView):
    permission_classes = (IsOwner,)

    @extend_schema(
        summary="One of the host's own listings, published or withdrawn",
        responses=OwnedDetailReply,
    )
    def get(self, request: Request, listing_id: str) -> Response:
        found = selectors.owned_detail(object_id(listing_id), host_id=caller(request).id)
        return Response(found)


class OwnedRankView(APIView):
    permission_classes = (IsOwner,)

    @extend_schema(
        summary="Why one of the host's own listings stands where it stands in searches",
        responses={200: RankReply, **refusals(selectors.ListingNotShownError)},
    )
    def get(self, request: Request, listing_id: str) -> Response:
        found = selectors.owned_rank(object_id(listing_id), host_id=caller(request).id)
        return Response(found)


class StaffRankView(APIView):
    permission_classes = (MayViewListings,)

    @extend_schema(
        summary="Why anybody's listing stands where it stands in searches, for staff",
        responses={
            200: RankReply,
            **refusals(selectors.ListingNotShownError, StaffOnlyError, StaffSecondFactorError),
        },
    )
    def get(self, request: Request, listing_id: str) -> Response:
        return Response(selectors.staff_rank(object_id(listing_id)))
