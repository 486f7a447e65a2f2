"""Views that need no login."""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.ai.replies.activities import ActivityReply
from apps.ai.replies.search import SmartSearchResultReply
from apps.ai.replies.weather import WeatherReply
from apps.ai.selectors.activities import activity_page
from apps.ai.selectors.places import UnknownDestinationError
from apps.ai.serializers import (
    ActivityQuerySerializer,
    SmartSearchSerializer,
    WeatherQuerySerializer,
    validated,
)
from apps.ai.services.smart_search import sentence_search
from apps.ai.services.weather import (
    DistantWeatherError,
    NoWeatherError,
    PastWeatherError,
    weather_at,
)
from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.errors import InvalidInputError
from apps.common.replies import Paged
from apps.common.serializers import page_of
from apps.common.throttling import AddressThrottle


class OpenView(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (AddressThrottle,)


class ActivityListView(OpenView):
    @extend_schema(
        summary="Things to do, nearest first",
        parameters=[ActivityQuerySerializer],
        responses=Paged[ActivityReply],
    )
    def get(self, request: Request) -> Response:
        serializer = ActivityQuerySerializer(data=request.query_params)
        values = validated(serializer)
        page = activity_page(
            page=page_of(values),
            city=values.get("city"),
            point=serializer.point,
            radius_km=values["radius_km"],
            category=values.get("category"),
        )
        return Response(page)


class WeatherView(OpenView):
    @extend_schema(
        summary="Weather forecast, and on days without one what is usual",
        parameters=[WeatherQuerySerializer],
        responses={
            200: WeatherReply,
            **refusals(
                InvalidInputError,
                PastWeatherError,
                DistantWeatherError,
                UnknownDestinationError,
                NoWeatherError,
            ),
        },
    )
    def get(self, request: Request) -> Response:
        serializer = WeatherQuerySerializer(data=request.query_params)
        values = validated(serializer)
        found = weather_at(
            city=values.get("city"),
            point=serializer.point,
            start=values["start"],
            end=values["end"],
            now=utc_now(),
        )
        return Response(found)


class SmartSearchView(OpenView):
    @extend_schema(
        summary="Search listings by a sentence",
        request=SmartSearchSerializer,
        responses=SmartSearchResultReply,
    )
    def post(self, request: Request) -> Response:
        values = validated(SmartSearchSerializer(data=request.data))
        return Response(sentence_search(values["query"], page=page_of(values), now=utc_now()))
