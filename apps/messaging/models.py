from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django_mongodb_backend.fields import EmbeddedModelField, ObjectIdField
from django_mongodb_backend.models import EmbeddedModel
from pymongo import ASCENDING, DESCENDING, IndexModel

from apps.messaging.enums import (
    LONGEST_PREVIEW,
    LONGEST_TEXT,
    Author,
    MessageKind,
    ReportReason,
    ReportStatus,
    Side,
)


def _person(**options: Any) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False, **options
    )


class View(EmbeddedModel):
    """A thread as one side has it: `read_to` is the number of the last message that they have
    read, `unread` counts the texts of the other side after it."""

    unread = models.PositiveIntegerField(default=0)
    read_to = models.PositiveIntegerField(default=0)
    archived = models.BooleanField(default=False)


class Thread(models.Model):
    """What one guest and the host of one listing write to each other, once and for all.

    `length` is the number of its last message. Since `confirmed_at` contact details are shown.
    The first question and the first answer to it are at `asked_at` and `answered_at`.
    """

    guest = _person()
    host = _person()
    listing = models.ForeignKey("properties.Listing", models.CASCADE, db_index=False)
    guest_view = EmbeddedModelField(View)
    host_view = EmbeddedModelField(View)
    length = models.PositiveIntegerField(default=0)
    preview = models.CharField(max_length=LONGEST_PREVIEW, blank=True, default="")
    preview_by = models.CharField(max_length=10, choices=Author.choices)
    last_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    INDEXES: ClassVar = [
        IndexModel(
            [("guest_id", ASCENDING), ("listing_id", ASCENDING)], name="guest_listing", unique=True
        ),
        *(
            IndexModel(
                [
                    (f"{side}_id", ASCENDING),
                    (f"{side}_view.archived", ASCENDING),
                    ("last_at", DESCENDING),
                    ("_id", DESCENDING),
                ],
                name=f"{side}_inbox",
            )
            for side in Side.values
        ),
        *(
            IndexModel(
                [(f"{side}_id", ASCENDING), (f"{side}_view.unread", ASCENDING)],
                name=f"{side}_unread",
                partialFilterExpression={f"{side}_view.unread": {"$gt": 0}},
            )
            for side in Side.values
        ),
        IndexModel([("host_id", ASCENDING), ("asked_at", DESCENDING)], name="host_asked"),
        IndexModel([("guest_id", ASCENDING), ("created_at", DESCENDING)], name="guest_begun"),
        IndexModel("listing_id", name="listing_id"),
    ]

    class Meta:
        db_table = "threads"

    def __str__(self) -> str:
        return f"Thread {self.pk}"


class Message(models.Model):
    """A text, or a line about a booking. `id` follows from the sender and the id that their
    program gave it, or from the event: sent twice, it is there once.

    `text` is as it was written; `words` are its plain letters as everybody may see them, which
    searches read. `event` and the dates are those of a line.
    """

    id = models.CharField(primary_key=True, max_length=36, db_column="_id")
    thread = models.ForeignKey(Thread, models.CASCADE, db_index=False)
    number = models.PositiveIntegerField()
    guest = _person()
    host = _person()
    kind = models.CharField(max_length=10, choices=MessageKind.choices)
    by = models.CharField(max_length=10, choices=Author.choices)
    text = models.CharField(max_length=LONGEST_TEXT, blank=True, default="")
    words = models.CharField(max_length=2 * LONGEST_TEXT, blank=True, default="")
    booking_id = ObjectIdField(null=True, blank=True)
    event = models.CharField(max_length=20, blank=True, default="")
    check_in = models.CharField(max_length=10, blank=True, default="")
    check_out = models.CharField(max_length=10, blank=True, default="")
    at = models.DateTimeField()
    hidden_at = models.DateTimeField(null=True, blank=True)

    INDEXES: ClassVar = [
        IndexModel(
            [("thread_id", ASCENDING), ("number", ASCENDING)], name="thread_number", unique=True
        ),
        *(
            IndexModel(
                [(f"{side}_id", ASCENDING), ("at", DESCENDING), ("_id", DESCENDING)],
                name=f"{side}_newest",
            )
            for side in Side.values
        ),
    ]

    class Meta:
        db_table = "messages"

    def __str__(self) -> str:
        return f"Message {self.number} of {self.thread_id}"


class Block(models.Model):
    """`id` is `<blocker>:<blocked>`: neither can write to the other while it is there."""

    id = models.CharField(primary_key=True, max_length=49, db_column="_id")
    blocker = _person()
    blocked_person = _person()
    created_at = models.DateTimeField()

    INDEXES: ClassVar = [
        IndexModel("blocker_id", name="blocker_id"),
        IndexModel("blocked_person_id", name="blocked_person_id"),
    ]

    class Meta:
        db_table = "message_blocks"

    def __str__(self) -> str:
        return self.id


class Report(models.Model):
    """A message that somebody reported to support. `id` is `<reporter>:<message>`; `quoted` is what
    it said then, and `decision` what support wrote to both sides."""

    id = models.CharField(primary_key=True, max_length=61, db_column="_id")
    thread = models.ForeignKey(Thread, models.CASCADE, db_index=False)
    message = models.ForeignKey(Message, models.CASCADE, db_index=False)
    reporter_person = _person()
    reported_person = _person()
    reason = models.CharField(max_length=10, choices=ReportReason.choices)
    text = models.CharField(max_length=1000, blank=True, default="")
    quoted = models.CharField(max_length=LONGEST_TEXT)
    status = models.CharField(max_length=10, choices=ReportStatus.choices)
    decision = models.CharField(max_length=500, blank=True, default="")
    staff = _person(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    INDEXES: ClassVar = [
        IndexModel([("status", ASCENDING), ("created_at", ASCENDING)], name="status_oldest"),
        IndexModel(
            [("reporter_person_id", ASCENDING), ("created_at", DESCENDING)], name="reporter_newest"
        ),
        IndexModel("reported_person_id", name="reported_person_id"),
        IndexModel("thread_id", name="thread_id"),
    ]

    class Meta:
        db_table = "message_reports"

    def __str__(self) -> str:
        return f"Report of message {self.message_id}"


class SavedReply(models.Model):
    """A text that a host sends often."""

    host = _person()
    title = models.CharField(max_length=80)
    text = models.CharField(max_length=LONGEST_TEXT)
    updated_at = models.DateTimeField()

    INDEXES: ClassVar = [IndexModel([("host_id", ASCENDING), ("_id", ASCENDING)], name="host")]

    class Meta:
        db_table = "saved_replies"
        verbose_name_plural = "saved replies"

    def __str__(self) -> str:
        return self.title
