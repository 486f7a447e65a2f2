from django.db.models import TextChoices


class UserType(TextChoices):
    TRAVELER = "traveler"
    OWNER = "owner"
