from typing import ClassVar

from django.db import models
from django_mongodb_backend.fields import ObjectIdField
from pymongo import ASCENDING, DESCENDING, IndexModel

from apps.texts.enums import Kind

MOST = 100_000


class TextVersion(models.Model):
    """One version of a page's Markdown; `id` is `<kind>:<version>`. Versions are only added, so
    that what a guest agreed to can be read later."""

    id = models.CharField(primary_key=True, max_length=30, db_column="_id")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    version = models.PositiveIntegerField()
    body = models.TextField(max_length=MOST)
    author_id = ObjectIdField(null=True, blank=True)
    created_at = models.DateTimeField()

    INDEXES: ClassVar = [
        IndexModel([("kind", ASCENDING), ("version", DESCENDING)], name="kind_newest", unique=True)
    ]

    class Meta:
        db_table = "text_versions"

    def __str__(self) -> str:
        return self.id
