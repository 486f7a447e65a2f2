from django.db.models import TextChoices


class UserType(TextChoices):
    TRAVELER = "traveler"
    OWNER = "owner"


class LogInKind(TextChoices):
    BROWSER = "browser"
    PROGRAM = "program"


class Pace(TextChoices):
    RELAXED = "relaxed"
    BALANCED = "balanced"
    PACKED = "packed"


class ExportState(TextChoices):
    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"
