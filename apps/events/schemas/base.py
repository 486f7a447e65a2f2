"""An event of any type: how it is made, read and checked."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Self

import msgspec
import orjson

from apps.common.json import read

SCHEMA_VERSION = 1
# As msgspec words what it finds.
MISSING = re.compile(r"Object missing required field `(?P<name>\w+)`")
WRONG = re.compile(r"Expected `(?P<kind>\w+)`, got `\w+` - at `\$\.(?P<name>\w+)`")


class SchemaError(ValueError):
    """The message is not an event that this code can read; trying again will not help."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """`timestamp` is an instant in UTC, ISO 8601 with Z. `version` counts up in its aggregate."""

    event_type: ClassVar[str]
    # The field whose value is the message's key.
    key_field: ClassVar[str] = "booking_id"

    event_id: str
    timestamp: str
    version: int = 1
    schema_version: int = SCHEMA_VERSION

    def to_payload(self) -> dict[str, Any]:
        return {"event_type": self.event_type, **msgspec.structs.asdict(self)}

    @classmethod
    def from_payload(cls, payload: Any) -> Self:
        """Raises `SchemaError` that names the field."""
        if event_type_of(payload) != cls.event_type:
            raise SchemaError(f"event_type is {payload['event_type']!r}, not {cls.event_type}")
        if payload.get("schema_version", SCHEMA_VERSION) != SCHEMA_VERSION:
            raise SchemaError(f"schema_version {payload['schema_version']!r} is not known")
        try:
            return read(payload, cls)
        except msgspec.ValidationError as error:
            raise SchemaError(_sentence(error, payload)) from error


def payload_of(message: bytes | None) -> Any:
    """Raises `SchemaError` for what is not JSON."""
    try:
        return orjson.loads(message or b"")
    except orjson.JSONDecodeError as error:
        raise SchemaError(f"not JSON: {error}") from error


def event_type_of(payload: Any) -> str:
    """Raises `SchemaError` for what cannot be an event of any type."""
    if not isinstance(payload, dict):
        raise SchemaError("the message is not a JSON object")
    event_type = payload.get("event_type")
    if event_type is None:
        raise SchemaError("event_type is missing")
    if not isinstance(event_type, str):
        raise SchemaError(f"event_type is {event_type!r}, not str")
    return event_type


def event_class(event_type: str, known: Iterable[type[Event]]) -> type[Event] | None:
    return next((one for one in known if one.event_type == event_type), None)


def _sentence(error: msgspec.ValidationError, payload: Mapping[str, Any]) -> str:
    if found := MISSING.fullmatch(str(error)):
        return f"{found['name']} is missing"
    if found := WRONG.fullmatch(str(error)):
        return f"{found['name']} is {payload[found['name']]!r}, not {found['kind']}"
    return str(error)
