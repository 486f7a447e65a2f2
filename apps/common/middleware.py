"""The request id: taken from the gateway or made here, kept in the logs, replies and events. The
trace of `trace.py` goes beside it."""

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

from apps.common import trace
from apps.common.network import address_bind
from apps.common.trace import trace_bind, trace_id_current

HEADER = "X-Request-ID"
_ACCEPTED = re.compile(r"[A-Za-z0-9._-]{8,64}")
_current: ContextVar[str] = ContextVar("request_id", default="")


def request_id_current() -> str:
    return _current.get()


def request_id_bind(value: str) -> str:
    """Makes `value` the id of this context, or a new one where it is not usable."""
    bound = value if _ACCEPTED.fullmatch(value) else uuid.uuid4().hex
    _current.set(bound)
    return bound


class RequestIdMiddleware:
    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        bound = request_id_bind(request.headers.get(HEADER, ""))
        trace_bind(request.headers.get(trace.HEADER, ""))
        address_bind(request)
        response = self.get_response(request)
        response[HEADER] = bound
        return response


class RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id_current()
        record.trace_id = trace_id_current()
        return True
