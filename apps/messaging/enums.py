from collections.abc import Mapping

from django.db.models import TextChoices

LONGEST_TEXT = 2000
LONGEST_PREVIEW = 160


class Side(TextChoices):
    """Whose view of a thread."""

    GUEST = "guest"
    HOST = "host"

    @property
    def other(self) -> "Side":
        return Side.HOST if self is Side.GUEST else Side.GUEST


class MessageKind(TextChoices):
    TEXT = "text"
    BOOKING = "booking"


class Author(TextChoices):
    GUEST = "guest"
    HOST = "host"
    STAFF = "staff"
    SYSTEM = "system"


class ReportReason(TextChoices):
    SPAM = "spam"
    PAYMENT = "payment"
    INSULT = "insult"
    THREAT = "threat"
    OTHER = "other"


class ReportStatus(TextChoices):
    OPEN = "open"
    HIDDEN = "hidden"
    DISMISSED = "dismissed"


# What a thread says of its bookings, by the event and, where it matters, who did it.
LINES: Mapping[str, str] = {
    "requested": "Booking requested",
    "booked": "Booked at once",
    "confirmed": "Booking confirmed",
    "declined": "Request declined",
    "expired": "Request not answered in time",
    "cancelled": "Booking cancelled",
    "cancelled:guest": "Booking cancelled by the guest",
    "cancelled:host": "Booking cancelled by the host",
    "cancelled:staff": "Booking cancelled by support",
    "completed": "Stay completed",
    "alter": "Booking changed by the guest",
    "update": "Booking changed by the guest",
    "propose": "Change of the booking proposed",
    "withdraw": "Proposed change withdrawn",
    "agree": "Proposed change accepted",
    "refuse": "Proposed change declined",
    "lapse": "Proposed change not answered in time",
    "remind": "The stay begins soon",
}
