from typing import ClassVar

from django.conf import settings
from django.db import models
from django_mongodb_backend.fields import (
    EmbeddedModelArrayField,
    EmbeddedModelField,
    ObjectIdField,
)
from django_mongodb_backend.models import EmbeddedModel
from pymongo import ASCENDING, DESCENDING, IndexModel

from apps.bookings.enums import Action, Actor, Choice, PaymentStatus, Stage, Status
from apps.bookings.states import HAS_PROPOSAL

IDEMPOTENCY_SECONDS = 24 * 3600


class Line(EmbeddedModel):
    """Part of a price, in minor units: `amount` is `quantity` times `unit_amount`."""

    code = models.CharField(max_length=30)
    label = models.CharField(max_length=100)
    quantity = models.IntegerField()
    unit_amount = models.BigIntegerField()
    amount = models.BigIntegerField()


class Change(EmbeddedModel):
    action = models.CharField(max_length=20, choices=Action.choices)
    from_status = models.CharField(max_length=20, blank=True, default="")
    to_status = models.CharField(max_length=20, choices=Status.choices)
    actor = models.CharField(max_length=10, choices=Actor.choices)
    actor_id = models.CharField(max_length=24, blank=True, default="")
    at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True, default="")


class Tier(EmbeddedModel):
    """A cancellation `days_before` check-in or earlier refunds `percent` of the stay."""

    days_before = models.PositiveSmallIntegerField()
    percent = models.PositiveSmallIntegerField()


class Policy(EmbeddedModel):
    """What a cancellation refunds, as it was when the stay was booked. `tiers` go from the
    earliest deadline to the last, each at `check_in_time` in `time_zone`. Within `grace_hours` of
    booking everything is refunded, if check-in is `grace_days_before` or more away."""

    name = models.CharField(max_length=10)
    tiers = EmbeddedModelArrayField(Tier)
    grace_hours = models.PositiveSmallIntegerField()
    grace_days_before = models.PositiveSmallIntegerField()
    check_in_time = models.CharField(max_length=5)
    time_zone = models.CharField(max_length=50)


class Alteration(EmbeddedModel):
    """What a guest proposes instead of their confirmed stay. Its new nights are held, and
    `payment_id` is the authorised difference where it costs more."""

    check_in = models.DateField()
    check_out = models.DateField()
    guest_count = models.PositiveSmallIntegerField()
    prep_nights = models.PositiveSmallIntegerField(default=0)
    lines = EmbeddedModelArrayField(Line)
    total_price = models.PositiveBigIntegerField()
    payment_id = models.CharField(max_length=24, null=True, blank=True)
    proposed_at = models.DateTimeField()
    expires_at = models.DateTimeField()


class Booking(models.Model):
    """A stay over the nights [check_in, check_out), with `prep_nights` after it that nobody may
    book. `version` counts its changes, and each of them is an event with the same version.

    `paid` and `refunded` are minor units. They and `payment_status` follow the payments once the
    provider has answered, and are no change of the booking."""

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
    prep_nights = models.PositiveSmallIntegerField(default=0)
    policy = EmbeddedModelField(Policy, null=True, blank=True)
    alteration = EmbeddedModelField(Alteration, null=True, blank=True)
    quote_id = models.CharField(max_length=24, null=True, blank=True)
    terms_version = models.PositiveIntegerField(null=True, blank=True)
    lines = EmbeddedModelArrayField(Line)
    total_price = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    status = models.CharField(max_length=20, choices=Status.choices)
    payment_status = models.CharField(
        max_length=20, choices=PaymentStatus.choices, default=PaymentStatus.UNPAID
    )
    paid = models.PositiveBigIntegerField(default=0)
    refunded = models.PositiveBigIntegerField(default=0)
    cancellation_reason = models.CharField(max_length=500, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = EmbeddedModelArrayField(Change)
    expires_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
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
        IndexModel(
            "check_in", name="confirmed_begin", partialFilterExpression={"status": "confirmed"}
        ),
        IndexModel(
            "alteration.expires_at",
            name="alteration_expiry",
            partialFilterExpression=HAS_PROPOSAL,
        ),
        IndexModel(
            [("host_id", ASCENDING), ("_id", DESCENDING)],
            name="host_changes",
            partialFilterExpression=HAS_PROPOSAL,
        ),
        IndexModel(
            "quote_id",
            name="quote_once",
            unique=True,
            partialFilterExpression={"quote_id": {"$gt": ""}},
        ),
    ]

    class Meta:
        db_table = "bookings"

    def __str__(self) -> str:
        return f"{self.check_in} to {self.check_out}: {self.status}"


class Hold(models.Model):
    """The nights of a guest who is about to pay, with the price that was shown. A guest has
    as many as there are values of `slot`."""

    guest = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False)
    slot = models.PositiveSmallIntegerField()
    listing = models.ForeignKey("properties.Listing", models.PROTECT, db_index=False)
    check_in = models.DateField()
    check_out = models.DateField()
    guest_count = models.PositiveSmallIntegerField()
    quote_id = models.CharField(max_length=24, null=True, blank=True)
    lines = EmbeddedModelArrayField(Line)
    total_price = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField()

    INDEXES: ClassVar = [
        IndexModel([("guest_id", ASCENDING), ("slot", ASCENDING)], name="guest_slot", unique=True),
        IndexModel("expires_at", name="expires_at"),
        IndexModel("listing_id", name="listing_id"),
    ]

    class Meta:
        db_table = "holds"

    def __str__(self) -> str:
        return f"{self.check_in} to {self.check_out}"


class IdempotencyKey(models.Model):
    """`<user id>:<key>` and the reply to the call that came with it first. While that call runs
    `status` and `body` are None, and at `locked_until` another may take its place."""

    id = models.CharField(primary_key=True, max_length=160, db_column="_id")
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    body = models.BinaryField(null=True, blank=True)
    locked_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    INDEXES: ClassVar = [
        IndexModel("created_at", name="created_ttl", expireAfterSeconds=IDEMPOTENCY_SECONDS),
    ]

    class Meta:
        db_table = "idempotency_keys"

    def __str__(self) -> str:
        return self.id


class Suspension(models.Model):
    """What follows for bookings when the user or the listing `subject_id` is suspended: one for
    each suspension. `stage` is done item by item, `cursor` being the last one, and the rest are
    counts of what was done. At the stage `choice` it waits for staff; `reason` is theirs alone."""

    subject_kind = models.CharField(max_length=10)
    subject_id = ObjectIdField()
    reason = models.CharField(max_length=500, blank=True, default="")
    staff_id = ObjectIdField(null=True, blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.REQUESTS)
    cursor = ObjectIdField(null=True, blank=True)
    closed = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    released = models.PositiveIntegerField(default=0)
    notified = models.PositiveIntegerField(default=0)
    cancelled = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True, default="")
    choice = models.CharField(max_length=10, choices=Choice.choices, blank=True, default="")
    chosen_by = ObjectIdField(null=True, blank=True)
    chosen_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    INDEXES: ClassVar = [
        IndexModel([("stage", ASCENDING), ("_id", ASCENDING)], name="stage"),
        IndexModel([("subject_id", ASCENDING), ("_id", DESCENDING)], name="subject_newest"),
    ]

    class Meta:
        db_table = "suspensions"

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}"
