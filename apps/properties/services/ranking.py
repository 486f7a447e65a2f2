"""Works out anew what of a rank changes by itself: a listing gets older, its free nights pass, and
homes like it cost more or less. What its host does changes the rank at once, with the listing."""

import datetime as dt
import math
from collections.abc import Mapping
from functools import partial
from typing import Any

from bson import ObjectId
from pymongo import UpdateOne

from apps.common import mongo
from apps.properties.entries import rank_as_of, ranking_of
from apps.properties.rows import SearchEntryRow, listings, search_entries

EVERY = dt.timedelta(days=1)
AT_ONCE, BATCH = 5_000, 100
# From so many on, a price is usual.
ENOUGH = 5
KIND = {
    "country": "$card.location.country",
    "city": "$card.location.city",
    "type": "$card.property_type",
    "bedrooms": "$card.capacity.bedrooms",
    "currency": "$card.currency",
}
Prices = Mapping[tuple[Any, ...], int]


def entries_rank(*, now: dt.datetime, most: int = AT_ONCE) -> int:
    """Ranks those that were ranked longest ago, more than a day. Returns how many."""
    due = {"ranking.at": {"$lt": now - EVERY}}
    found = search_entries.find(due, {"_id": 1}).sort("ranking.at", 1).limit(most)
    ids = [entry["_id"] for entry in found]
    prices = _usual_prices() if ids else {}
    batches = (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
    return sum(mongo.run_in_transaction(partial(_rank, batch, prices, now)) for batch in batches)


def _rank(ids: list[ObjectId], prices: Prices, now: dt.datetime) -> int:
    """In one transaction: who changes one of them meanwhile makes this start anew."""
    query = {"_id": {"$in": ids}}
    rows = {row["_id"]: row for row in listings.find(query)}
    writes = []
    for entry in search_entries.find(query, {"taken": 1, "card": 1}):
        usual_price = prices.get(_kind(entry))
        ranking = ranking_of(entry["taken"], at=now, usual_price=usual_price)
        values = {"ranking": ranking, "rank": rank_as_of(ranking, rows[entry["_id"]])}
        writes.append(UpdateOne({"_id": entry["_id"]}, {"$set": values}))
    return search_entries.bulk_write(writes).matched_count if writes else 0


def _kind(entry: SearchEntryRow) -> tuple[Any, ...]:
    card = entry["card"]
    place = card["location"]
    kind = (card["property_type"], card["capacity"]["bedrooms"], card["currency"])
    return (place["country"], place["city"], *kind)


def _usual_prices() -> Prices:
    """Averages ratios (a geometric mean), so that one palace makes no flat look cheap."""
    stages: list[dict[str, Any]] = [
        {"$match": {"card.price_per_night": {"$gt": 0}}},
        {
            "$group": {
                "_id": KIND,
                "count": {"$sum": 1},
                "log": {"$avg": {"$ln": "$card.price_per_night"}},
            }
        },
        {"$match": {"count": {"$gte": ENOUGH}}},
    ]
    return {
        tuple(row["_id"].get(name) for name in KIND): round(math.exp(row["log"]))
        for row in search_entries.aggregate(stages)
    }
