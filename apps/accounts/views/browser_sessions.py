"""Sessions of browsers: the refresh token is in a cookie that no script reads, the access token in
the reply. Where the cookie speaks for somebody, the call must come from a page of ours."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts import services
from apps.accounts.authentication import Credentials
from apps.accounts.enums import LogInKind
from apps.accounts.replies import SessionReply
from apps.accounts.serializers import LoginSerializer
from apps.accounts.services import (
    AccountSuspendedError,
    Begun,
    InvalidCredentialsError,
    LogInEndedError,
)
from apps.accounts.views.devices import device_of
from apps.accounts.views.second_factor import SECOND_FACTOR
from apps.common.addresses import address_key
from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.errors import ForbiddenError, InvalidInputError
from apps.common.guessing import guesses
from apps.common.throttling import LoginThrottle, RenewalThrottle

COOKIE = "staywell_refresh"
# Tells the page that there is a log-in to ask for; it proves nothing.
HINT = "staywell_signed_in"
PATH = "/api/account/session"
HEADER = "X-Staywell-Session"
NEEDED = OpenApiParameter(
    HEADER,
    {"type": "string", "enum": ["browser"]},
    OpenApiParameter.HEADER,
    required=True,
    description="Shows that a script of ours makes the call: no form or link can send it.",
)


class HeaderMissingError(InvalidInputError):
    field = HEADER
    sentence = 'Send the header with the value "browser".'


class ForeignPageError(ForbiddenError):
    code = "FOREIGN_PAGE"
    sentence = "This call must come from our own page."


def check_page(request: Request) -> None:
    """Against forged calls that carry the cookie (CSRF): the header, which pages of others cannot
    send without being let by CORS, and what the browser says of the page.

    Raises `HeaderMissingError` or `ForeignPageError`.
    """
    if request.headers.get(HEADER) != "browser":
        raise HeaderMissingError
    origin = request.headers.get("Origin")
    is_foreign = request.headers.get("Sec-Fetch-Site") == "cross-site"
    if is_foreign or (origin is not None and not _is_ours(origin, request)):
        raise ForeignPageError


def _is_ours(origin: str, request: Request) -> bool:
    listed = {*settings.CORS_ALLOWED_ORIGINS, settings.SITE_URL}
    return origin in listed or urlsplit(origin).netloc == request.get_host()


class BrowserSessionView(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (LoginThrottle,)

    @extend_schema(
        summary="Log a browser in, on whichever side",
        description="Sets the refresh token as a cookie. The access token lives ten minutes.",
        parameters=[NEEDED],
        request=LoginSerializer,
        responses={
            200: SessionReply,
            **refusals(
                InvalidCredentialsError, AccountSuspendedError, *SECOND_FACTOR, ForeignPageError
            ),
        },
    )
    def post(self, request: Request) -> Response:
        serializer = LoginSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        check_page(request)
        now = utc_now()
        sent = serializer.validated_data
        with guesses("login", account=address_key(sent["email"]), request=request):
            user = services.user_authenticated(
                email=sent["email"], password=sent["password"], now=now
            )
        begun = services.session_begin(
            user=user,
            kind=LogInKind.BROWSER,
            device=device_of(request),
            now=now,
            code=sent.get("code", ""),
            passkey=sent.get("passkey"),
        )
        return session_response(begun, now=now)

    @extend_schema(
        summary="Log this browser out",
        description="Succeeds whatever the cookie is worth: afterwards there is none.",
        parameters=[NEEDED],
        request=None,
        responses={
            204: OpenApiResponse(description="Logged out."),
            **refusals(ForeignPageError),
        },
    )
    def delete(self, request: Request) -> Response:
        check_page(request)
        services.log_out_by_refresh(refresh=request.COOKIES.get(COOKIE, ""), now=utc_now())
        response = Response(status=204)
        response.delete_cookie(COOKIE, path=PATH, samesite="Strict")
        response.delete_cookie(HINT, samesite="Strict")
        return response


class SessionRefreshView(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (RenewalThrottle,)

    @extend_schema(
        summary="A new access token for this browser",
        description="By the cookie of the log-in, which is renewed with every call.",
        parameters=[NEEDED],
        request=None,
        responses={
            200: SessionReply,
            **refusals(LogInEndedError, AccountSuspendedError, ForeignPageError),
        },
    )
    def post(self, request: Request) -> Response:
        check_page(request)
        now = utc_now()
        refresh = request.COOKIES.get(COOKIE, "")
        begun = services.session_refresh(refresh=refresh, device=device_of(request), now=now)
        return session_response(begun, now=now)


class LogOutView(APIView):
    """For programs: ends what the bearer token belongs to."""

    @extend_schema(
        summary="Log out: the token of this call ends",
        request=None,
        responses={204: OpenApiResponse(description="Logged out.")},
    )
    def post(self, request: Request) -> Response:
        auth = request.auth
        assert isinstance(auth, Credentials)
        services.log_out(proof=auth.proof, expires_at=auth.claims.expires_at, now=utc_now())
        return Response(status=204)


def session_response(begun: Begun, *, now: dt.datetime) -> Response:
    """The reply of a browser's log-in, with its cookies."""
    response = Response(begun.reply)
    common: dict[str, Any] = {
        "max_age": begun.expires_at.replace(tzinfo=dt.UTC) - now,
        "secure": settings.SESSION_COOKIE_SECURE,
        "samesite": "Strict",
    }
    response.set_cookie(COOKIE, begun.refresh, path=PATH, httponly=True, **common)
    response.set_cookie(HINT, "1", **common)
    return response
