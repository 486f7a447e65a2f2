from typing import ClassVar

from django.conf import settings
from django.db import models
from pymongo import ASCENDING, DESCENDING, IndexModel


class Favorite(models.Model):
    """`id` is `<user id>:<listing id>`: a listing is a user's favorite once."""

    id = models.CharField(primary_key=True, max_length=49, db_column="_id")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, db_index=False)
    listing = models.ForeignKey("properties.Listing", models.CASCADE, db_index=False)
    created_at = models.DateTimeField()

    INDEXES: ClassVar = [
        IndexModel(
            [("user_id", ASCENDING), ("created_at", DESCENDING), ("_id", DESCENDING)],
            name="user_newest",
        ),
        IndexModel("listing_id", name="listing_id"),
    ]

    class Meta:
        db_table = "favorites"

    def __str__(self) -> str:
        return self.id
