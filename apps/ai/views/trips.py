from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.ai.replies.listings import RecommendationsReply
from apps.ai.replies.trips import ItineraryHeadReply, ItineraryReply
from apps.ai.selectors.itineraries import ItineraryUnknownError, itinerary_page
from apps.ai.selectors.places import UnknownDestinationError
from apps.ai.serializers import (
    ItineraryRequestSerializer,
    RecommendationQuerySerializer,
    validated,
)
from apps.ai.services import itineraries
from apps.ai.services.itineraries import DistantTripError, PastTripError
from apps.ai.services.recommendations import RecommendationRequest, listings_recommended
from apps.ai.services.requests import TripRequest
from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.errors import InvalidInputError
from apps.common.fields import object_id
from apps.common.permissions import IsTraveler, caller
from apps.common.replies import Paged
from apps.common.serializers import PageSerializer, page_of
from apps.common.throttling import UserThrottle


class PlanThrottle(UserThrottle):
    """A plan costs far more than a read, and with a model it costs money."""

    scope = "ai"

    @property
    def rate(self) -> str:  # type: ignore[override]
        return str(settings.RATE_LIMIT_AI)


class ItineraryCreateView(APIView):
    permission_classes = (IsTraveler,)
    throttle_classes = (UserThrottle, PlanThrottle)

    @extend_schema(
        summary="Plan a trip",
        request=ItineraryRequestSerializer,
        responses={
            201: ItineraryReply,
            **refusals(InvalidInputError, PastTripError, DistantTripError, UnknownDestinationError),
        },
    )
    def post(self, request: Request) -> Response:
        values = validated(ItineraryRequestSerializer(data=request.data))
        if "interests" in values:
            values["interests"] = tuple(values["interests"])
        plan = itineraries.itinerary_plan(
            user_id=caller(request).id, request=TripRequest(**values), now=utc_now()
        )
        return Response(plan, status=201)


class ItineraryListView(APIView):
    permission_classes = (IsTraveler,)

    @extend_schema(
        summary="The traveler's plans, newest first",
        parameters=[PageSerializer],
        responses=Paged[ItineraryHeadReply],
    )
    def get(self, request: Request) -> Response:
        page = page_of(validated(PageSerializer(data=request.query_params)))
        return Response(itinerary_page(caller(request).id, page=page))


class ItineraryDetailView(APIView):
    permission_classes = (IsTraveler,)

    @extend_schema(
        summary="One plan, with what its stay costs now",
        responses={200: ItineraryReply, **refusals(ItineraryUnknownError)},
    )
    def get(self, request: Request, itinerary_id: str) -> Response:
        plan = itineraries.itinerary_detail(
            object_id(itinerary_id), user_id=caller(request).id, now=utc_now()
        )
        return Response(plan)

    @extend_schema(
        summary="Delete a plan", responses={204: None, **refusals(ItineraryUnknownError)}
    )
    def delete(self, request: Request, itinerary_id: str) -> Response:
        itineraries.itinerary_delete(object_id(itinerary_id), user_id=caller(request).id)
        return Response(status=204)


class RecommendationListView(APIView):
    permission_classes = (IsTraveler,)

    @extend_schema(
        summary="Listings that suit the traveler",
        parameters=[RecommendationQuerySerializer],
        responses=RecommendationsReply,
    )
    def get(self, request: Request) -> Response:
        values = validated(RecommendationQuerySerializer(data=request.query_params))
        found = listings_recommended(
            user_id=caller(request).id, request=RecommendationRequest(**values), now=utc_now()
        )
        return Response(found)
