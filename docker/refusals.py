"""What a web process answers to a request that never becomes one: in the shape of our errors, where
gunicorn and uvicorn have their own pages."""

import re
import uuid
from http import HTTPStatus

from gunicorn.http.errors import (
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)

from airbnb.content_policy import CONTENT_TYPE_OPTIONS, POLICIES, header
from airbnb.http_errors import API, ERRORS, as_json, as_page

STATUSES: tuple[tuple[type[Exception], int], ...] = (
    (LimitRequestLine, 414),
    (LimitRequestHeaders, 431),
    (UnsupportedTransferCoding, 501),
    (ParseException, 400),
)
TARGET = re.compile(rb"[A-Za-z]+ (?P<path>/\S*)")


def status_of(error: BaseException) -> int:
    return next((status for kind, status in STATUSES if isinstance(error, kind)), 500)


def refusal(status: int, start: bytes) -> tuple[dict[str, str], bytes]:
    """Headers and body; `start` is how the request began, as far as it was read."""
    error, request_id = ERRORS[status], uuid.uuid4().hex
    found = TARGET.match(start)
    is_page = found is not None and not found["path"].startswith(API.encode())
    body = (
        as_page(error.title, error.message, request_id)
        if is_page
        else as_json(error.code, error.message, request_id)
    ).encode()
    kind = "text/html; charset=utf-8" if is_page else "application/json"
    headers = {
        "Content-Type": kind,
        "Content-Length": str(len(body)),
        "Connection": "close",
        "Cache-Control": "no-store",
        "X-Request-ID": request_id,
        "X-Content-Type-Options": CONTENT_TYPE_OPTIONS,
        "Content-Security-Policy": header(POLICIES["error" if is_page else "data"]),
    }
    return headers, body


def reply(status: int, start: bytes) -> bytes:
    headers, body = refusal(status, start)
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body
