from django.db.models import TextChoices


class UserType(TextChoices):
    TRAVELER = "traveler"
    OWNER = "owner"


class LogInKind(TextChoices):
    BROWSER = "browser"
    PROGRAM = "program"


class LinkPurpose(TextChoices):
    """What a link in an e-mail does: each works once."""

    VERIFY = "verify"
    RESET = "reset"
    CHANGE = "change"
    RESTORE = "restore"


class PasskeyUse(TextChoices):
    """What a passkey is asked to sign for: to be added, or to prove who somebody is."""

    ADD = "add"
    PROVE = "prove"


class Pace(TextChoices):
    RELAXED = "relaxed"
    BALANCED = "balanced"
    PACKED = "packed"


class ExportState(TextChoices):
    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"
