"""The one shape of an error: {"error": {code, message, request_id, fields?, details?}}."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response

from apps.common import mongo
from apps.common.errors import (
    AppError,
    DatabaseUnavailableError,
    InvalidInputError,
    NotAuthenticatedError,
    NotFoundError,
    PayloadTooLargeError,
    RateLimitedError,
    UnsupportedMediaTypeError,
)
from apps.common.middleware import request_id_current

logger = logging.getLogger(__name__)
LONGEST, MOST = 300, 10
CODES = {
    "parse_error": "MALFORMED_JSON",
    "permission_denied": "FORBIDDEN",
    "authentication_failed": "NOT_AUTHENTICATED",
}


def envelope(code: str, message: str, **extra: Any) -> dict[str, Any]:
    shown = {name: value for name, value in extra.items() if value}
    return {
        "error": {"code": code, "message": message, "request_id": request_id_current(), **shown}
    }


@dataclass(frozen=True)
class ErrorResponse:
    body: dict[str, Any]
    status: int
    headers: dict[str, str] = field(default_factory=dict)


def handle(error: Exception, _context: dict[str, Any]) -> Response | None:
    reply = describe(error)
    if reply is None:
        return None
    return Response(reply.body, status=reply.status, headers=reply.headers)


def describe(error: Exception) -> ErrorResponse | None:
    """What the caller is told of an error; None for one that is our own fault."""
    if isinstance(error, exceptions.ValidationError):
        return _invalid(error)
    ours = error if isinstance(error, AppError) else _translated(error)
    if ours is not None:
        return _from_ours(ours, wait=getattr(error, "wait", None))
    return _from_drf(error) if isinstance(error, exceptions.APIException) else None


_TRANSLATIONS: tuple[tuple[type[Exception], Callable[[Any], AppError]], ...] = (
    (Http404, lambda _: NotFoundError()),
    (RequestDataTooBig, lambda _: PayloadTooLargeError(limit=settings.DATA_UPLOAD_MAX_MEMORY_SIZE)),
    (exceptions.NotAuthenticated, lambda _: NotAuthenticatedError()),
    (exceptions.Throttled, lambda error: RateLimitedError(seconds=int(error.wait or 1) or 1)),
    (
        exceptions.UnsupportedMediaType,
        lambda error: UnsupportedMediaTypeError(media_type=error.args[0]),
    ),
)


def _translated(error: Exception) -> AppError | None:
    """An error of Django, DRF or PyMongo as ours, where we have one for it."""
    for kind, translate in _TRANSLATIONS:
        if isinstance(error, kind):
            return translate(error)
    if mongo.is_outage(error) or mongo.is_outage(error.__cause__):
        logger.warning("database.unavailable", extra={"error": repr(error)})
        return DatabaseUnavailableError()
    return None


def _from_ours(error: AppError, *, wait: float | None) -> ErrorResponse:
    fields = error.fields if isinstance(error, InvalidInputError) else None
    body = envelope(error.code, error.message, fields=fields, details=error.details)
    seconds = error.retry_after or (wait and (int(wait) or 1))
    headers = {"Retry-After": str(seconds)} if seconds else {}
    if isinstance(error, NotAuthenticatedError):
        headers["WWW-Authenticate"] = "Bearer"
    return ErrorResponse(body, error.status, headers)


def _invalid(error: exceptions.ValidationError) -> ErrorResponse:
    detail = error.detail
    fields = detail if isinstance(detail, dict) else {"non_field_errors": detail}
    flat = {name: _sentences(value) for name, value in fields.items()}
    first = next(iter(flat.values()), ["The input is not valid."])[0]
    name = next(iter(flat), "non_field_errors")
    message = first if name == "non_field_errors" else f"{name}: {first}"
    return ErrorResponse(envelope("VALIDATION_ERROR", message, fields=flat), 400)


def _sentences(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [f"{n}: {s}" for n, inner in value.items() for s in _sentences(inner)][:MOST]
    if isinstance(value, list):
        return [sentence for item in value[:MOST] for sentence in _sentences(item)][:MOST]
    # A sentence may quote what was sent, which may be long or have no UTF-8 form.
    text = str(value).encode(errors="replace").decode()
    return [text if len(text) <= LONGEST else f"{text[:LONGEST]}..."]


def _from_drf(error: exceptions.APIException) -> ErrorResponse:
    code = str(error.get_codes()) if isinstance(error.detail, str) else error.default_code
    body = envelope(CODES.get(code, code.upper()), str(error.detail))
    headers = (
        {"WWW-Authenticate": "Bearer"} if isinstance(error, exceptions.AuthenticationFailed) else {}
    )
    return ErrorResponse(body, error.status_code, headers)


def plain(code: str, message: str, status: int) -> Callable[..., JsonResponse]:
    """A Django error view (`handler404`, ...) with the same shape."""

    def view(_request: HttpRequest, *_args: Any, **_kwargs: Any) -> JsonResponse:
        return JsonResponse(envelope(code, message), status=status)

    return view
