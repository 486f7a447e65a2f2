"""One figure and one line of log for each request."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from apps.common import metrics

logger = logging.getLogger("access")
UNMATCHED = "unmatched"
QUIET = frozenset({"health", "livez", "readyz", "metrics"})


class AccessMiddleware:
    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - began
        known = described(request)
        metrics.REQUESTS.labels(known["method"], known["route"], response.status_code).observe(
            seconds
        )
        if known["route"] not in QUIET and not getattr(response, "logs_its_end", False):
            log(known, response.status_code, seconds)
        return response


def described(request: HttpRequest) -> dict[str, Any]:
    match = request.resolver_match
    route = match.route if match else UNMATCHED
    return {"method": request.method, "path": path_shown(request), "route": route}


def path_shown(request: HttpRequest) -> str:
    """Whoever reads a path with a token in it could use it: then it is the route."""
    match = request.resolver_match
    if match and any(name.endswith("token") for name in match.kwargs):
        return str(match.route)
    return str(request.path)


class TokenFilter(logging.Filter):
    """Of the lines that Django writes about a request by itself."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            shown = {request.path: path_shown(request)}
            record.args = tuple(shown.get(str(argument), argument) for argument in record.args)
        return True


def log(known: dict[str, Any], status: int, seconds: float) -> None:
    """A stream writes its line when it ends, everything else when it is answered."""
    logger.info(
        "request", extra={**known, "status": status, "milliseconds": round(seconds * 1000, 1)}
    )
