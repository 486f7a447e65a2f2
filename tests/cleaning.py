"""Empties what was written since the last time, whoever wrote it: MongoDB's own log of changes
(the oplog) knows of the ORM, of PyMongo, of MongoEngine and of other processes alike. Where
listings or claims were written, the search entries must say the same, or a writer has passed them
by."""

import re
from collections.abc import Iterable
from typing import Any

from bson import Timestamp
from django.core.cache import cache
from pymongo.errors import OperationFailure

from apps.common import mongo
from apps.properties.services.search_rebuild import entries_differing

# What migrating makes, which no test writes.
KEPT = ("system.", "django_migrations", "django_content_type", "auth_permission")
OF_SEARCH = {"listings", "night_claims", "search_entries"}


class PassedByError(AssertionError):
    def __init__(self, test: str, found: dict[Any, list[str]]) -> None:
        super().__init__(
            f"{test} wrote listings or claims past the search entries, which differ now: {found}. "
            "Write by the handles of apps.properties.rows."
        )


class Cleaner:
    """Knows since when a database is empty. The first time, and where the log cannot be read,
    everything is emptied."""

    def __init__(self) -> None:
        self._since: Timestamp | None = None
        self._test = ""

    def clean(self, test: str = "") -> None:
        """Empties the database for `test`; raises `PassedByError` for the one before it."""
        before, self._test = self._test, test
        until = newest()
        names = written(self._since, until) if self._since and until else everything()
        passed_by = entries_differing() if self._since and OF_SEARCH & set(names) else {}
        self._since = until
        for name in names:
            if not name.startswith(KEPT):
                mongo.collection(name).delete_many({})
        cache.clear()
        if passed_by:
            raise PassedByError(before, passed_by)


def everything() -> Iterable[str]:
    return mongo.database().list_collection_names()


def written(since: Timestamp, until: Timestamp) -> list[str]:
    """The collections that got or changed documents after `since`, up to `until`; inside a
    transaction all of its changes are one entry."""
    ours = {"$regex": f"^{re.escape(mongo.database().name)}\\."}
    single = {"op": {"$in": ["i", "u"]}, "ns": ours}
    transaction = {"op": "c", "o.applyOps.ns": ours}
    rows = _log().aggregate(
        [
            {"$match": {"ts": {"$gt": since, "$lte": until}, "$or": [single, transaction]}},
            {"$project": {"ns": {"$ifNull": ["$o.applyOps.ns", ["$ns"]]}}},
            {"$unwind": "$ns"},
            {"$group": {"_id": "$ns"}},
        ]
    )
    names = (row["_id"].partition(".")[2] for row in rows)
    return [name for name in names if name != "$cmd"]


def newest() -> Timestamp | None:
    try:
        row = next(_log().find({}, {"ts": 1}).sort("$natural", -1).limit(1))
    except OperationFailure:
        return None
    found: Timestamp = row["ts"]
    return found


def _log() -> Any:
    return mongo.database().client["local"]["oplog.rs"]
