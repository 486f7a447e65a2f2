"""What the API answers to somebody who is not logged in, for the pages of this process: by its own
views, so a page never has another answer than the API."""

from http import HTTPStatus
from io import BytesIO
from typing import NamedTuple
from urllib.parse import urlencode

import orjson
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.urls import resolve

KEPT = ("REMOTE_ADDR", "HTTP_X_FORWARDED_FOR", "SERVER_NAME", "SERVER_PORT", "HTTP_HOST")


class Answer(NamedTuple):
    status: int
    payload: bytes
    retry_after: str | None

    @property
    def is_found(self) -> bool:
        return self.status == HTTPStatus.OK


def address(path: str, **query: object) -> str:
    """In the order by which the SPA finds it again (`frontend/src/api/early.ts`)."""
    named = sorted((name, value) for name, value in query.items() if value is not None)
    return f"{path}?{urlencode(named)}" if named else path


def ask(request: HttpRequest, wanted: str) -> Answer:
    """The call counts for the caller's address, as if their browser had made it."""
    path, _, query = wanted.partition("?")
    found = resolve(path)
    reply: HttpResponse = found.func(_as_asked(request, path, query), *found.args, **found.kwargs)
    return Answer(reply.status_code, reply.content, reply.headers.get("Retry-After"))


def data(answer: Answer) -> dict[str, object]:
    found: dict[str, object] = orjson.loads(answer.payload)
    return found


def _as_asked(request: HttpRequest, path: str, query: str) -> HttpRequest:
    """Without cookies, token and conditions of the page's own request."""
    environ = {name: request.META[name] for name in KEPT if name in request.META}
    environ |= {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query}
    return WSGIRequest({"wsgi.input": BytesIO(), "wsgi.url_scheme": request.scheme, **environ})
