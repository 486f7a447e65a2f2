"""What belongs to an account whichever side its owner is on: its address, password and roles.

A token of an e-mailed link comes in the body, never in a path, which logs keep.
"""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts import services
from apps.accounts.enums import UserType
from apps.accounts.replies import ConfirmedAddressReply, UserReply
from apps.accounts.selectors import user_shown
from apps.accounts.serializers import (
    AddressSerializer,
    EmailChangeSerializer,
    LinkSerializer,
    PasswordChangeSerializer,
    PasswordResetSerializer,
    RoleSerializer,
)
from apps.accounts.services import (
    AlreadyVerifiedError,
    EmailTakenError,
    LinkInvalidError,
    SameAddressError,
    WrongPasswordError,
)
from apps.common.addresses import address_key
from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.guessing import guesses
from apps.common.permissions import caller
from apps.common.throttling import LoginThrottle, MailThrottle, UserThrottle


class _LinkView(APIView):
    """For who comes by an e-mail, logged in or not."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (LoginThrottle,)


class VerifyView(_LinkView):
    @extend_schema(
        summary="Confirm an e-mail address by the link that was sent there",
        request=LinkSerializer,
        responses={200: ConfirmedAddressReply, **refusals(LinkInvalidError, EmailTakenError)},
    )
    def post(self, request: Request) -> Response:
        serializer = LinkSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        email = services.address_confirm(**serializer.validated_data, now=utc_now())
        return Response(ConfirmedAddressReply(email=email))


class RestoreAddressView(_LinkView):
    @extend_schema(
        summary="Take back a change of the e-mail address: this was not me",
        request=LinkSerializer,
        responses={200: ConfirmedAddressReply, **refusals(LinkInvalidError, EmailTakenError)},
    )
    def post(self, request: Request) -> Response:
        serializer = LinkSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        email = services.address_restore(**serializer.validated_data, now=utc_now())
        return Response(ConfirmedAddressReply(email=email))


class ForgottenPasswordView(_LinkView):
    @extend_schema(
        summary="Have a link to choose a new password e-mailed",
        request=AddressSerializer,
        responses={202: None},
    )
    def post(self, request: Request) -> Response:
        serializer = AddressSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        email = serializer.validated_data["email"]
        MailThrottle.check(address_key(email))
        services.password_forgotten(email=email, now=utc_now())
        return Response(status=202)


class ResetPasswordView(_LinkView):
    @extend_schema(
        summary="Choose a new password by an e-mailed link; every device is logged out",
        request=PasswordResetSerializer,
        responses={204: None, **refusals(LinkInvalidError)},
    )
    def post(self, request: Request) -> Response:
        serializer = PasswordResetSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        services.password_reset(**serializer.validated_data, now=utc_now())
        return Response(status=204)


class VerifyAgainView(APIView):
    throttle_classes = (UserThrottle,)

    @extend_schema(
        summary="Have the link to confirm the caller's address sent again",
        request=None,
        responses={202: None, **refusals(AlreadyVerifiedError)},
    )
    def post(self, request: Request) -> Response:
        user_id = caller(request).id
        MailThrottle.check(str(user_id))
        services.verification_send(user_id=user_id, now=utc_now())
        return Response(status=202)


class PasswordView(APIView):
    @extend_schema(
        summary="Change the password and log every other device out",
        request=PasswordChangeSerializer,
        responses={204: None, **refusals(WrongPasswordError)},
    )
    def post(self, request: Request) -> Response:
        serializer = PasswordChangeSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        user = caller(request)
        with guesses("password", account=str(user.id), request=request):
            services.password_change(
                user_id=user.id,
                session_id=user.session_id,
                **serializer.validated_data,
                now=utc_now(),
            )
        return Response(status=204)


class EmailView(APIView):
    @extend_schema(
        summary="Change the e-mail address by a link that is sent to the new one",
        request=EmailChangeSerializer,
        responses={202: None, **refusals(WrongPasswordError, SameAddressError)},
    )
    def post(self, request: Request) -> Response:
        serializer = EmailChangeSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        user_id = caller(request).id
        MailThrottle.check(str(user_id))
        with guesses("password", account=str(user_id), request=request):
            services.address_change(user_id=user_id, **serializer.validated_data, now=utc_now())
        return Response(status=202)


class RoleView(APIView):
    @extend_schema(
        summary="Become a host, or a guest, too, with the same account",
        request=RoleSerializer,
        responses=UserReply,
    )
    def post(self, request: Request) -> Response:
        serializer = RoleSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        user_id = caller(request).id
        role = UserType(serializer.validated_data["role"])
        services.role_add(user_id=user_id, role=role, now=utc_now())
        return Response(user_shown(user_id))
