from typing import Any

from django.http import QueryDict
from drf_spectacular.utils import extend_schema, extend_schema_view

from apps.bookings.openapi import REFUSED_STAYS, QuoteSerializer
from apps.bookings.quote import Stay, quote
from apps.bookings.serializers import StaySerializer
from apps.bookings.services.offers import alternatives
from apps.common.clock import utc_now
from apps.common.openapi import problem, problems
from apps.common.views import PublicReadView


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
        values, now = serializer.validated_data, utc_now()
        with alternatives(Stay.of(values), now=now):
            return quote(**values, now=now)
