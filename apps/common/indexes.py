"""Indexes that models declare as `INDEXES`: Django's own cannot say 2dsphere, TTL or subfields."""

from collections.abc import Iterator
from typing import Any

import mongoengine
from django.apps import apps
from pymongo import IndexModel

from apps.common import mongo


def declared() -> Iterator[tuple[str, list[IndexModel]]]:
    for model in apps.get_models():
        indexes: list[IndexModel] = getattr(model, "INDEXES", [])
        if indexes:
            yield model._meta.db_table, indexes


def ensure() -> dict[str, list[str]]:
    """Creates what is missing and returns the names of the indexes by collection."""
    made = {name: mongo.collection(name).create_indexes(indexes) for name, indexes in declared()}
    documents: list[Any] = mongoengine.Document.__subclasses__()
    for document in documents:
        if document._meta["abstract"]:
            continue
        document.ensure_indexes()
        found = document._get_collection()
        made[found.name] = sorted(found.index_information())
    return made
