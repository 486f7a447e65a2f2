from django.db.models import TextChoices


class UserType(TextChoices):
    TRAVELER = "traveler"
    OWNER = "owner"


class Pace(TextChoices):
    RELAXED = "relaxed"
    BALANCED = "balanced"
    PACKED = "packed"
