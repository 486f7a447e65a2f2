"""Indexes that models declare as `INDEXES`: Django's own cannot say 2dsphere, TTL or subfields."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import mongoengine
from bson import json_util
from django.apps import apps
from pymongo import IndexModel

from apps.common import mongo

OPTIONS = ("unique", "expireAfterSeconds", "partialFilterExpression", "sparse", "collation")
OURS = "apps."
Problem = Literal["missing", "different", "extra"]


@dataclass(frozen=True)
class Drift:
    """`declared` and `found` are an index as text, empty where there is none."""

    collection: str
    index: str
    problem: Problem
    declared: str = ""
    found: str = ""


def declared() -> Iterator[tuple[str, list[IndexModel]]]:
    for model in apps.get_models():
        indexes: list[IndexModel] = getattr(model, "INDEXES", [])
        if indexes:
            yield model._meta.db_table, indexes


def ensure() -> dict[str, list[str]]:
    """Creates what is missing and returns the names of the indexes by collection."""
    made = {name: mongo.collection(name).create_indexes(indexes) for name, indexes in declared()}
    for document in _documents():
        document.ensure_indexes()
        found = document._get_collection()
        made[found.name] = sorted(found.index_information())
    return made


def drift() -> list[Drift]:
    """Where the database's indexes are not those that are declared, key by key."""
    found = [item for name, shapes in sorted(_wanted().items()) for item in _drift(name, shapes)]
    return sorted(found, key=lambda item: (item.collection, item.index))


def _drift(collection: str, wanted: Mapping[str, str]) -> Iterator[Drift]:
    rows = mongo.collection(collection).list_indexes()
    there = {row["name"]: _shape(row) for row in rows if row["name"] != "_id_"}
    for name in wanted.keys() | there.keys():
        want, have = wanted.get(name, ""), there.get(name, "")
        if want != have:
            problem: Problem = "extra" if not want else "different" if have else "missing"
            yield Drift(collection, name, problem, want, have)


def _wanted() -> dict[str, dict[str, str]]:
    """Name -> shape by collection, for every collection of ours, also one without indexes."""
    wanted: dict[str, dict[str, str]] = {
        model._meta.db_table: {} for model in apps.get_models() if model.__module__.startswith(OURS)
    }
    for collection, indexes in declared():
        wanted[collection] = {index.document["name"]: _shape(index.document) for index in indexes}
    for document in _documents():
        shapes = [_document_index(spec) for spec in document._meta["index_specs"]]
        wanted[document._meta["collection"]] = {
            index.document["name"]: _shape(index.document) for index in shapes
        }
    return wanted


def _documents() -> list[Any]:
    documents: list[Any] = mongoengine.Document.__subclasses__()
    return [document for document in documents if not document._meta["abstract"]]


def _document_index(spec: Mapping[str, Any]) -> IndexModel:
    options = {name: value for name, value in spec.items() if name not in {"fields", "cls"}}
    return IndexModel(spec["fields"], **options)


def _shape(index: Mapping[str, Any]) -> str:
    """Keys and what changes the meaning of an index; a false option is no option."""
    keys = ", ".join(f"{field} {_direction(kind)}" for field, kind in index["key"].items())
    given = {name: index[name] for name in OPTIONS if index.get(name) is not None}
    options = [
        f"{name}={json_util.dumps(value, sort_keys=True)}"
        for name, value in given.items()
        if value is not False
    ]
    return " ".join([f"({keys})", *options])


def _direction(kind: Any) -> str:
    return str(int(kind)) if isinstance(kind, int | float) else str(kind)
