"""Answers our refusals where no view of the API is there to do it: in the admin."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from apps.common.exception_handler import describe


class RefusalMiddleware:
    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, _request: HttpRequest, error: Exception) -> HttpResponse | None:
        reply = describe(error)
        if reply is None:
            return None
        message = reply.body["error"]["message"]
        plain = "text/plain; charset=utf-8"
        return HttpResponse(message, plain, status=reply.status, headers=reply.headers)
