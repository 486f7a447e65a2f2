"""A typed handle on one collection. Calls join the running transaction by themselves."""

from collections.abc import Iterator, Mapping, Sequence
from threading import local
from typing import Any, Generic, TypeVar, cast

from django.db import models
from pymongo import DeleteOne, InsertOne, ReplaceOne, UpdateOne
from pymongo.change_stream import CollectionChangeStream
from pymongo.client_session import ClientSession
from pymongo.collection import Collection
from pymongo.command_cursor import CommandCursor
from pymongo.cursor import Cursor
from pymongo.results import (
    BulkWriteResult,
    DeleteResult,
    InsertManyResult,
    InsertOneResult,
    UpdateResult,
)

from apps.common import mongo

Row = TypeVar("Row", bound=Mapping[str, Any])
Query = Mapping[str, Any]
Update = Mapping[str, Any] | Sequence[Mapping[str, Any]]
Stages = Sequence[Mapping[str, Any]]
Write = InsertOne[Row] | UpdateOne | ReplaceOne[Row] | DeleteOne


class Rows(Generic[Row]):
    """The rows of a model's collection: `bookings: Rows[BookingRow] = Rows(Booking)`. A collection
    that has no model, of tests, is given by its name.

    Methods are PyMongo's, with its options, and pass the session of the running transaction.
    `outside()` is for what must be seen or kept whatever becomes of that transaction.
    """

    def __init__(
        self, model: type[models.Model] | str | Any, *, joins: bool = True, suffix: str = ""
    ) -> None:
        self._model, self._joins, self._suffix = model, joins, suffix
        # Of the database of each thread: making one takes as long as sending a query.
        self._made = local()

    @property
    def name(self) -> str:
        if isinstance(self._model, str):
            return f"{self._model}{self._suffix}"
        meta = self._model._meta
        name = meta["collection"] if isinstance(meta, Mapping) else meta.db_table
        return f"{name}{self._suffix}"

    @property
    def collection(self) -> Collection[Row]:
        """PyMongo's own, for indexes, explain and tests; its calls join no transaction."""
        database = mongo.database()
        if getattr(self._made, "database", None) is not database:
            self._made.database, self._made.collection = database, database[self.name]
        return cast("Collection[Row]", self._made.collection)

    def outside(self) -> "Rows[Row]":
        return Rows(self._model, joins=False, suffix=self._suffix)

    def shadow(self) -> "Rows[Row]":
        """Returns the handle of `<name>_shadow`, in which the same rows are rebuilt."""
        return Rows(self._model, joins=self._joins, suffix="_shadow")

    def _session(self) -> ClientSession | None:
        return mongo.session() if self._joins else None

    def find_one(
        self, query: Query, projection: Mapping[str, Any] | None = None, **options: Any
    ) -> Row | None:
        return self.collection.find_one(query, projection, session=self._session(), **options)

    def find(
        self, query: Query, projection: Mapping[str, Any] | None = None, **options: Any
    ) -> Cursor[Row]:
        return self.collection.find(query, projection, session=self._session(), **options)

    def aggregate(self, stages: Stages, **options: Any) -> CommandCursor[mongo.Document]:
        found = self.collection.aggregate(stages, session=self._session(), **options)
        return cast("CommandCursor[mongo.Document]", found)

    def count(self, query: Query, **options: Any) -> int:
        return self.collection.count_documents(query, session=self._session(), **options)

    def exists(self, query: Query, **options: Any) -> bool:
        return self.find_one(query, {"_id": 1}, **options) is not None

    def distinct(self, key: str, query: Query, **options: Any) -> list[Any]:
        return self.collection.distinct(key, query, session=self._session(), **options)

    def insert_one(self, row: Row) -> InsertOneResult:
        return self.collection.insert_one(row, session=self._session())

    def insert_many(self, rows: Sequence[Row], **options: Any) -> InsertManyResult:
        return self.collection.insert_many(rows, session=self._session(), **options)

    def update_one(self, query: Query, update: Update, **options: Any) -> UpdateResult:
        return self.collection.update_one(query, update, session=self._session(), **options)

    def update_many(self, query: Query, update: Update, **options: Any) -> UpdateResult:
        return self.collection.update_many(query, update, session=self._session(), **options)

    def replace_one(self, query: Query, row: Row, **options: Any) -> UpdateResult:
        return self.collection.replace_one(query, row, session=self._session(), **options)

    def find_one_and_update(self, query: Query, update: Update, **options: Any) -> Row | None:
        return self.collection.find_one_and_update(
            query, update, session=self._session(), **options
        )

    def delete_one(self, query: Query, **options: Any) -> DeleteResult:
        return self.collection.delete_one(query, session=self._session(), **options)

    def delete_many(self, query: Query, **options: Any) -> DeleteResult:
        return self.collection.delete_many(query, session=self._session(), **options)

    def bulk_write(self, writes: Sequence["Write[Row]"], **options: Any) -> BulkWriteResult:
        return self.collection.bulk_write(writes, session=self._session(), **options)

    def watch(self, stages: Stages, **options: Any) -> CollectionChangeStream[Row]:
        return self.collection.watch(stages, **options)


def fields_of(row: type[Any]) -> Iterator[str]:
    """The names that a row type declares, for a test against its model."""
    yield from row.__annotations__
