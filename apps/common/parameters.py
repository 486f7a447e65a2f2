"""Refuses the query parameters that a call does not describe, before its view is reached: a view
that reads none cannot ignore one."""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.views import APIView

from apps.common.characters import visible
from apps.common.exception_handler import describe
from apps.common.names import unknown_name

MOST_NAMED = 10


class ParametersMiddleware:
    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        if not request.META.get("QUERY_STRING"):
            return None
        described = parameters_described(getattr(view, "cls", None), request.method or "")
        unknown = [name for name in request.GET if described is not None and name not in described]
        if not unknown:
            return None
        named = islice(unknown, MOST_NAMED)
        error = ValidationError(
            {visible(name): [unknown_name(name, described or ())] for name in named}
        )
        reply = describe(error)
        return JsonResponse(reply.body, status=reply.status) if reply else None


@cache
def parameters_described(view_class: type[APIView] | None, method: str) -> tuple[str, ...] | None:
    """The names that `extend_schema` gives the query of a call; None for a view that is not ours
    or has no such method."""
    if view_class is None or not view_class.__module__.startswith("apps."):
        return None
    handler = getattr(view_class, "get" if method == "HEAD" else method.lower(), None)
    if handler is None or method == "OPTIONS":
        return None
    schema_class = getattr(handler, "kwargs", {}).get("schema")
    return tuple(_names(schema_class, view_class)) if schema_class else ()


def _names(schema_class: Any, view_class: type[APIView]) -> Iterator[str]:
    schema = schema_class()
    schema.view = view_class()
    schema.view.request, schema.view.kwargs = None, {}
    for parameter in schema.get_override_parameters():
        if not isinstance(parameter, OpenApiParameter):
            yield from parameter().fields
        elif parameter.location == OpenApiParameter.QUERY:
            yield parameter.name
