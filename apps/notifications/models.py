from typing import ClassVar

from django.conf import settings
from django.db import models
from django_mongodb_backend.fields import EmbeddedModelField
from django_mongodb_backend.models import EmbeddedModel
from pymongo import ASCENDING, DESCENDING, IndexModel

from apps.notifications.enums import DEFAULT_LOCALE, EmailStatus

EMAIL_SECONDS = 180 * 24 * 3600


class NotificationPreference(models.Model):
    """`id` is the user. `matrix` is {kind: {channel: bool}} with what differs from the table of
    kinds; without `email` no e-mail is written at all. An empty `locale`: by the profile."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="+",
        primary_key=True,
        db_column="_id",
    )
    email = models.BooleanField(default=True)
    locale = models.CharField(max_length=10, blank=True, default="")
    matrix = models.JSONField(default=dict, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "notification_preferences"

    def __str__(self) -> str:
        return f"Notifications of {self.pk}"


class Stay(EmbeddedModel):
    """As it was after the booking's change number `version`; `total_price` is minor units."""

    listing_id = models.CharField(max_length=24)
    version = models.PositiveIntegerField()
    previous_status = models.CharField(max_length=20, blank=True, default="")
    status = models.CharField(max_length=20)
    check_in = models.DateField()
    check_out = models.DateField()
    guest_count = models.PositiveSmallIntegerField(default=0)
    total_price = models.PositiveBigIntegerField(default=0)
    currency = models.CharField(max_length=3, blank=True, default="")


class Email(models.Model):
    """One e-mail to one person, stored in the transaction of its event. `id` is the event id, and
    the Message-ID follows from it, for every try.

    An e-mail about the account itself goes to `recipient`, whatever the person chose; `nonce` is of
    its link (`apps.accounts.services.links`), which stands nowhere but in the message.

    `next_at` is when it is tried; while it is being sent, when the lock of its sender lapses.
    """

    id = models.CharField(primary_key=True, max_length=60, db_column="_id")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True, default="")
    note = models.TextField(blank=True, default="")
    variant = models.CharField(max_length=20, blank=True, default="")
    values = models.JSONField(null=True, blank=True)
    booking_id = models.CharField(max_length=24, blank=True, default="")
    stay = EmbeddedModelField(Stay, null=True, blank=True)
    locale = models.CharField(max_length=10, default=DEFAULT_LOCALE)
    status = models.CharField(
        max_length=10, choices=EmailStatus.choices, default=EmailStatus.PENDING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    problem = models.CharField(max_length=300, blank=True, default="")
    address = models.EmailField(blank=True, default="")
    recipient = models.EmailField(blank=True, default="")
    nonce = models.CharField(max_length=32, blank=True, default="")
    request_id = models.CharField(max_length=64, blank=True, default="")
    traceparent = models.CharField(max_length=60, blank=True, default="")
    sent_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    INDEXES: ClassVar = [
        IndexModel([("status", ASCENDING), ("next_at", ASCENDING)], name="status_due"),
        IndexModel([("status", ASCENDING), ("created_at", DESCENDING)], name="status_newest"),
        IndexModel([("user_id", ASCENDING), ("created_at", DESCENDING)], name="user_newest"),
        IndexModel("booking_id", name="booking_id"),
        IndexModel("created_at", name="created_ttl", expireAfterSeconds=EMAIL_SECONDS),
    ]

    class Meta:
        db_table = "emails"

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
