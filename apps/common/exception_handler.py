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
from apps.common.errors import AppError, InvalidInputError
from apps.common.middleware import request_id_current

logger = logging.getLogger(__name__)
LONGEST, MOST = 300, 10
CODES = {
    "parse_error": "MALFORMED_JSON",
    "throttled": "RATE_LIMITED",
    "permission_denied": "FORBIDDEN",
    "authentication_failed": "NOT_AUTHENTICATED",
}
MESSAGES: dict[str, str] = {
    "not_authenticated": "Log in first: this needs an `Authorization: Bearer` token.",
}


def envelope(code: str, message: str, **extra: Any) -> dict[str, Any]:
    shown = {name: value for name, value in extra.items() if value}
    return {
        "error": {"code": code, "message": message, "request_id": request_id_current(), **shown}
    }


@dataclass(frozen=True)
class Reply:
    body: dict[str, Any]
    status: int
    headers: dict[str, str] = field(default_factory=dict)


def handle(error: Exception, _context: dict[str, Any]) -> Response | None:
    reply = describe(error)
    if reply is None:
        return None
    return Response(reply.body, status=reply.status, headers=reply.headers)


def describe(error: Exception) -> Reply | None:
    """What the caller is told of an error; None for one that is our own fault."""
    if isinstance(error, AppError):
        fields = error.fields if isinstance(error, InvalidInputError) else None
        body = envelope(error.code, error.message, fields=fields, details=error.details)
        wait = error.retry_after
        return Reply(body, error.status, {"Retry-After": str(wait)} if wait else {})
    if isinstance(error, exceptions.ValidationError):
        return _invalid(error)
    if isinstance(error, exceptions.APIException):
        return _from_drf(error)
    return _from_django(error) or _from_outage(error)


def _from_django(error: Exception) -> Reply | None:
    if isinstance(error, Http404):
        return Reply(envelope("NOT_FOUND", "There is nothing at this address."), 404)
    if isinstance(error, RequestDataTooBig):
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        message = f"The request is too large: at most {most:,} bytes are taken."
        return Reply(envelope("PAYLOAD_TOO_LARGE", message), 413)
    return None


def _from_outage(error: Exception) -> Reply | None:
    if not (mongo.is_outage(error) or mongo.is_outage(error.__cause__)):
        return None
    logger.warning("database.unavailable", extra={"error": repr(error)})
    message = (
        "The database does not answer right now. Try again in a moment: with the same "
        "Idempotency-Key nothing happens twice."
    )
    return Reply(envelope("SERVICE_UNAVAILABLE", message), 503)


def _invalid(error: exceptions.ValidationError) -> Reply:
    detail = error.detail
    fields = detail if isinstance(detail, dict) else {"non_field_errors": detail}
    flat = {name: _sentences(value) for name, value in fields.items()}
    first = next(iter(flat.values()), ["The input is not valid."])[0]
    name = next(iter(flat), "non_field_errors")
    message = first if name == "non_field_errors" else f"{name}: {first}"
    return Reply(envelope("VALIDATION_ERROR", message, fields=flat), 400)


def _sentences(value: Any) -> list[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [sentence for item in value[:MOST] for sentence in _sentences(item)][:MOST]
    # A sentence may quote what was sent, which may be long or have no UTF-8 form.
    text = str(value).encode(errors="replace").decode()
    return [text if len(text) <= LONGEST else f"{text[:LONGEST]}..."]


def _from_drf(error: exceptions.APIException) -> Reply:
    code = str(error.get_codes()) if isinstance(error.detail, str) else error.default_code
    body = envelope(CODES.get(code, code.upper()), MESSAGES.get(code, str(error.detail)))
    if isinstance(error, (exceptions.NotAuthenticated, exceptions.AuthenticationFailed)):
        return Reply(body, 401, {"WWW-Authenticate": "Bearer"})
    wait = getattr(error, "wait", None)
    return Reply(body, error.status_code, {"Retry-After": str(int(wait) or 1)} if wait else {})


def plain(code: str, message: str, status: int) -> Callable[..., JsonResponse]:
    """A Django error view (`handler404`, ...) with the same shape."""

    def view(_request: HttpRequest, *_args: Any, **_kwargs: Any) -> JsonResponse:
        return JsonResponse(envelope(code, message), status=status)

    return view
