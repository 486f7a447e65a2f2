"""One figure and one line of log for each request."""

import logging
import time
from collections.abc import Callable

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
        match = request.resolver_match
        route = match.route if match else UNMATCHED
        metrics.REQUESTS.labels(request.method, route, response.status_code).observe(seconds)
        if route not in QUIET:
            logger.info(
                "request",
                extra={
                    "method": request.method,
                    "path": request.path,
                    "route": route,
                    "status": response.status_code,
                    "milliseconds": round(seconds * 1000, 1),
                },
            )
        return response
