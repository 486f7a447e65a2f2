from bson import ObjectId
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.selectors import preferences_of
from apps.accounts.services import preferences_save
from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.fields import object_id
from apps.common.permissions import IsTraveler, caller
from apps.common.replies import Paged
from apps.common.serializers import PageSerializer, page_of
from apps.properties.selectors import ListingUnknownError
from apps.travelers import selectors, services
from apps.travelers.replies import FavoriteCardReply, ShownPreferenceReply
from apps.travelers.serializers import FavoriteSerializer, PreferenceSerializer
from apps.travelers.services import NotAFavoriteError


class FavoriteListView(APIView):
    permission_classes = (IsTraveler,)

    @extend_schema(
        summary="The traveler's favorites, newest first",
        parameters=[PageSerializer],
        responses=Paged[FavoriteCardReply],
    )
    def get(self, request: Request) -> Response:
        serializer = PageSerializer(data=request.query_params)
        serializer.is_valid(raise_exception=True)
        page = page_of(serializer.validated_data)
        return Response(selectors.favorite_page(user_id=caller(request).id, page=page))

    @extend_schema(
        summary="Add a listing to the favorites",
        request=FavoriteSerializer,
        responses={
            201: FavoriteCardReply,
            200: OpenApiResponse(FavoriteCardReply, description="It was a favorite already."),
            **refusals(ListingUnknownError),
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

    @extend_schema(
        summary="Remove a favorite", responses={204: None, **refusals(NotAFavoriteError)}
    )
    def delete(self, request: Request, listing_id: str) -> Response:
        services.favorite_remove(user_id=caller(request).id, listing_id=object_id(listing_id))
        return Response(status=204)


class PreferenceView(APIView):
    permission_classes = (IsTraveler,)

    @extend_schema(summary="The traveler's preferences", responses=ShownPreferenceReply)
    def get(self, request: Request) -> Response:
        return Response(_preferences(caller(request).id))

    @extend_schema(
        summary="Replace the preferences; what is not sent gets its default",
        request=PreferenceSerializer,
        responses=ShownPreferenceReply,
    )
    def put(self, request: Request) -> Response:
        serializer = PreferenceSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        user_id = caller(request).id
        preferences_save(user_id=user_id, values=serializer.validated_data, now=utc_now())
        return Response(_preferences(user_id))


def _preferences(user_id: ObjectId) -> ShownPreferenceReply:
    return ShownPreferenceReply.of(preferences_of(user_id))
