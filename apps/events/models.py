from typing import ClassVar

from django.db import models
from django_mongodb_backend.fields import ArrayField, EmbeddedModelArrayField
from django_mongodb_backend.models import EmbeddedModel
from pymongo import ASCENDING, IndexModel

INBOX_SECONDS = 37 * 24 * 3600
OUTBOX_SECONDS = 7 * 24 * 3600


class OutboxMessage(models.Model):
    """An event, stored in the transaction of its change. `id` is the event id. It goes to every
    one of `topics`, and `published_at` is set once all of them have acknowledged it.

    The copy of a dead letter has the message as it came in `value`, and an id of its own.
    `refused_at` is set on one that Kafka rejects: it and the later ones of its aggregate wait for
    staff.
    """

    id = models.CharField(primary_key=True, max_length=36, db_column="_id")
    aggregate_id = models.CharField(max_length=120)
    version = models.PositiveIntegerField()
    topics = ArrayField(models.CharField(max_length=60))
    key = models.CharField(max_length=60)
    payload = models.JSONField()
    value = models.BinaryField(null=True, blank=True)
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    refusals = models.PositiveIntegerField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(null=True, blank=True)

    INDEXES: ClassVar = [
        IndexModel(
            [("aggregate_id", ASCENDING), ("version", ASCENDING)],
            name="aggregate_version",
            unique=True,
        ),
        IndexModel(
            [("published_at", ASCENDING), ("created_at", ASCENDING)], name="published_created"
        ),
        IndexModel("published_at", name="published_ttl", expireAfterSeconds=OUTBOX_SECONDS),
        IndexModel(
            "refused_at", name="refused", partialFilterExpression={"refused_at": {"$type": "date"}}
        ),
    ]

    class Meta:
        db_table = "outbox"

    def __str__(self) -> str:
        return f"{self.aggregate_id} v{self.version}"


class InboxMessage(models.Model):
    """`<consumer>:<event id>`: written in the transaction of the effect, so none happens twice."""

    id = models.CharField(primary_key=True, max_length=160, db_column="_id")
    handled_at = models.DateTimeField()

    INDEXES: ClassVar = [
        IndexModel("handled_at", name="handled_ttl", expireAfterSeconds=INBOX_SECONDS),
    ]

    class Meta:
        db_table = "inbox"

    def __str__(self) -> str:
        return self.id


class AuditEntry(EmbeddedModel):
    """An audit entry: who did what to a dead letter: replay, settle (it took effect), fail, discard
    or edit. `value` is the message as it was before an edit, in Base64."""

    action = models.CharField(max_length=20)
    actor = models.CharField(max_length=150)
    at = models.DateTimeField()
    note = models.CharField(max_length=500, blank=True, default="")
    value = models.TextField(blank=True, default="")


class DeadLetter(models.Model):
    """A message that its consumer could not handle, or one blocked behind such a message.

    `status` is failed, parked (blocked), replaying, replayed or discarded; `value` is the message
    as it came, or as staff corrected it, in Base64. `replays` counts the copies that were sent:
    only the latest one counts.
    """

    id = models.CharField(primary_key=True, max_length=200, db_column="_id")
    consumer = models.CharField(max_length=60)
    status = models.CharField(max_length=10)
    topic = models.CharField(max_length=60)
    partition = models.PositiveIntegerField()
    offset = models.PositiveBigIntegerField()
    key = models.CharField(max_length=120)
    event_id = models.CharField(max_length=60, blank=True, default="")
    error = models.TextField()
    attempts = models.PositiveIntegerField(default=1)
    value = models.TextField()
    headers = models.JSONField(default=dict)
    first_failed_at = models.DateTimeField()
    last_failed_at = models.DateTimeField()
    replays = models.PositiveIntegerField(default=0)
    replayed_at = models.DateTimeField(null=True, blank=True)
    history = EmbeddedModelArrayField(AuditEntry, null=True, blank=True)

    INDEXES: ClassVar = [
        IndexModel(
            [("consumer", ASCENDING), ("key", ASCENDING), ("status", ASCENDING)],
            name="consumer_key_status",
        ),
    ]

    class Meta:
        db_table = "dead_letters"

    def __str__(self) -> str:
        return self.id
