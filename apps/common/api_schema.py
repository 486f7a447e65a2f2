"""How the API's description is made: replies, refusals and what every operation shares.

Nothing here runs while a call is answered.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiResponse

from apps.common.errors import (
    AppError,
    DatabaseUnavailableError,
    InvalidInputError,
    NotAuthenticatedError,
    NotFoundError,
    PayloadTooLargeError,
    RateLimitedError,
    UnsupportedMediaTypeError,
    WrongUserTypeError,
)
from apps.common.fields import MoneyField
from apps.common.permissions import HasRight, IsOwner, IsTraveler
from apps.common.replies import MOST_MONEY, Reply, example_of
from apps.common.reply_schema import OBJECT_ID, is_reply
from apps.common.serializers import InputSerializer

NOT_MODIFIED = {"description": "Nothing has changed since the ETag in `If-None-Match`."}
REQUEST_ID = "106dd2a7e41240848366c756fdb39966"


class ErrorBodyReply(Reply, frozen=True, kw_only=True):
    code: str
    message: str
    request_id: str
    fields: dict[str, list[str]] = {}
    details: dict[str, Any] = {}


class ErrorReply(Reply, frozen=True, kw_only=True):
    """What every refusal looks like; `exception_handler.envelope` makes it."""

    error: ErrorBodyReply


class SampleInputError(InvalidInputError):
    """Stands for all that serializers say of an input."""

    field = "page"
    sentence = "A valid integer is required."


_IMPLIED: Mapping[int, type[AppError]] = {
    error.status: error
    for error in (
        SampleInputError,
        NotAuthenticatedError,
        WrongUserTypeError,
        NotFoundError,
        PayloadTooLargeError,
        UnsupportedMediaTypeError,
        RateLimitedError,
        DatabaseUnavailableError,
    )
}


class ObjectIdScheme(OpenApiSerializerFieldExtension):
    target_class = "apps.common.fields.ObjectIdField"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        return dict(OBJECT_ID)


class MoneyScheme(OpenApiSerializerFieldExtension):
    target_class = "apps.common.fields.MoneyField"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        least, most = (
            [_number(v.limit_value) for v in self.target.validators if isinstance(v, kind)]
            for kind in (MinValueValidator, MaxValueValidator)
        )
        limits = {"minimum": max([0, *least]), "maximum": min([MOST_MONEY, *most])}
        return {"type": "number", "multipleOf": 0.001, **limits}


def _number(limit: Decimal) -> float:
    return float(limit) if limit % 1 else int(limit)


def refusals(*errors: type[AppError]) -> dict[int, OpenApiResponse]:
    """The responses of an operation that raises these, by status, each with its sentence."""
    by_status: dict[int, dict[str, type[AppError]]] = defaultdict(dict)
    for error in errors:
        by_status[error.status].setdefault(error.code, error)
    return {
        status: OpenApiResponse(
            ErrorReply,
            description=", ".join(by_code),
            examples=[OpenApiExample(code, value=_body(error)) for code, error in by_code.items()],
        )
        for status, by_code in by_status.items()
    }


def _body(error: type[AppError]) -> dict[str, Any]:
    message = error.sample_message()
    return {"error": {"code": error.code, "message": message, "request_id": REQUEST_ID}}


class Schema(AutoSchema):
    """Docstrings are for us, so only what `extend_schema` says is shown. Summaries may name what
    the URL gave the view: "{view.action} a booking". Errors that follow from how a view is made
    (login, user type, limits, path, body) need not be listed by it."""

    def _get_request_body(self, direction: str = "request") -> Any:
        """Describes the body of a DELETE too, where the view says that it has one."""
        if self.method != "DELETE" or not getattr(self.view, "delete_has_body", False):
            return super()._get_request_body(direction)
        self.method = "POST"
        try:
            return super()._get_request_body(direction)
        finally:
            self.method = "DELETE"

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
        for permission in self.view.get_permissions():
            if isinstance(permission, HasRight):
                operation["x-right"] = permission.right
        if "summary" in operation:
            summary = operation["summary"].format(view=self.view)
            operation["summary"] = summary[:1].upper() + summary[1:]
        for parameter in operation.get("parameters", ()):
            _mark_object_id(parameter)
        for status in self._implied(operation):
            operation["responses"].setdefault(str(status), self._problem(status))
        if self.method == "GET" and getattr(self.view, "is_for_everybody", False):
            operation["responses"]["304"] = NOT_MODIFIED
        return operation

    def _get_examples(
        self,
        serializer: Any,
        direction: str,
        media_type: str,
        status_code: str | None = None,
        extras: Sequence[OpenApiExample] | None = None,
    ) -> list[OpenApiExample]:
        """The view's own, or else that of the reply."""
        shown = example_of(serializer) if is_reply(serializer) else None
        own = [] if shown is None else [OpenApiExample("Example", shown, media_type=media_type)]
        return super()._get_examples(
            serializer, direction, media_type, status_code, [*(extras or []), *own]
        )

    def _map_basic_serializer(self, serializer: Any, direction: str) -> dict[str, Any]:
        """A partial serializer names in `needed` what it asks for all the same."""
        schema: dict[str, Any] = super()._map_basic_serializer(serializer, direction)
        if needed := getattr(serializer, "needed", ()):
            schema["required"] = sorted({*schema.get("required", ()), *needed})
        if isinstance(serializer, InputSerializer):
            schema["additionalProperties"] = False
        return schema

    def _insert_field_validators(self, field: Any, schema: dict[str, Any]) -> None:
        if not isinstance(field, MoneyField):
            super()._insert_field_validators(field, schema)

    def _user_types(self) -> Iterator[str]:
        for permission in self.view.get_permissions():
            if isinstance(permission, (IsTraveler, IsOwner)):
                yield permission.user_type

    def _implied(self, operation: dict[str, Any]) -> Sequence[int]:
        is_open_read = self.method == "GET" and hasattr(self.view, "charge")
        is_limited = is_open_read or bool(self.view.get_throttles())
        needs_login = bool(self.view.get_authenticators())
        takes_body = "requestBody" in operation
        places = {parameter["in"] for parameter in operation.get("parameters", ())}
        applies = {
            400: True,
            401: needs_login,
            403: "x-user-type" in operation or (needs_login and self.method not in {"GET", "HEAD"}),
            404: "path" in places,
            413: takes_body,
            415: takes_body,
            429: is_limited,
            503: True,
        }
        return [status for status, holds in applies.items() if holds]

    def _problem(self, status: int) -> dict[str, Any]:
        error = _IMPLIED[status]
        media: dict[str, Any] = {
            "schema": self.resolve_serializer(ErrorReply, "response").ref,  # type: ignore[arg-type]
            "examples": {error.code: {"value": _body(error)}},
        }
        return {"description": HTTPStatus(status).phrase, "content": {"application/json": media}}


def _mark_object_id(parameter: dict[str, Any]) -> None:
    """`<str:listing_id>` in a path is an ObjectId unless the view describes it itself."""
    if (parameter["in"], parameter["schema"]) == ("path", {"type": "string"}) and parameter[
        "name"
    ].endswith("_id"):
        parameter["schema"] = dict(OBJECT_ID)
