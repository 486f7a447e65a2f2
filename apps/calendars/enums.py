from django.db.models import TextChoices


class FeedState(TextChoices):
    """How the last reading of a feed ended. `held`: it was read, and what vanished from it waits
    for a second look or for the host."""

    NEW = "new"
    READ = "read"
    HELD = "held"
    FAILED = "failed"


class EventKind(TextChoices):
    """`closed` is what another site calls "not available": often our own booking, which it has
    read here."""

    RESERVED = "reserved"
    CLOSED = "closed"
