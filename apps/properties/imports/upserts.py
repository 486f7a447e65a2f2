"""Rows that an import may see again: new ones are added, changed ones set, equal ones left."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from pymongo import UpdateOne

from apps.common import mongo
from apps.properties.models import STANDING
from apps.properties.selectors import TERM_DEFAULTS

Documents = Sequence[dict[str, Any]]


def listings_write(documents: Documents, *, now: dt.datetime) -> dict[str, int]:
    """A changed listing gets its next version. What a dump does not know (fees, house rules,
    whether a moderator withdrew it) is set once and then left."""
    once = {
        "cleaning_fee": 0,
        "check_in_time": "15:00",
        "check_out_time": "11:00",
        "is_active": True,
        **TERM_DEFAULTS,
        **STANDING,
        "version": 1,
        "created_at": now,
        "updated_at": now,
    }
    change: dict[str, dict[str, Any]] = {"$inc": {"version": 1}, "$set": {"updated_at": now}}
    return _write("listings", documents, once=once, change=change)


def reviews_write(documents: Documents) -> dict[str, int]:
    return _write("reviews", documents, once={}, change={})


def _write(
    name: str, documents: Documents, *, once: dict[str, Any], change: dict[str, dict[str, Any]]
) -> dict[str, int]:
    wanted = {document["_id"]: document for document in documents}
    collection, session = mongo.collection(name), mongo.session()
    found = collection.find({"_id": {"$in": list(wanted)}}, session=session)
    there = {row["_id"]: row for row in found}
    fresh = [{**once, **new} for key, new in wanted.items() if key not in there]
    if fresh:
        collection.insert_many(fresh, session=session)
    updates = [
        UpdateOne({"_id": key}, {**change, "$set": {**change.get("$set", {}), **difference}})
        for key, row in there.items()
        if (difference := _difference(row, wanted[key]))
    ]
    if updates:
        collection.bulk_write(updates, session=session)
    return {
        "created": len(fresh),
        "updated": len(updates),
        "unchanged": len(there) - len(updates),
    }


def _difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in new.items() if old.get(name) != value}
