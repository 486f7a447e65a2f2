from collections.abc import Sequence
from typing import Any

from django.conf import settings
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.fields import object_id
from apps.common.permissions import IsTraveler, caller
from apps.common.throttling import UserThrottle
from apps.messaging import selectors, services
from apps.messaging.replies import (
    FoundMessagesReply,
    InboxReply,
    ListingHostReply,
    MessageReportReply,
    ThreadReply,
    ThreadStateReply,
    UnreadMessagesReply,
    WrittenMessageReply,
)
from apps.messaging.selectors import CursorUnknownError, ThreadUnknownError
from apps.messaging.serializers import (
    ArchiveSerializer,
    BlockSerializer,
    EarlierSerializer,
    InboxSerializer,
    QuestionSerializer,
    ReadSerializer,
    ReportSerializer,
    SearchSerializer,
    TextSerializer,
    side_of,
)
from apps.properties.selectors import ListingUnknownError

SENDING = (
    services.BlockedByYouError,
    services.CannotReceiveError,
    services.MessageIdReusedError,
)
SENT_BEFORE = OpenApiResponse(WrittenMessageReply, description="It was written already.")
REPORTED_BEFORE = OpenApiResponse(MessageReportReply, description="You reported it already.")


class MessageThrottle(UserThrottle):
    """Counts what one person writes to others."""

    scope = "messages"

    @property
    def rate(self) -> str:  # type: ignore[override]
        return str(settings.RATE_LIMIT_MESSAGES)

    def allow_request(self, request: Request, view: APIView) -> bool:
        return request.method != "POST" or super().allow_request(request, view)


class InboxView(APIView):
    throttle_classes = (UserThrottle, MessageThrottle)

    def get_permissions(self) -> Sequence[Any]:
        return [IsTraveler()] if self.request.method == "POST" else super().get_permissions()

    @extend_schema(
        summary="Your threads, the one with the latest message first",
        parameters=[InboxSerializer],
        responses={200: InboxReply, **refusals(CursorUnknownError)},
    )
    def get(self, request: Request) -> Response:
        serializer = InboxSerializer(data=request.query_params)
        serializer.is_valid(raise_exception=True)
        values, person = serializer.validated_data, caller(request)
        found = selectors.inbox(
            person_id=person.id,
            side=side_of(values, person.user_type),
            is_archived=values.get("archived", False),
            cursor=values.get("cursor"),
        )
        return Response(found)

    @extend_schema(
        summary="Ask the host of a listing",
        request=QuestionSerializer,
        responses={
            201: WrittenMessageReply,
            200: SENT_BEFORE,
            **refusals(
                ListingUnknownError,
                services.OwnListingQuestionError,
                services.TooManyQuestionsError,
                *SENDING,
            ),
        },
    )
    def post(self, request: Request) -> Response:
        serializer = QuestionSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        sent = services.question_send(
            guest_id=caller(request).id, **serializer.validated_data, now=utc_now()
        )
        return Response(sent.reply, status=201 if sent.is_new else 200)


class ThreadView(APIView):
    @extend_schema(
        summary="A thread with its newest messages",
        parameters=[EarlierSerializer],
        responses={200: ThreadReply, **refusals(ThreadUnknownError)},
    )
    def get(self, request: Request, thread_id: str) -> Response:
        serializer = EarlierSerializer(data=request.query_params)
        serializer.is_valid(raise_exception=True)
        thread = selectors.thread_opened(
            thread_id=object_id(thread_id),
            person_id=caller(request).id,
            before=serializer.validated_data.get("before"),
            now=utc_now(),
        )
        return Response(thread)


class ThreadMessageView(APIView):
    throttle_classes = (UserThrottle, MessageThrottle)

    @extend_schema(
        summary="Write to the other person of a thread",
        request=TextSerializer,
        responses={
            201: WrittenMessageReply,
            200: SENT_BEFORE,
            **refusals(ThreadUnknownError, *SENDING),
        },
    )
    def post(self, request: Request, thread_id: str) -> Response:
        serializer = TextSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        sent = services.message_send(
            thread_id=object_id(thread_id),
            sender_id=caller(request).id,
            **serializer.validated_data,
            now=utc_now(),
        )
        return Response(sent.reply, status=201 if sent.is_new else 200)


class ThreadReadView(APIView):
    @extend_schema(
        summary="Mark a thread as read up to a message",
        request=ReadSerializer,
        responses={200: ThreadStateReply, **refusals(ThreadUnknownError)},
    )
    def post(self, request: Request, thread_id: str) -> Response:
        serializer = ReadSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        state = services.thread_read(
            thread_id=object_id(thread_id),
            person_id=caller(request).id,
            **serializer.validated_data,
            now=utc_now(),
        )
        return Response(state)


class ThreadArchiveView(APIView):
    @extend_schema(
        summary="Move a thread to your archive, or back",
        request=ArchiveSerializer,
        responses={200: ThreadStateReply, **refusals(ThreadUnknownError)},
    )
    def put(self, request: Request, thread_id: str) -> Response:
        serializer = ArchiveSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        state = services.thread_archive(
            thread_id=object_id(thread_id),
            person_id=caller(request).id,
            **serializer.validated_data,
        )
        return Response(state)


class ThreadBlockView(APIView):
    @extend_schema(
        summary="Block the other person of a thread, or unblock them",
        request=BlockSerializer,
        responses={200: ThreadStateReply, **refusals(ThreadUnknownError)},
    )
    def put(self, request: Request, thread_id: str) -> Response:
        serializer = BlockSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        state = services.thread_block(
            thread_id=object_id(thread_id),
            person_id=caller(request).id,
            **serializer.validated_data,
            now=utc_now(),
        )
        return Response(state)


class ThreadReportView(APIView):
    @extend_schema(
        summary="Report a message to support",
        request=ReportSerializer,
        responses={
            201: MessageReportReply,
            200: REPORTED_BEFORE,
            **refusals(services.MessageUnknownError, services.TooManyReportsError),
        },
    )
    def post(self, request: Request, thread_id: str) -> Response:
        serializer = ReportSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        reported = services.message_report(
            thread_id=object_id(thread_id),
            person_id=caller(request).id,
            **serializer.validated_data,
            now=utc_now(),
        )
        return Response(reported.reply, status=201 if reported.is_new else 200)


class MessageSearchView(APIView):
    @extend_schema(
        summary="Find messages of your threads by their words",
        parameters=[SearchSerializer],
        responses={200: FoundMessagesReply, **refusals(CursorUnknownError)},
    )
    def get(self, request: Request) -> Response:
        serializer = SearchSerializer(data=request.query_params)
        serializer.is_valid(raise_exception=True)
        values, person = serializer.validated_data, caller(request)
        found = selectors.messages_found(
            person_id=person.id,
            side=side_of(values, person.user_type),
            text=values["q"],
            cursor=values.get("cursor"),
        )
        return Response(found)


class UnreadView(APIView):
    throttle_classes = ()

    @extend_schema(summary="How many messages you have not read", responses=UnreadMessagesReply)
    def get(self, request: Request) -> Response:
        return Response(selectors.unread_counts(caller(request).id))


class ListingHostView(APIView):
    permission_classes = (IsTraveler,)

    @extend_schema(
        summary="Whom you ask about a listing, and how fast they answer",
        responses={200: ListingHostReply, **refusals(ListingUnknownError)},
    )
    def get(self, request: Request, listing_id: str) -> Response:
        found = selectors.listing_host(
            listing_id=object_id(listing_id), guest_id=caller(request).id, now=utc_now()
        )
        return Response(found)
