"""A collection that another one is made of: each write takes the other along, in its transaction.
So no writer has to know of it, and none can forget it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar, cast

from pymongo import InsertOne
from pymongo.results import (
    BulkWriteResult,
    DeleteResult,
    InsertManyResult,
    InsertOneResult,
    UpdateResult,
)

from apps.common import mongo
from apps.common.rows import Query, Row, Rows, Update, Write

Result = TypeVar("Result")
Followed_contra = TypeVar("Followed_contra", bound=Mapping[str, Any], contravariant=True)


class Follower(Protocol[Followed_contra]):
    """`fields` are those of a row that it reads: an update of others does not concern it."""

    fields: frozenset[str]

    def follow(self, before: Sequence[Followed_contra], after: Sequence[Followed_contra]) -> None:
        """Is called in the transaction of a write with the whole rows that it changed: as they
        were, and as they are. A row that was added or removed is in one of them alone."""


class FollowedRows(Rows[Row]):
    """A write without a transaction gets one. PyMongo's own `collection` and a model's `update`
    and `bulk_create` pass the follower by."""

    _follower: Follower[Row] | None = None

    def followed_by(self, follower: Follower[Row]) -> None:
        self._follower = follower

    @property
    def follower(self) -> Follower[Row]:
        """An app sets it when it is ready."""
        if self._follower is None:
            raise RuntimeError(f"Nothing follows {self.name}: its app is not ready.")
        return self._follower

    def insert_one(self, row: Row) -> InsertOneResult:
        insert = super().insert_one
        return self._inserted([row], lambda: insert(row))

    def insert_many(self, rows: Sequence[Row], **options: Any) -> InsertManyResult:
        insert = super().insert_many
        return self._inserted(rows, lambda: insert(rows, **options))

    def update_one(self, query: Query, update: Update, **options: Any) -> UpdateResult:
        write = super().update_one
        if not self._concerns(update):
            return write(query, update, **options)
        return self._changed_one(query, lambda exact: write(exact, update, **options))

    def update_many(self, query: Query, update: Update, **options: Any) -> UpdateResult:
        write = super().update_many
        if not self._concerns(update):
            return write(query, update, **options)
        return self._changed(query, lambda: write(query, update, **options))

    def replace_one(self, query: Query, row: Row, **options: Any) -> UpdateResult:
        write = super().replace_one
        return self._changed_one(query, lambda exact: write(exact, row, **options))

    def find_one_and_update(self, query: Query, update: Update, **options: Any) -> Row | None:
        write = super().find_one_and_update
        if not self._concerns(update):
            return write(query, update, **options)
        return self._changed_one(query, lambda exact: write(exact, update, **options))

    def delete_one(self, query: Query, **options: Any) -> DeleteResult:
        write = super().delete_one
        return self._changed_one(query, lambda exact: write(exact, **options))

    def delete_many(self, query: Query, **options: Any) -> DeleteResult:
        write = super().delete_many

        def transaction() -> DeleteResult:
            before = list(self.find(query))
            result = write(query, **options)
            self._follow(before, [])
            return result

        return mongo.run_in_transaction(transaction)

    def bulk_write(self, writes: Sequence[Write[Row]], **options: Any) -> BulkWriteResult:
        """Each of the `writes` names the `_id` of its row."""
        write = super().bulk_write
        query = {"_id": {"$in": list(map(_id_of, writes))}}
        return self._changed(query, lambda: write(writes, **options))

    def _inserted(self, rows: Sequence[Row], insert: Callable[[], Result]) -> Result:
        def transaction() -> Result:
            result = insert()
            self._follow([], rows)
            return result

        return mongo.run_in_transaction(transaction)

    def _changed_one(self, query: Query, write: Callable[[Query], Result]) -> Result:
        def transaction() -> Result:
            row = self.find_one(query, {"_id": 1})
            if row is None:
                return write(query)
            key = {"_id": row["_id"]}
            return self._changed(key, lambda: write({**query, **key}))

        return mongo.run_in_transaction(transaction)

    def _changed(self, query: Query, write: Callable[[], Result]) -> Result:
        """Rows are found again by their ids, which no write changes."""

        def transaction() -> Result:
            before = list(self.find(query))
            result = write()
            ids = query.get("_id") or {"$in": [row["_id"] for row in before]}
            self._follow(before, list(self.find({"_id": ids})))
            return result

        return mongo.run_in_transaction(transaction)

    def _follow(self, before: Sequence[Row], after: Sequence[Row]) -> None:
        if before or after:
            self.follower.follow(before, after)

    def _concerns(self, update: Update) -> bool:
        return bool(_names(update) & self.follower.fields)


def _names(update: Update) -> set[str]:
    """Returns the fields that an update, or the stages of one, may set."""
    stages = [update] if isinstance(update, Mapping) else update
    changes = (change for stage in stages for change in stage.values())
    return {name.partition(".")[0] for change in changes for name in change}


def _id_of(write: Any) -> Any:
    row = write._doc if isinstance(write, InsertOne) else write._filter  # noqa: SLF001 it shows them nowhere else
    return cast("Mapping[str, Any]", row)["_id"]
