"""The one shape of an error: {"error": {code, message, request_id, fields?, details?}}."""

import logging
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from pymongo.errors import ConnectionFailure, ExecutionTimeout
from rest_framework import exceptions
from rest_framework.response import Response

from apps.common.errors import AppError, InvalidInputError
from apps.common.middleware import request_id_current

logger = logging.getLogger(__name__)
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


def handle(error: Exception, _context: dict[str, Any]) -> Response | None:
    if isinstance(error, AppError):
        fields = error.fields if isinstance(error, InvalidInputError) else None
        body = envelope(error.code, error.message, fields=fields, details=error.details)
        return Response(body, status=error.status)
    if isinstance(error, exceptions.ValidationError):
        return _invalid(error)
    if isinstance(error, exceptions.APIException):
        return _from_drf(error)
    if isinstance(error, Http404):
        return Response(envelope("NOT_FOUND", "There is nothing at this address."), status=404)
    if _is_outage(error):
        logger.warning("database.unavailable", extra={"error": repr(error)})
        message = "The database does not answer right now. Nothing was changed; try again."
        return Response(envelope("SERVICE_UNAVAILABLE", message), status=503)
    return None


def _is_outage(error: Exception) -> bool:
    outages = (ConnectionFailure, ExecutionTimeout)
    return isinstance(error, outages) or isinstance(error.__cause__, outages)


def _invalid(error: exceptions.ValidationError) -> Response:
    detail = error.detail
    fields = detail if isinstance(detail, dict) else {"non_field_errors": detail}
    flat = {name: _sentences(value) for name, value in fields.items()}
    first = next(iter(flat.values()), ["The input is not valid."])[0]
    name = next(iter(flat), "non_field_errors")
    message = first if name == "non_field_errors" else f"{name}: {first}"
    return Response(envelope("VALIDATION_ERROR", message, fields=flat), status=400)


def _sentences(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [sentence for item in value.values() for sentence in _sentences(item)]
    if isinstance(value, list):
        return [sentence for item in value for sentence in _sentences(item)]
    return [str(value)]


def _from_drf(error: exceptions.APIException) -> Response:
    code = str(error.get_codes()) if isinstance(error.detail, str) else error.default_code
    message = MESSAGES.get(code, str(error.detail))
    headers = {}
    wait = getattr(error, "wait", None)
    if wait:
        headers["Retry-After"] = str(int(wait) or 1)
    if isinstance(error, (exceptions.NotAuthenticated, exceptions.AuthenticationFailed)):
        headers["WWW-Authenticate"] = "Bearer"
        return Response(envelope(CODES.get(code, code.upper()), message), 401, headers=headers)
    body = envelope(CODES.get(code, code.upper()), message)
    return Response(body, status=error.status_code, headers=headers)


def plain(code: str, message: str, status: int) -> Callable[..., JsonResponse]:
    """A Django error view (`handler404`, ...) with the same shape."""

    def view(_request: HttpRequest, *_args: Any, **_kwargs: Any) -> JsonResponse:
        return JsonResponse(envelope(code, message), status=status)

    return view
