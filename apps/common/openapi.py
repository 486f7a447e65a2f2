"""Until every reply is a `Reply`: serializers that describe replies and are not used for them."""

from collections.abc import Callable
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

from apps.common.api_schema import BY_STATUS, described, refusals
from apps.common.replies import MOST_MONEY, POINT

S = TypeVar("S", bound=type[serializers.BaseSerializer])

MONEY: dict[str, Any] = {
    "type": "number",
    "minimum": 0,
    "maximum": MOST_MONEY,
    "multipleOf": 0.01,
}


def example(value: Any) -> Callable[[S], S]:
    """Decorates a serializer with what one body of it looks like."""
    return extend_schema_serializer(examples=[OpenApiExample("Example", value=value)])


def example_of(serializer: type[serializers.BaseSerializer]) -> Any:
    """The value given to `example`, or None."""
    examples: list[OpenApiExample] = get_override(serializer, "examples", [])
    return examples[0].value if examples else None


def problems(*statuses: int) -> dict[int, OpenApiResponse]:
    """The usual refusal of each status; `problem` names the codes of one."""
    return refusals(*(BY_STATUS[status] for status in statuses))


def problem(status: int, **codes: str) -> dict[int, OpenApiResponse]:
    """One error status with the codes that it comes with and a sentence of each:
    `problem(409, NIGHTS_TAKEN="Somebody else has these nights already.")`."""
    return {status: described(codes)}


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
