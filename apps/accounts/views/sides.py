"""Registration, login and profile; the traveler and the owner side mount them for themselves."""

from django.urls import URLPattern, path
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts import services
from apps.accounts.enums import UserType
from apps.accounts.replies import SessionReply, UserReply
from apps.accounts.selectors import user_shown
from apps.accounts.serializers import (
    LoginSerializer,
    RegistrationSerializer,
    UserUpdateSerializer,
)
from apps.accounts.services import (
    AccountSuspendedError,
    InvalidCredentialsError,
    UsernameTakenError,
    WrongSideError,
)
from apps.accounts.views.devices import device_of
from apps.accounts.views.second_factor import SECOND_FACTOR
from apps.common.addresses import address_key
from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.guessing import guesses
from apps.common.permissions import caller
from apps.common.throttling import LoginThrottle, MailThrottle
from apps.common.uploads import IMAGE_BODY, IMAGE_REFUSALS, ImageUploadParser, image_of


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "apps.accounts.authentication.TokenAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}


class _AccountView(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (LoginThrottle,)
    user_type = UserType.TRAVELER


class RegisterView(_AccountView):
    @extend_schema(
        summary="Register as {view.user_type}",
        request=RegistrationSerializer,
        responses={201: SessionReply, **refusals(UsernameTakenError)},
    )
    def post(self, request: Request) -> Response:
        serializer = RegistrationSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        MailThrottle.check(address_key(serializer.validated_data["email"]))
        session = services.user_register(
            user_type=self.user_type,
            **serializer.validated_data,
            device=device_of(request),
            now=utc_now(),
        )
        return Response(session, status=201)


class LoginView(_AccountView):
    @extend_schema(
        summary="Log in as {view.user_type}",
        request=LoginSerializer,
        responses={
            200: SessionReply,
            **refusals(
                InvalidCredentialsError, AccountSuspendedError, *SECOND_FACTOR, WrongSideError
            ),
        },
    )
    def post(self, request: Request) -> Response:
        serializer = LoginSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        account = address_key(serializer.validated_data["email"])
        with guesses("login", account=account, request=request):
            session = services.user_log_in(
                user_type=self.user_type,
                **serializer.validated_data,
                device=device_of(request),
                now=utc_now(),
            )
        return Response(session)


def auth_urls(user_type: UserType) -> list[URLPattern]:
    return [
        path("auth/register", RegisterView.as_view(user_type=user_type)),
        path("auth/login", LoginView.as_view(user_type=user_type)),
    ]


class ProfileView(APIView):
    @extend_schema(summary="The caller's own account", responses=UserReply)
    def get(self, request: Request) -> Response:
        return Response(user_shown(caller(request).id))

    @extend_schema(
        summary="Change the caller's own account; what is not sent stays",
        request=UserUpdateSerializer,
        responses=UserReply,
    )
    def put(self, request: Request) -> Response:
        serializer = UserUpdateSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        user_id = caller(request).id
        services.user_update(user_id=user_id, changes=serializer.validated_data, now=utc_now())
        return Response(user_shown(user_id))


class ProfilePictureView(APIView):
    parser_classes = (ImageUploadParser,)

    @extend_schema(
        summary="Set the profile picture",
        request=IMAGE_BODY,
        responses={
            200: UserReply,
            **refusals(*IMAGE_REFUSALS),
        },
    )
    def post(self, request: Request) -> Response:
        user_id = caller(request).id
        services.profile_picture_set(user_id=user_id, upload=image_of(request), now=utc_now())
        return Response(user_shown(user_id))

    @extend_schema(summary="Remove the profile picture", responses={200: UserReply})
    def delete(self, request: Request) -> Response:
        user_id = caller(request).id
        services.profile_picture_remove(user_id=user_id, now=utc_now())
        return Response(user_shown(user_id))


def profile_urls(permission: type[BasePermission]) -> list[URLPattern]:
    allowed = (permission,)
    return [
        path("profile", ProfileView.as_view(permission_classes=allowed)),
        path("profile/picture", ProfilePictureView.as_view(permission_classes=allowed)),
    ]
