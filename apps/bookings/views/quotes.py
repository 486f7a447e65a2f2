from typing import Any

from bson import ObjectId
from django.http import QueryDict
from drf_spectacular.utils import extend_schema, extend_schema_view

from apps.accounts.authentication import TokenAuthentication
from apps.bookings.quote import Stay, alternatives, quote
from apps.bookings.replies.prices import QuoteReply
from apps.bookings.serializers import StaySerializer
from apps.bookings.views import refusals as refuse
from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.errors import NotAuthenticatedError
from apps.common.views import PublicReadView
from apps.properties.selectors import ListingUnknownError


@extend_schema_view(
    get=extend_schema(
        summary="What a stay costs, and whether it is free",
        parameters=[StaySerializer],
        responses={200: QuoteReply, **refusals(*refuse.STAY, ListingUnknownError)},
    )
)
class QuoteView(PublicReadView):
    """The price is for everybody; who is logged in gets it as theirs."""

    cost = 2
    is_for_everybody = False

    def read(self, query: QueryDict, **path: str) -> Any:
        serializer = StaySerializer(data=query)
        serializer.is_valid(raise_exception=True)
        values, now = serializer.validated_data, utc_now()
        with alternatives(Stay.of(values), now=now):
            return quote(**values, now=now, guest_id=self._guest_id())

    def _guest_id(self) -> ObjectId | None:
        """None also for a token that has ended: a price needs no login."""
        try:
            found = TokenAuthentication().authenticate(self.request)
        except NotAuthenticatedError:
            return None
        return found[0].id if found else None
