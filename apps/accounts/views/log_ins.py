"""Where an account is logged in."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.replies import DeviceSessionListReply
from apps.accounts.selectors import log_ins_of
from apps.common.clock import utc_now
from apps.common.permissions import caller


class SessionListView(APIView):
    @extend_schema(
        summary="Where the caller is logged in, the last used first",
        responses=DeviceSessionListReply,
    )
    def get(self, request: Request) -> Response:
        user = caller(request)
        sessions = log_ins_of(user.id, current=user.session_id, now=utc_now())
        return Response(DeviceSessionListReply(results=sessions))
