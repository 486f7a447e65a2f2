from typing import Any

from bson import ObjectId
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.selectors import preferences_of
from apps.accounts.services import preferences_save
from apps.common.clock import utc_now
from apps.common.fields import object_id
from apps.common.money import to_wire
from apps.common.openapi import paged, problems
from apps.common.permissions import IsTraveler, caller
from apps.common.serializers import PageSerializer, page_of
from apps.travelers import selectors, services
from apps.travelers.openapi import FavoriteCardSerializer, ShownPreferenceSerializer
from apps.travelers.serializers import FavoriteSerializer, PreferenceSerializer


class FavoriteListView(APIView):
    permission_classes = (IsTraveler,)

    @extend_schema(
        summary="One's favorites, newest first",
        parameters=[PageSerializer],
        responses=paged(FavoriteCardSerializer),
    )
    def get(self, request: Request) -> Response:
        serializer = PageSerializer(data=request.query_params)
        serializer.is_valid(raise_exception=True)
        page = page_of(serializer.validated_data)
        return Response(selectors.favorite_page(user_id=caller(request).id, page=page))

    @extend_schema(
        summary="Make a listing a favorite",
        request=FavoriteSerializer,
        responses={
            201: FavoriteCardSerializer,
            200: OpenApiResponse(FavoriteCardSerializer, description="It was one already."),
            **problems(404),
        },
    )
    def post(self, request: Request) -> Response:
        serializer = FavoriteSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        added = services.favorite_add(
            user_id=caller(request).id, **serializer.validated_data, now=utc_now()
        )
        card = selectors.favorite_card(added.favorite)
        return Response(card, status=201 if added.is_new else 200)


class FavoriteView(APIView):
    permission_classes = (IsTraveler,)

    @extend_schema(summary="Drop a favorite", responses={204: None})
    def delete(self, request: Request, listing_id: str) -> Response:
        services.favorite_remove(user_id=caller(request).id, listing_id=object_id(listing_id))
        return Response(status=204)


class PreferenceView(APIView):
    permission_classes = (IsTraveler,)

    @extend_schema(summary="What one likes", responses=ShownPreferenceSerializer)
    def get(self, request: Request) -> Response:
        return Response(_preferences(caller(request).id))

    @extend_schema(
        summary="Say what one likes; what is not sent falls back to its default",
        request=PreferenceSerializer,
        responses=ShownPreferenceSerializer,
    )
    def put(self, request: Request) -> Response:
        serializer = PreferenceSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        user_id = caller(request).id
        preferences_save(user_id=user_id, values=serializer.validated_data, now=utc_now())
        return Response(_preferences(user_id))


def _preferences(user_id: ObjectId) -> dict[str, Any]:
    stored = preferences_of(user_id)
    price = stored["max_price_per_night"]
    return {**stored, "max_price_per_night": None if price is None else to_wire(price)}
