"""Where an account is logged in, and how that ends."""

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts import services
from apps.accounts.replies import DeviceSessionListReply
from apps.accounts.selectors import log_ins_of
from apps.accounts.services import LogInUnknownError
from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.permissions import caller

SESSION_ID = OpenApiParameter(
    "session_id", {"type": "string", "maxLength": 64}, OpenApiParameter.PATH
)
ENDED = OpenApiResponse(description="Ended: its tokens are refused from the next call on.")


class SessionListView(APIView):
    @extend_schema(
        summary="Where the caller is logged in, the last used first",
        responses=DeviceSessionListReply,
    )
    def get(self, request: Request) -> Response:
        user = caller(request)
        sessions = log_ins_of(user.id, current=user.session_id, now=utc_now())
        return Response(DeviceSessionListReply(results=sessions))

    @extend_schema(
        summary="Log out everywhere, here too",
        request=None,
        responses={204: OpenApiResponse(description="All sessions and tokens have ended.")},
    )
    def delete(self, request: Request) -> Response:
        services.log_out_everywhere(user_id=caller(request).id, now=utc_now())
        return Response(status=204)


class SessionView(APIView):
    @extend_schema(
        summary="End one session of the caller",
        parameters=[SESSION_ID],
        request=None,
        responses={204: ENDED, **refusals(LogInUnknownError)},
    )
    def delete(self, request: Request, session_id: str) -> Response:
        services.log_in_end(log_in_id=session_id, user_id=caller(request).id, now=utc_now())
        return Response(status=204)
