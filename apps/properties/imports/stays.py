import datetime as dt
from collections.abc import Collection

from bson import ObjectId

from apps.properties.nights import SLEPT_IN, midnight
from apps.properties.rows import night_claims


def stays_ahead(listing_ids: Collection[ObjectId], *, now: dt.datetime) -> dict[ObjectId, dt.date]:
    """Returns the last night that a guest has booked or holds, of the listings that have one. A
    night of yesterday may go on at the listing."""
    if not listing_ids:
        return {}
    query = {
        "listing_id": {"$in": list(listing_ids)},
        "night": {"$gte": midnight(now.date() - dt.timedelta(days=1))},
        "kind": {"$in": [kind.value for kind in SLEPT_IN]},
        "$or": [{"expires_at": None}, {"expires_at": {"$gt": now}}],
    }
    last = {"$group": {"_id": "$listing_id", "night": {"$max": "$night"}}}
    return {
        row["_id"]: row["night"].date() for row in night_claims.aggregate([{"$match": query}, last])
    }
