"""Finds listings for those who keep them, hosts and staff: shown or not, by words, id and place."""

import re
from dataclasses import dataclass
from typing import Any

from bson import ObjectId
from pymongo.collation import Collation

from apps.common.pagination import TOTAL_CAP, Page
from apps.common.regions import US_STATES
from apps.common.replies import Paged
from apps.common.text import name_key
from apps.properties.replies import OwnedCardReply, StaffCardReply
from apps.properties.rows import listings
from apps.properties.selectors.listings import OWNED, owned

MOST_WORDS = 8
# Cities and states are the same whatever their case and accents.
LIKE_NAMES = Collation("en", strength=1)
FOR_STAFF = OWNED | {"host_id": 1, "host_suspended_at": 1, "deleted_at": 1}
SUSPENDED = [{"suspended_at": {"$ne": None}}, {"host_suspended_at": {"$ne": None}}]
BY_STATUS: dict[str, dict[str, Any]] = {
    "active": {"is_active": True},
    "inactive": {"is_active": False},
    "suspended": {"$or": SUSPENDED},
    "deleted": {"deleted_at": {"$ne": None}},
}


@dataclass(frozen=True, kw_only=True)
class Lookup:
    """`words` are an id, or parts of the title and beginnings of names of the place."""

    words: str | None = None
    city: str | None = None
    state: str | None = None
    status: str | None = None


def owned_page(
    host_id: ObjectId, *, page: Page, lookup: Lookup = Lookup()
) -> Paged[OwnedCardReply]:
    """Returns an owner's listings, the newest first."""
    query = owned(host_id, **_conditions(lookup, ("_id",)))
    found = listings.find(query, OWNED, collation=LIKE_NAMES).sort("_id", -1)
    total = listings.count(query, hint="host_id", collation=LIKE_NAMES)
    rows = found.skip(page.skip).limit(page.per_page)
    return Paged.of([OwnedCardReply.of(row) for row in rows], page=page, total=total)


def staff_page(*, page: Page, lookup: Lookup) -> Paged[StaffCardReply]:
    """Returns anybody's listings, deleted ones too, the newest first."""
    query = _conditions(lookup, ("_id", "host_id"))
    found = listings.find(query, FOR_STAFF, collation=LIKE_NAMES)
    total = listings.count(query, limit=TOTAL_CAP + 1, collation=LIKE_NAMES)
    rows = found.sort("_id", -1).skip(page.skip).limit(page.per_page)
    return Paged.of(
        [StaffCardReply.of(row) for row in rows],
        page=page,
        total=min(total, TOTAL_CAP),
        total_capped=total > TOTAL_CAP,
    )


def _conditions(lookup: Lookup, ids: tuple[str, ...]) -> dict[str, Any]:
    """`ids` are the fields that a word may be the id of."""
    found: dict[str, Any] = {}
    if lookup.city:
        found["location.city"] = lookup.city
    if lookup.state:
        found["location.state"] = {
            "$in": [lookup.state, *US_STATES.get(name_key(lookup.state), ())]
        }
    every = [BY_STATUS[lookup.status]] if lookup.status else []
    every += [_word(word, ids) for word in (lookup.words or "").split()[:MOST_WORDS]]
    return {**found, "$and": every} if every else found


def _word(word: str, ids: tuple[str, ...]) -> dict[str, Any]:
    if ObjectId.is_valid(word):
        return {"$or": [{name: ObjectId(word)} for name in ids]}
    named: list[dict[str, Any]] = [{"title": {"$regex": re.escape(word), "$options": "i"}}]
    if key := name_key(word):
        named.append({"place_names": {"$regex": f"^{re.escape(key)}"}})
    return {"$or": named}
