"""Registration and login; the traveler and the owner side mount these with their user type."""

from typing import Any

from bson import ObjectId
from django.urls import URLPattern, path
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts import services
from apps.accounts.enums import UserType
from apps.accounts.models import User
from apps.accounts.selectors import user_public
from apps.accounts.serializers import LoginSerializer, RegistrationSerializer
from apps.accounts.tokens import token_issue
from apps.common.throttling import LoginThrottle


class _AccountView(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (LoginThrottle,)
    user_type = UserType.TRAVELER

    def reply(self, user: User, status: int) -> Response:
        token, expires_at = token_issue(user)
        shown: dict[str, Any] | None = user_public(ObjectId(str(user.pk)))
        return Response({"user": shown, "token": token, "expires_at": expires_at}, status=status)


class RegisterView(_AccountView):
    def post(self, request: Request) -> Response:
        serializer = RegistrationSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        user = services.user_register(user_type=self.user_type, **serializer.validated_data)
        return self.reply(user, 201)


class LoginView(_AccountView):
    def post(self, request: Request) -> Response:
        serializer = LoginSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        user = services.user_authenticate(user_type=self.user_type, **serializer.validated_data)
        return self.reply(user, 200)


def auth_urls(user_type: UserType) -> list[URLPattern]:
    return [
        path("auth/register", RegisterView.as_view(user_type=user_type)),
        path("auth/login", LoginView.as_view(user_type=user_type)),
    ]
