from typing import ClassVar

from django.conf import settings
from django.db import models
from django_mongodb_backend.fields import ArrayField, EmbeddedModelArrayField, ObjectIdAutoField
from django_mongodb_backend.models import EmbeddedModel
from pymongo import ASCENDING, IndexModel

from apps.calendars.enums import EventKind, FeedState


class ImportedEvent(EmbeddedModel):
    """The nights [start, end). `key` is made of UID and RECURRENCE-ID: its identity in the feed."""

    key = models.CharField(max_length=32)
    start = models.DateField()
    end = models.DateField()
    kind = models.CharField(max_length=8, choices=EventKind.choices)
    label = models.CharField(max_length=80, blank=True)


class ReportLine(EmbeddedModel):
    """What is wrong in the feed, from `line` on; 0 is the feed as a whole."""

    line = models.PositiveIntegerField()
    text = models.CharField(max_length=400)


class CalendarFeed(models.Model):
    """The calendar of a listing at another site. `vanished` are keys of events that the feed does
    not have any more and that are kept all the same, since `held_at`. `lease` is of whoever is
    fetching it, until `leased_until`. `is_overlapping`: another claim stands on some of its nights.
    `notified` are the things that its host was notified of. `turns` counts the times that the
    listing's nights were claimed anew: feeds of one listing take turns."""

    id = ObjectIdAutoField(primary_key=True, db_column="_id")
    listing = models.ForeignKey("properties.Listing", models.CASCADE, db_index=False)
    host = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, db_index=False)
    name = models.CharField(max_length=60)
    url = models.CharField(max_length=2000)
    site = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=FeedState.choices, default=FeedState.NEW)
    events = EmbeddedModelArrayField(ImportedEvent, default=list)
    report = EmbeddedModelArrayField(ReportLine, default=list)
    added = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    vanished = ArrayField(models.CharField(max_length=32), default=list)
    held_at = models.DateTimeField(null=True, blank=True)
    etag = models.CharField(max_length=300, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    failures = models.PositiveIntegerField(default=0)
    fetched_at = models.DateTimeField(null=True, blank=True)
    succeeded_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField()
    lease = models.CharField(max_length=24, blank=True)
    leased_until = models.DateTimeField()
    is_overlapping = models.BooleanField(default=False)
    notified = ArrayField(models.CharField(max_length=80), default=list)
    turns = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    INDEXES: ClassVar = [
        IndexModel(
            [("listing_id", ASCENDING), ("url", ASCENDING)], name="listing_url", unique=True
        ),
        IndexModel("host_id", name="host_id"),
        IndexModel("due_at", name="due_at"),
        IndexModel(
            "is_overlapping",
            name="overlapping",
            partialFilterExpression={"is_overlapping": True},
        ),
    ]

    class Meta:
        db_table = "calendar_feeds"

    def __str__(self) -> str:
        return f"{self.name} ({self.site})"


class CalendarExport(models.Model):
    """The secret address under which other sites read a listing's nights. `id` is the listing's.
    `digest` is of the nights as they were when they last changed, at `changed_at`."""

    id = models.CharField(primary_key=True, max_length=24, db_column="_id")
    host = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, db_index=False)
    token = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField()
    created_at = models.DateTimeField()

    INDEXES: ClassVar = [IndexModel("host_id", name="host_id")]

    class Meta:
        db_table = "calendar_exports"

    def __str__(self) -> str:
        return self.id
