"""What travels over Kafka. Fields are only ever added, each with a default; readers ignore what
they do not know. `schema_version` is the major version: it stays until a change that breaks
readers."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Self

import msgspec
import orjson

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
            return msgspec.convert(payload, cls)
        except msgspec.ValidationError as error:
            raise SchemaError(_sentence(error, payload)) from error


class BookingCreated(Event, frozen=True, kw_only=True):
    """Money in units of `currency`, dates as YYYY-MM-DD."""

    event_type: ClassVar[str] = "booking_created"

    booking_id: str
    listing_id: str
    guest_id: str
    host_id: str
    check_in: str
    check_out: str
    total_price: float
    status: str
    currency: str = ""
    metadata: dict[str, Any] = {}


class BookingStatusUpdated(Event, frozen=True, kw_only=True):
    """Where `previous_status` is `new_status`, `action` and `message` say what was done to it.
    Without a `currency` the price is not known."""

    event_type: ClassVar[str] = "booking_status_updated"

    booking_id: str
    previous_status: str
    new_status: str
    updated_by: str
    message: str
    reason: str = ""
    actor: str = ""
    listing_id: str = ""
    guest_id: str = ""
    host_id: str = ""
    check_in: str = ""
    check_out: str = ""
    total_price: float = 0.0
    currency: str = ""
    guest_count: int = 0
    action: str = ""


class NotificationRequested(Event, frozen=True, kw_only=True):
    """`event_id` becomes the notification's id, so one event is one item for each channel. `note`
    is what `body` says besides the stay, whose facts are those after the booking's change number
    `booking_version`; 0: not about a stay, or from before they were told."""

    event_type: ClassVar[str] = "notification_requested"
    key_field: ClassVar[str] = "user_id"

    user_id: str
    kind: str
    title: str
    body: str
    booking_id: str = ""
    note: str = ""
    booking_version: int = 0
    previous_status: str = ""
    new_status: str = ""
    listing_id: str = ""
    check_in: str = ""
    check_out: str = ""
    guest_count: int = 0
    total_price: float = 0.0
    currency: str = ""


class DeadLettered(Event, frozen=True, kw_only=True):
    """`value` is the message as it came, in Base64: it may not even be JSON."""

    event_type: ClassVar[str] = "dead_lettered"

    consumer: str
    origin_topic: str
    origin_partition: int
    origin_offset: int
    origin_event_id: str
    key: str
    error: str
    attempts: int
    first_failed_at: str
    last_failed_at: str
    value: str


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
