"""`booking_id` is the id of a booking, which is all that payments know of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django_mongodb_backend.fields import EmbeddedModelArrayField, ObjectIdField
from django_mongodb_backend.models import EmbeddedModel
from pymongo import ASCENDING, DESCENDING, IndexModel

from apps.payments.enums import Command, CommandStatus, PaymentState


class Payment(models.Model):
    """An amount, in minor units, that a guest authorises for one stay. Stored before the provider
    is asked, whose idempotency key is its id. Without `booking_id` it belongs to no booking yet,
    and since `dropped_at` it never will."""

    guest = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False)
    booking_id = ObjectIdField(null=True, blank=True)
    provider = models.CharField(max_length=20)
    provider_ref = models.CharField(max_length=100, null=True, blank=True)
    method = models.CharField(max_length=100)
    amount = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    status = models.CharField(
        max_length=20, choices=PaymentState.choices, default=PaymentState.STARTED
    )
    captured = models.PositiveBigIntegerField(default=0)
    refunded = models.PositiveBigIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True, default="")
    dropped_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    INDEXES: ClassVar = [
        IndexModel("booking_id", name="booking_id"),
        IndexModel([("guest_id", ASCENDING), ("_id", DESCENDING)], name="guest_newest"),
        IndexModel(
            "provider_ref",
            name="provider_ref",
            unique=True,
            partialFilterExpression={"provider_ref": {"$type": "string"}},
        ),
        IndexModel(
            [("status", ASCENDING), ("created_at", ASCENDING)],
            name="unbound",
            partialFilterExpression={"booking_id": None},
        ),
    ]

    class Meta:
        db_table = "payments"

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}: {self.status}"


class Posting(EmbeddedModel):
    """Minor units into (above zero) or out of (below zero) an account."""

    account = models.CharField(max_length=60)
    amount = models.BigIntegerField()


class PaymentCommand(models.Model):
    """What the provider has yet to do, stored in the transaction of the change that asks for it.
    `amount` is minor units; its id is the provider's idempotency key. `postings` are entered in
    the ledger once it is done."""

    payment = models.ForeignKey(Payment, models.PROTECT, db_index=False)
    booking_id = ObjectIdField(null=True, blank=True)
    kind = models.CharField(max_length=10, choices=Command.choices)
    amount = models.PositiveBigIntegerField()
    postings = EmbeddedModelArrayField(Posting)
    status = models.CharField(
        max_length=10, choices=CommandStatus.choices, default=CommandStatus.DUE
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    problem = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    INDEXES: ClassVar = [
        IndexModel("booking_id", name="booking_id"),
        IndexModel("payment_id", name="payment_id"),
        IndexModel("next_at", name="due", partialFilterExpression={"status": "due"}),
    ]

    class Meta:
        db_table = "payment_commands"

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}: {self.status}"


class LedgerEntry(models.Model):
    """Money that moved: postings whose sum is zero. Its id is that of the command that moved it,
    so that it is written once."""

    booking_id = ObjectIdField(null=True, blank=True)
    text = models.CharField(max_length=100)
    currency = models.CharField(max_length=3)
    postings = EmbeddedModelArrayField(Posting)
    at = models.DateTimeField()

    INDEXES: ClassVar = [
        IndexModel("booking_id", name="booking_id"),
        IndexModel("postings.account", name="account"),
    ]

    class Meta:
        db_table = "ledger_entries"

    def __str__(self) -> str:
        return self.text
