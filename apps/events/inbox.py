"""Which events a consumer has dealt with. The record belongs in the transaction of the effect."""

import datetime as dt

from apps.common import mongo


def inbox_has(message_id: str) -> bool:
    found = mongo.collection("inbox").find_one(
        {"_id": message_id}, {"_id": 1}, session=mongo.session()
    )
    return found is not None


def inbox_add(message_id: str, *, now: dt.datetime) -> None:
    """Two zombies cannot both commit it."""
    mongo.collection("inbox").insert_one(
        {"_id": message_id, "handled_at": now}, session=mongo.session()
    )
