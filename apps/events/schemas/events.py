"""What travels over Kafka. Fields are only ever added, each with a default; readers ignore what
they do not know. `schema_version` is the major version: it stays until a change that breaks
readers."""

from typing import Any, ClassVar

from apps.common.json import readable
from apps.events.schemas.base import Event


@readable
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


@readable
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


@readable
class NotificationRequested(Event, frozen=True, kw_only=True):
    """`event_id` becomes the notification's id, so one event is one item for each channel. `kind`
    and `variant` name the text, `values` are what stands in it; `title`, `body` and its `note`
    are that text in English, for readers that have no texts of their own. The facts of the stay
    are those after the booking's change number `booking_version`; 0: not about a stay, or from
    before they were in the event."""

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
    variant: str = ""
    values: dict[str, str] = {}


@readable
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
