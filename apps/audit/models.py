from typing import ClassVar

from django.db import models
from django_mongodb_backend.fields import ObjectIdAutoField, ObjectIdField
from pymongo import ASCENDING, DESCENDING, IndexModel

from apps.audit.enums import Kind


class _Event(models.Model):
    """Who did what, from where. Ids only: a user that is erased leaves no name here. `kind` is a
    `Kind`, without Django's choices: a new one needs no migration."""

    at = models.DateTimeField()
    kind = models.CharField(max_length=30)
    user_id = ObjectIdField(null=True)
    actor_id = ObjectIdField(null=True)
    address = models.CharField(max_length=64, default="")
    request_id = models.CharField(max_length=64, default="")
    details = models.JSONField(default=dict)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.pk}: {self.label}"

    @property
    def label(self) -> str:
        """A kind that only newer code knows is shown as it is stored."""
        return Kind(self.kind).label if self.kind in Kind else self.kind


class SecurityEvent(_Event):
    """An event as the transaction of the act wrote it, until it has its place in the log."""

    id = ObjectIdAutoField(primary_key=True, db_column="_id")

    class Meta:
        db_table = "security_events"
        verbose_name = "waiting security event"


class SecurityLogEntry(_Event):
    """`id` is the place in the log: its unique key is why the chain cannot fork. `hash` is over all
    the rest, with `previous`, the hash of the entry before."""

    id = models.PositiveBigIntegerField(primary_key=True, db_column="_id")
    event_id = ObjectIdField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    INDEXES: ClassVar = [
        IndexModel([("user_id", ASCENDING), ("_id", DESCENDING)], name="user_newest"),
        IndexModel([("actor_id", ASCENDING), ("_id", DESCENDING)], name="actor_newest"),
        IndexModel([("kind", ASCENDING), ("_id", DESCENDING)], name="kind_newest"),
        IndexModel([("address", ASCENDING), ("_id", DESCENDING)], name="address_newest"),
        IndexModel("request_id", name="request_id"),
        IndexModel("at", name="at"),
    ]

    class Meta:
        db_table = "security_log"
        verbose_name = "security log entry"
        verbose_name_plural = "security log"
