import pkgutil
from importlib import import_module
from pathlib import Path
from typing import get_args

import mongoengine
import pytest
from bson import ObjectId
from django.apps import apps as installed

from apps.common import mongo
from apps.common.rows import Rows, fields_of
from apps.travelers.rows import favorites

APPS = Path(__file__).resolve().parents[1] / "apps"


def handles():
    """(row type, handle) of every app, read off the annotations of its `rows` module."""
    for app in pkgutil.iter_modules([str(APPS)]):
        if (APPS / app.name / "rows.py").exists():
            module = import_module(f"apps.{app.name}.rows")
            for name, kind in module.__annotations__.items():
                yield get_args(kind)[0], getattr(module, name)


def columns(model) -> set[str]:
    if issubclass(model, mongoengine.Document):
        return {field.db_field for field in model._fields.values()}
    return {field.column for field in model._meta.concrete_fields}


@pytest.mark.unit
@pytest.mark.parametrize("pair", list(handles()), ids=lambda pair: pair[1].name)
def test_a_row_has_the_columns_of_its_model(pair):
    row, handle = pair
    assert set(fields_of(row)) == columns(handle._model)


@pytest.mark.unit
def test_every_collection_has_one_handle():
    names = [handle.name for _, handle in handles()]
    assert len(names) == len(set(names))


class _StopError(Exception):
    pass


def _fail_after(write) -> None:
    def work() -> None:
        write()
        raise _StopError

    with pytest.raises(_StopError):
        mongo.run_in_transaction(work)


def test_a_handle_joins_the_running_transaction(now):
    row = {"_id": "a:b", "user_id": ObjectId(), "listing_id": ObjectId(), "created_at": now}
    _fail_after(lambda: favorites.insert_one(row))
    assert favorites.count({}) == 0


def test_outside_keeps_what_the_transaction_loses(now):
    row = {"_id": "a:b", "user_id": ObjectId(), "listing_id": ObjectId(), "created_at": now}
    _fail_after(lambda: favorites.outside().insert_one(row))
    assert favorites.count({}) == 1


@pytest.mark.unit
def test_a_document_names_its_collection_as_a_model_does():
    documents = [
        made for made in mongoengine.Document.__subclasses__() if not made._meta["abstract"]
    ]
    assert installed.ready
    assert [Rows(made).name for made in documents] == [
        made._meta["collection"] for made in documents
    ]
