"""A lease on the server's clock: at most one holder, whatever the clocks of the machines say."""

from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError

from apps.events.rows import leases


def acquire(name: str, *, owner: str, seconds: int) -> bool:
    """Acquires or renews the lease; False while another owner's has not expired. Held whatever
    becomes of a transaction that runs."""
    free = {"$lte": [{"$ifNull": ["$expires_at", "$$NOW"]}, "$$NOW"]}
    mine_or_free = {"$or": [{"$eq": ["$owner", owner]}, free]}
    until = {"$add": ["$$NOW", seconds * 1000]}
    try:
        lease = leases.outside().find_one_and_update(
            {"_id": name},
            [
                {
                    "$set": {
                        "owner": {"$cond": [mine_or_free, owner, "$owner"]},
                        "expires_at": {"$cond": [mine_or_free, until, "$expires_at"]},
                    }
                }
            ],
            upsert=True,
            return_document=ReturnDocument.AFTER,
        )
    except DuplicateKeyError:
        return False
    return lease is not None and lease["owner"] == owner


def release(name: str, *, owner: str) -> None:
    mine = {"_id": name, "owner": owner}
    leases.outside().update_one(mine, [{"$set": {"expires_at": "$$NOW"}}])
