"""What the API's description is made of: envelopes, errors, shared fields and `Schema`, which adds
what is the same for every operation. Nothing here runs while a call is answered."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from http import HTTPStatus
from typing import Any, TypeVar

from django.core.validators import MaxValueValidator, MinValueValidator
from drf_spectacular.drainage import get_override
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiResponse,
    extend_schema_field,
    extend_schema_serializer,
)
from rest_framework import serializers

from apps.common.exception_handler import MESSAGES
from apps.common.fields import MoneyField
from apps.common.permissions import IsOwner, IsTraveler

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
    401: ("NOT_AUTHENTICATED", MESSAGES["not_authenticated"]),
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


class ErrorBodySerializer(serializers.Serializer):
    code = serializers.CharField()
    message = serializers.CharField()
    request_id = serializers.CharField()
    fields = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()), required=False
    )  # type: ignore[assignment]
    details = serializers.DictField(required=False)


class ErrorSerializer(serializers.Serializer):
    error = ErrorBodySerializer()


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
            ErrorSerializer,
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


class ObjectIdScheme(OpenApiSerializerFieldExtension):
    target_class = "apps.common.fields.ObjectIdField"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        return dict(OBJECT_ID)


class MoneyScheme(OpenApiSerializerFieldExtension):
    """A field's own validators see minor units."""

    target_class = "apps.common.fields.MoneyField"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        least, most = (
            [v.limit_value / 100 for v in self.target.validators if isinstance(v, kind)]
            for kind in (MinValueValidator, MaxValueValidator)
        )
        return {
            **MONEY,
            "minimum": max([MONEY["minimum"], *least]),
            "maximum": min([MONEY["maximum"], *most]),
        }


class Schema(AutoSchema):
    """Docstrings are for us, so only what `extend_schema` says is shown. Summaries may name what
    the URL gave the view: "{view.action} a booking". Errors that follow from how a view is made
    (login, user type, limits, path, body) need not be listed by it."""

    def get_description(self) -> str:  # type: ignore[override]
        return ""

    def get_operation_id(self) -> str:
        """`get_properties_by_listing_id`: unique by itself, since method and path are."""
        path = self.path.removeprefix("/api/").replace("{", "by_")
        return "_".join([self.method.lower(), *re.findall(r"\w+", path)])

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        operation = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        if user_type := next(self._user_types(), None):
            operation["x-user-type"] = user_type
        if "summary" in operation:
            summary = operation["summary"].format(view=self.view)
            operation["summary"] = summary[:1].upper() + summary[1:]
        for parameter in operation.get("parameters", ()):
            _mark_object_id(parameter)
        for status in self._implied(operation):
            operation["responses"].setdefault(str(status), self._problem(status))
        return operation

    def _map_basic_serializer(self, serializer: Any, direction: str) -> dict[str, Any]:
        """A partial serializer names in `needed` what it asks for all the same."""
        schema: dict[str, Any] = super()._map_basic_serializer(serializer, direction)
        if needed := getattr(serializer, "needed", ()):
            schema["required"] = sorted({*schema.get("required", ()), *needed})
        return schema

    def _insert_field_validators(self, field: Any, schema: dict[str, Any]) -> None:
        if not isinstance(field, MoneyField):
            super()._insert_field_validators(field, schema)

    def _user_types(self) -> Iterator[str]:
        for permission in self.view.get_permissions():
            if isinstance(permission, (IsTraveler, IsOwner)):
                yield permission.user_type

    def _implied(self, operation: dict[str, Any]) -> Sequence[int]:
        is_limited = bool(self.view.get_throttles())
        needs_login = bool(self.view.get_authenticators())
        takes_body = "requestBody" in operation
        places = {parameter["in"] for parameter in operation.get("parameters", ())}
        applies = {
            400: takes_body or bool(places - {"path"}),
            401: needs_login,
            403: "x-user-type" in operation,
            404: "path" in places,
            413: takes_body,
            415: takes_body,
            429: is_limited,
            503: True,
        }
        return [status for status, holds in applies.items() if holds]

    def _problem(self, status: int) -> dict[str, Any]:
        code, message = SENTENCES[status]
        media: dict[str, Any] = {
            "schema": self.resolve_serializer(ErrorSerializer, "response").ref,
            "examples": {code: {"value": _error(code, message)}},
        }
        return {"description": HTTPStatus(status).phrase, "content": {"application/json": media}}


def _mark_object_id(parameter: dict[str, Any]) -> None:
    """`<str:listing_id>` in a path is an ObjectId unless the view describes it itself."""
    if (parameter["in"], parameter["schema"]) == ("path", {"type": "string"}) and parameter[
        "name"
    ].endswith("_id"):
        parameter["schema"] = dict(OBJECT_ID)
