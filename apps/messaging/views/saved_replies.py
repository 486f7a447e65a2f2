from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.fields import object_id
from apps.common.permissions import IsOwner, caller
from apps.messaging import selectors, services
from apps.messaging.replies import SavedRepliesReply, SavedReplyReply
from apps.messaging.serializers import SavedReplySerializer


class SavedReplyListView(APIView):
    permission_classes = (IsOwner,)

    @extend_schema(summary="The texts that you keep to send again", responses=SavedRepliesReply)
    def get(self, request: Request) -> Response:
        return Response(selectors.saved_reply_list(caller(request).id))

    @extend_schema(
        summary="Keep a text to send it again",
        request=SavedReplySerializer,
        responses={201: SavedReplyReply, **refusals(services.TooManySavedRepliesError)},
    )
    def post(self, request: Request) -> Response:
        serializer = SavedReplySerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        added = services.saved_reply_add(
            host_id=caller(request).id, **serializer.validated_data, now=utc_now()
        )
        return Response(added, status=201)


class SavedReplyView(APIView):
    permission_classes = (IsOwner,)

    @extend_schema(
        summary="Change a saved reply",
        request=SavedReplySerializer,
        responses={200: SavedReplyReply, **refusals(services.SavedReplyUnknownError)},
    )
    def put(self, request: Request, reply_id: str) -> Response:
        serializer = SavedReplySerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        changed = services.saved_reply_change(
            reply_id=object_id(reply_id),
            host_id=caller(request).id,
            **serializer.validated_data,
            now=utc_now(),
        )
        return Response(changed)

    @extend_schema(
        summary="Delete a saved reply",
        responses={204: None, **refusals(services.SavedReplyUnknownError)},
    )
    def delete(self, request: Request, reply_id: str) -> Response:
        services.saved_reply_delete(reply_id=object_id(reply_id), host_id=caller(request).id)
        return Response(status=204)
