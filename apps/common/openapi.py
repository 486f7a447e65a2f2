"""Until every reply is a `Reply`: serializers that describe replies and are not used for them."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

from drf_spectacular.drainage import get_override
from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiResponse,
    extend_schema_field,
    extend_schema_serializer,
)
from rest_framework import serializers

from apps.common.api_schema import ErrorReply
from apps.common.errors import NotAuthenticatedError

S = TypeVar("S", bound=type[serializers.BaseSerializer])

OBJECT_ID = {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}
MONEY: dict[str, Any] = {
    "type": "number",
    "minimum": 0,
    "maximum": 999_999_999.99,
    "multipleOf": 0.01,
}
POINT = {
    "type": "object",
    "description": "GeoJSON: longitude, then latitude.",
    "properties": {
        "type": {"type": "string", "enum": ["Point"]},
        "coordinates": {
            "type": "array",
            "prefixItems": [
                {"type": "number", "minimum": -180, "maximum": 180},
                {"type": "number", "minimum": -90, "maximum": 90},
            ],
            "items": {"type": "number"},
            "minItems": 2,
            "maxItems": 2,
            "example": [103.8558, 1.2936],
        },
    },
    "required": ["type", "coordinates"],
}
REQUEST_ID = "106dd2a7e41240848366c756fdb39966"
SENTENCES: Mapping[int, tuple[str, str]] = {
    400: ("VALIDATION_ERROR", "page: A valid integer is required."),
    401: ("NOT_AUTHENTICATED", NotAuthenticatedError.sentence),
    403: ("WRONG_USER_TYPE", "This needs an owner account; yours is a traveler account."),
    404: ("NOT_FOUND", "There is nothing at this address."),
    409: ("CONFLICT", "Something else is in the way of this."),
    412: ("STALE_VERSION", "Somebody changed this in the meantime. Load it again."),
    413: ("PAYLOAD_TOO_LARGE", "The request is too large: at most 1,000,000 bytes are taken."),
    415: ("UNSUPPORTED_MEDIA_TYPE", 'Unsupported media type "text/plain" in request.'),
    422: (
        "IDEMPOTENCY_KEY_REUSED",
        "This Idempotency-Key came with another request before. Use a new key for a new one.",
    ),
    429: ("RATE_LIMITED", "Request was throttled. Expected available in 30 seconds."),
    503: ("SERVICE_UNAVAILABLE", "The database does not answer right now. Try again in a moment."),
}


def example(value: Any) -> Callable[[S], S]:
    """Decorates a serializer with what one body of it looks like."""
    return extend_schema_serializer(examples=[OpenApiExample("Example", value=value)])


def example_of(serializer: type[serializers.BaseSerializer]) -> Any:
    """The value given to `example`, or None."""
    examples: list[OpenApiExample] = get_override(serializer, "examples", [])
    return examples[0].value if examples else None


def problems(*statuses: int) -> dict[int, OpenApiResponse]:
    """The error envelope for each status; `problem` names the codes of one."""
    made: dict[int, OpenApiResponse] = {}
    for status in statuses:
        code, message = SENTENCES[status]
        made |= problem(status, **{code: message})
    return made


def problem(status: int, **codes: str) -> dict[int, OpenApiResponse]:
    """One error status with the codes that it comes with and a sentence of each:
    `problem(409, NIGHTS_TAKEN="Somebody else has these nights already.")`."""
    return {
        status: OpenApiResponse(
            ErrorReply,
            description=", ".join(codes),
            examples=[
                OpenApiExample(code, value=_error(code, sentence))
                for code, sentence in codes.items()
            ],
        )
    }


def _error(code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message, "request_id": REQUEST_ID}}


class PaginationSerializer(serializers.Serializer):
    page = serializers.IntegerField(min_value=1)
    per_page = serializers.IntegerField(min_value=1)
    total = serializers.IntegerField(min_value=0)
    total_capped = serializers.BooleanField(help_text="Whether there are more than `total`.")
    has_next = serializers.BooleanField()


class PaginationScheme(OpenApiSerializerExtension):
    """Lets it be the same component as `replies.Pagination`."""

    target_class = PaginationSerializer

    def get_name(self, auto_schema: AutoSchema, direction: str) -> str:
        return "Pagination"

    def get_identity(self, auto_schema: AutoSchema, direction: str) -> str:
        return "Pagination"

    def map_serializer(self, auto_schema: AutoSchema, direction: str) -> Any:
        return auto_schema._map_serializer(  # noqa: SLF001 the library offers no other way
            self.target, direction, bypass_extensions=True
        )


PAGINATION = {"page": 1, "per_page": 20, "total": 1, "total_capped": False, "has_next": False}


@cache
def paged(item: type[serializers.Serializer]) -> type[serializers.Serializer]:
    """The page envelope around `item`."""
    name = item.__name__.removesuffix("Serializer")
    page = type(
        f"{name}PageSerializer",
        (serializers.Serializer,),
        {"results": item(many=True), "pagination": PaginationSerializer()},
    )
    shown = example_of(item)
    if shown is not None:
        page = example({"results": [shown], "pagination": PAGINATION})(page)
    return page


@extend_schema_field(POINT)
class PointField(serializers.JSONField):
    """GeoJSON in a reply: {"type": "Point", "coordinates": [lng, lat]}."""
