import re
from typing import Any

from django.http import StreamingHttpResponse
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from apps.accounts.authentication import Credentials
from apps.common import access
from apps.common.api_schema import refusals
from apps.common.errors import InvalidInputError
from apps.common.permissions import caller
from apps.notifications.streams import threads
from apps.notifications.streams.places import (
    IN_LOOP,
    IN_THREADS,
    Place,
    TooManyOwnStreamsError,
    TooManyStreamsError,
)
from apps.notifications.streams.subscription import Subscription

POSITION = r"^[0-9]{13}$"
LAST_EVENT_ID = OpenApiParameter(
    "Last-Event-ID",
    {"type": "string", "pattern": POSITION},
    OpenApiParameter.HEADER,
    description="The `id` of the last event: what came after it is sent again, some of it twice.",
)
EVENTS = (
    "Server-sent events. `notification`: an item of the feed; skip one whose `id` inside is known. "
    "`unread`: how many are unread, and which were just `read` (0 unread: all of them). `ready`: "
    "what was missed has been sent; unless `resumed`, load the feed now. A comment keeps the "
    "connection alive every 15 seconds."
)
STREAM: dict[Any, OpenApiResponse] = {
    (200, "text/event-stream"): OpenApiResponse({"type": "string"}, description=EVENTS),
    **refusals(TooManyStreamsError, TooManyOwnStreamsError),
}


class UnknownPositionError(InvalidInputError):
    field = "Last-Event-ID"
    sentence = "This is not the id of an event of this stream."


class EventStreamResponse(StreamingHttpResponse):
    """`airbnb.asgi` serves the subscription in its loop; in a WSGI server this thread does."""

    logs_its_end = True

    def __init__(self, subscription: Subscription, place: Place, *, in_loop: bool) -> None:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        content = () if in_loop else threads.stream(subscription)
        super().__init__(content, content_type="text/event-stream", headers=headers)
        self.subscription = subscription
        self._place = place

    def close(self) -> None:
        self._place.leave()
        super().close()


class JsonWhateverIsAccepted(BaseContentNegotiation):
    """An error is JSON, also for a client that asks for an event stream."""

    def select_parser(self, request: Request, parsers: Any) -> None:
        return None

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        return renderers[0], str(renderers[0].media_type)


class NotificationStreamView(APIView):
    content_negotiation_class = JsonWhateverIsAccepted
    http_method_names = ["get", "options"]

    @extend_schema(
        summary="What is new in the feed, live",
        parameters=[LAST_EVENT_ID],
        responses=STREAM,
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        auth = request.auth
        assert isinstance(auth, Credentials)
        subscription = Subscription(
            proof=auth.proof,
            expires_at=auth.claims.exp,
            since=_position(request.headers.get("Last-Event-ID", "")),
            described=access.described(request),
        )
        in_loop = hasattr(request, "scope")
        place = (IN_LOOP if in_loop else IN_THREADS).take(caller(request).id)
        return EventStreamResponse(subscription, place, in_loop=in_loop)


def _position(last_event_id: str) -> int | None:
    if not last_event_id:
        return None
    if not re.fullmatch(POSITION, last_event_id):
        raise UnknownPositionError
    return int(last_event_id)
