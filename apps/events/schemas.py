"""What travels over Kafka. Fields are only ever added; readers ignore what they do not know."""

from dataclasses import MISSING, asdict, dataclass, field, fields
from typing import Any, ClassVar, Self, get_type_hints

SCHEMA_VERSION = 1


class SchemaError(ValueError):
    """The message is not an event that this code can read; trying again will not help."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """`timestamp` is an instant in UTC, ISO 8601 with Z. `version` counts up in its aggregate."""

    event_type: ClassVar[str]

    event_id: str
    timestamp: str
    version: int = 1
    schema_version: int = SCHEMA_VERSION

    def to_payload(self) -> dict[str, Any]:
        return {"event_type": self.event_type, **asdict(self)}

    @classmethod
    def from_payload(cls, payload: Any) -> Self:
        """Raises `SchemaError` that names the field."""
        if not isinstance(payload, dict):
            raise SchemaError("the message is not a JSON object")
        if payload.get("event_type") != cls.event_type:
            raise SchemaError(f"event_type is {payload.get('event_type')!r}, not {cls.event_type}")
        if payload.get("schema_version", SCHEMA_VERSION) != SCHEMA_VERSION:
            raise SchemaError(f"schema_version {payload['schema_version']!r} is not known")
        hints = get_type_hints(cls)
        values = {}
        for item in fields(cls):
            if item.name in payload:
                values[item.name] = _checked(item.name, payload[item.name], hints[item.name])
            elif item.default is MISSING and item.default_factory is MISSING:
                raise SchemaError(f"{item.name} is missing")
        return cls(**values)


def _checked(name: str, value: Any, hint: Any) -> Any:
    expected: Any = {str: str, int: int, float: (int, float)}.get(hint, dict)
    if not isinstance(value, expected) or isinstance(value, bool):
        raise SchemaError(f"{name} is {value!r}, not {getattr(hint, '__name__', 'an object')}")
    return value


@dataclass(frozen=True, kw_only=True)
class BookingCreated(Event):
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
    metadata: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class BookingStatusUpdated(Event):
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


@dataclass(frozen=True, kw_only=True)
class NotificationRequested(Event):
    """`event_id` becomes the notification's id, so one event is one item for each channel. `note`
    is what `body` says besides the stay, whose facts are those after the booking's change number
    `booking_version`; 0: not about a stay, or from before they were told."""

    event_type: ClassVar[str] = "notification_requested"

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


@dataclass(frozen=True, kw_only=True)
class DeadLettered(Event):
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
