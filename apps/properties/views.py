from typing import Any

from django.http import QueryDict
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.common.clock import utc_now
from apps.common.fields import object_id
from apps.common.openapi import paged, problem, problems
from apps.common.parsers import BoundedJsonParser
from apps.common.permissions import IsOwner, caller
from apps.common.serializers import PageSerializer, page_of
from apps.common.uploads import ImageUploadParser, image_of
from apps.common.views import PublicReadOwnerWriteView, PublicReadView
from apps.properties import selectors, services
from apps.properties.openapi import (
    AmenitiesSerializer,
    FoundCardSerializer,
    ListingCardSerializer,
    ListingDetailSerializer,
    OwnedCardSerializer,
    OwnedDetailSerializer,
    PhotosSerializer,
    PlacesSerializer,
    ReviewSerializer,
    TakenNightsSerializer,
)
from apps.properties.search import listing_search
from apps.properties.serializers import (
    CalendarSerializer,
    ListingChangeSerializer,
    ListingSerializer,
    OwnedListSerializer,
    PhotoOrderSerializer,
    PhotoSerializer,
    SearchSerializer,
    VersionSerializer,
)

UPLOAD = {
    "type": "object",
    "properties": {"image": {"type": "string", "format": "binary"}},
    "required": ["image"],
}


@extend_schema_view(
    get=extend_schema(
        summary="Listings, newest first",
        parameters=[PageSerializer],
        responses={200: paged(ListingCardSerializer)},
    )
)
class ListingListView(PublicReadOwnerWriteView):
    def read(self, query: QueryDict, **path: str) -> Any:
        serializer = PageSerializer(data=query)
        serializer.is_valid(raise_exception=True)
        return selectors.listing_newest(page_of(serializer.validated_data))

    @extend_schema(
        summary="Offer a listing",
        request=ListingSerializer,
        responses={201: OwnedDetailSerializer, **problems(400, 401, 429)},
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
        summary="Search listings, nearest first",
        parameters=[SearchSerializer],
        responses={200: paged(FoundCardSerializer)},
    )
)
class ListingSearchView(PublicReadView):
    def read(self, query: QueryDict, **path: str) -> Any:
        serializer = SearchSerializer(data=query)
        serializer.is_valid(raise_exception=True)
        page = page_of(serializer.validated_data)
        return listing_search(serializer.criteria(), page=page, now=utc_now())


@extend_schema_view(
    get=extend_schema(summary="The cities that have listings", responses={200: PlacesSerializer})
)
class PlaceListView(PublicReadView):
    def read(self, query: QueryDict, **path: str) -> Any:
        return {"places": selectors.places()}


@extend_schema_view(
    get=extend_schema(summary="The most common amenities", responses={200: AmenitiesSerializer})
)
class AmenityListView(PublicReadView):
    cache_seconds = 600

    def read(self, query: QueryDict, **path: str) -> Any:
        return {"amenities": selectors.amenities()}


@extend_schema_view(
    get=extend_schema(summary="One listing", responses={200: ListingDetailSerializer})
)
class ListingDetailView(PublicReadOwnerWriteView):
    def read(self, query: QueryDict, **path: str) -> Any:
        return selectors.listing_detail(object_id(path["listing_id"]))

    @extend_schema(
        summary="Change a listing",
        request=ListingChangeSerializer,
        responses={
            200: OwnedDetailSerializer,
            **problems(400, 401, 412, 429),
            **problem(409, LISTING_SUSPENDED="This listing is suspended."),
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
            **problems(400, 401, 412, 429),
            **problem(409, STAYS_AHEAD="Guests have booked nights here."),
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
        responses={200: TakenNightsSerializer},
    )
)
class CalendarView(PublicReadView):
    def read(self, query: QueryDict, **path: str) -> Any:
        serializer = CalendarSerializer(data=query)
        serializer.is_valid(raise_exception=True)
        listing_id = object_id(path["listing_id"])
        return selectors.calendar(listing_id, **serializer.validated_data, now=utc_now())


@extend_schema_view(
    get=extend_schema(
        summary="Reviews, newest first",
        parameters=[PageSerializer],
        responses={200: paged(ReviewSerializer)},
    )
)
class ReviewListView(PublicReadView):
    def read(self, query: QueryDict, **path: str) -> Any:
        serializer = PageSerializer(data=query)
        serializer.is_valid(raise_exception=True)
        page = page_of(serializer.validated_data)
        return selectors.review_page(object_id(path["listing_id"]), page=page)


class PhotoView(APIView):
    """The photos of one listing, for its owner. The first is the cover."""

    permission_classes = (IsOwner,)
    parser_classes = (ImageUploadParser, BoundedJsonParser)

    @extend_schema(
        summary="Add a photo",
        request={"multipart/form-data": UPLOAD},
        responses={
            201: PhotosSerializer,
            **problem(
                400,
                IMAGE_INVALID="The photo cannot be read: the file is damaged or incomplete.",
                IMAGE_TYPE="Only JPEG, PNG and WebP photos are taken.",
                IMAGE_TOO_LARGE="A photo may have 15 MB at most.",
            ),
            **problem(409, TOO_MANY_IMAGES="A listing has 30 photos at most. Remove one first."),
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
        responses={200: PhotosSerializer, **problems(412)},
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
        responses={200: PhotosSerializer},
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
        summary="One's own listings, newest first",
        parameters=[OwnedListSerializer],
        responses={200: paged(OwnedCardSerializer)},
    )
    def get(self, request: Request) -> Response:
        serializer = OwnedListSerializer(data=request.query_params)
        serializer.is_valid(raise_exception=True)
        values = serializer.validated_data
        is_active = values["status"] == "active" if "status" in values else None
        page = selectors.owned_page(caller(request).id, page=page_of(values), is_active=is_active)
        return Response(page)


class OwnedListingView(APIView):
    permission_classes = (IsOwner,)

    @extend_schema(
        summary="One's own listing, also while it is off the market",
        responses={200: OwnedDetailSerializer},
    )
    def get(self, request: Request, listing_id: str) -> Response:
        found = selectors.owned_detail(object_id(listing_id), host_id=caller(request).id)
        return Response(found)
