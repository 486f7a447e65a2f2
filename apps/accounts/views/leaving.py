"""Who deletes their account."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts import services
from apps.accounts.replies import LeavingReply
from apps.accounts.serializers import PasswordSerializer
from apps.accounts.services.leaving import AccountNeededError, StaffAccountError, WrongPasswordError
from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.permissions import caller
from apps.common.replies import instant
from apps.common.throttling import LoginThrottle, UserThrottle


class AccountView(APIView):
    throttle_classes = (UserThrottle, LoginThrottle)
    delete_has_body = True

    @extend_schema(
        summary="Delete the caller's account",
        description="What it offers is withdrawn and every session ends. It is erased at "
        "`erase_at`; until then a log-in keeps it.",
        request=PasswordSerializer,
        responses={
            202: LeavingReply,
            **refusals(WrongPasswordError, StaffAccountError, AccountNeededError),
        },
    )
    def delete(self, request: Request) -> Response:
        serializer = PasswordSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        erase_at = services.account_leave(
            user_id=caller(request).id, **serializer.validated_data, now=utc_now()
        )
        return Response(LeavingReply(erase_at=instant(erase_at)), status=202)
