from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import SAFE_METHODS, AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from apps.common.conditional import json_reply
from apps.common.exception_handler import describe
from apps.common.json import dumps
from apps.common.permissions import IsOwner
from apps.common.throttling import reads_charge


class PublicReadView(APIView):
    """An open GET. It answers past DRF's request, negotiation and renderer, which would take a
    fifth of a listing's time (docs/decisions/0008); everything else about it is DRF's."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = ()
    # Units that a call counts for in RATE_LIMIT_READS; 0 where `read` charges what it costs.
    cost = 1
    # How long browsers and proxies may use what was read without asking.
    cache_seconds = 0
    # Whether the reply is the same whoever asks: then anybody may keep it, and asks by its ETag
    # whether it still holds. All other replies of the API are `no-store`.
    is_for_everybody = True

    def read(self, query: QueryDict, **path: str) -> Any:
        """What is sent as JSON, or its bytes; raises what `exception_handler.describe` knows."""
        raise NotImplementedError

    def get(self, request: Request, **path: str) -> Response:
        """For the API's description: `dispatch` answers GET and HEAD."""
        raise NotImplementedError

    def charge(self, units: int) -> None:
        """Raises `RateLimitedError` above what one address may read in a minute."""
        if units:
            reads_charge(self.request, units)

    def dispatch(self, request: HttpRequest, *args: Any, **path: Any) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"}:
            return super().dispatch(request, *args, **path)
        try:
            self.charge(self.cost)
            found = self.read(request.GET, **path)
            return self.sent(request, found if isinstance(found, bytes) else dumps(found))
        except Exception as error:
            reply = describe(error)
            if reply is None:
                raise
        return HttpResponse(
            dumps(reply.body),
            content_type="application/json",
            status=reply.status,
            headers=reply.headers,
        )

    def sent(self, request: HttpRequest, payload: bytes) -> HttpResponse:
        if not self.is_for_everybody:
            return HttpResponse(payload, content_type="application/json")
        keep = f"max-age={self.cache_seconds}" if self.cache_seconds else "no-cache"
        return json_reply(request, payload, headers={"Cache-Control": keep})


class PublicReadOwnerWriteView(PublicReadView):
    """GET, HEAD and OPTIONS are open; everything else is an owner's, as any call with a token."""

    write_permissions: tuple[type[BasePermission], ...] = (IsOwner,)

    def is_write(self) -> bool:
        # The API's description is made of views that have no request yet.
        return self.request is not None and self.request.method not in SAFE_METHODS

    def get_authenticators(self) -> list[BaseAuthentication]:
        classes: Any = api_settings.DEFAULT_AUTHENTICATION_CLASSES
        return [made() for made in classes if self.is_write()]

    def get_permissions(self) -> list[BasePermission]:
        return [made() for made in (self.write_permissions if self.is_write() else (AllowAny,))]

    def get_throttles(self) -> list[BaseThrottle]:
        classes: Any = api_settings.DEFAULT_THROTTLE_CLASSES
        return [made() for made in classes if self.is_write()]
