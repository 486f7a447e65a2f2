from typing import ClassVar

from django.conf import settings
from django.db import models
from django_mongodb_backend.fields import EmbeddedModelArrayField
from django_mongodb_backend.models import EmbeddedModel
from pymongo import ASCENDING, DESCENDING, IndexModel

from apps.bookings.enums import Action, Actor, PaymentStatus, Status

IDEMPOTENCY_SECONDS = 24 * 3600


class Line(EmbeddedModel):
    """Part of a price, in minor units: `amount` is `quantity` times `unit_amount`."""

    code = models.CharField(max_length=30)
    label = models.CharField(max_length=100)
    quantity = models.IntegerField()
    unit_amount = models.IntegerField()
    amount = models.IntegerField()


class Change(EmbeddedModel):
    action = models.CharField(max_length=20, choices=Action.choices)
    from_status = models.CharField(max_length=20, blank=True, default="")
    to_status = models.CharField(max_length=20, choices=Status.choices)
    actor = models.CharField(max_length=10, choices=Actor.choices)
    actor_id = models.CharField(max_length=24, blank=True, default="")
    at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True, default="")


class Booking(models.Model):
    """A stay over the nights [check_in, check_out). `version` counts its changes, and each of
    them is an event with the same version."""

    listing = models.ForeignKey("properties.Listing", models.PROTECT, db_index=False)
    guest = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="stays", db_index=False
    )
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="hosted", db_index=False
    )
    check_in = models.DateField()
    check_out = models.DateField()
    guest_count = models.PositiveSmallIntegerField()
    special_requests = models.TextField(blank=True, default="")
    lines = EmbeddedModelArrayField(Line)
    total_price = models.PositiveIntegerField()
    currency = models.CharField(max_length=3)
    status = models.CharField(max_length=20, choices=Status.choices)
    payment_status = models.CharField(
        max_length=20, choices=PaymentStatus.choices, default=PaymentStatus.UNPAID
    )
    cancellation_reason = models.CharField(max_length=500, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = EmbeddedModelArrayField(Change)
    expires_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    INDEXES: ClassVar = [
        IndexModel("listing_id", name="listing_id"),
        IndexModel([("guest_id", ASCENDING), ("_id", DESCENDING)], name="guest_newest"),
        IndexModel([("host_id", ASCENDING), ("_id", DESCENDING)], name="host_newest"),
        IndexModel(
            [("guest_id", ASCENDING), ("check_in", ASCENDING), ("check_out", ASCENDING)],
            name="guest_stay",
        ),
        IndexModel(
            [("host_id", ASCENDING), ("check_in", ASCENDING), ("check_out", ASCENDING)],
            name="host_stay",
        ),
        IndexModel("guest_id", name="guest_id"),
        IndexModel("status", name="status"),
        IndexModel(
            [("listing_id", ASCENDING), ("check_in", ASCENDING), ("check_out", ASCENDING)],
            name="listing_stay",
        ),
        IndexModel(
            "expires_at", name="pending_expiry", partialFilterExpression={"status": "pending"}
        ),
        IndexModel(
            "check_out", name="confirmed_end", partialFilterExpression={"status": "confirmed"}
        ),
    ]

    class Meta:
        db_table = "bookings"

    def __str__(self) -> str:
        return f"{self.check_in} to {self.check_out}: {self.status}"


class IdempotencyKey(models.Model):
    """`<user id>:<key>` and the reply to the call that came with it first."""

    id = models.CharField(primary_key=True, max_length=160, db_column="_id")
    fingerprint = models.CharField(max_length=64)
    body = models.BinaryField()
    created_at = models.DateTimeField()

    INDEXES: ClassVar = [
        IndexModel("created_at", name="created_ttl", expireAfterSeconds=IDEMPOTENCY_SECONDS),
    ]

    class Meta:
        db_table = "idempotency_keys"

    def __str__(self) -> str:
        return self.id
