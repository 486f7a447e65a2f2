"""Keeps `search_entries` as the listings and claims are, in the transaction of each write: these
are called by the handles `listings` and `night_claims`, never by a service.

Whoever adds or removes an entry has written its listing in the same transaction. Whoever changes
claims writes the entry, or the listing where there is none. So what must see each other conflicts.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from bson import ObjectId
from django.db.models.signals import post_save
from pymongo import DeleteOne, InsertOne, UpdateOne

from apps.common.rows import Write
from apps.properties.entries import (
    SOURCES,
    entry_fields,
    entry_of,
    holds_of,
    is_shown,
    nights_masked,
)
from apps.properties.models import Listing
from apps.properties.rows import (
    ListingRow,
    NightClaimRow,
    SearchEntryRow,
    listings,
    night_claims,
    search_entries,
)
from apps.properties.services.changes import search_changed

EntryWrite = Write[SearchEntryRow]


class ListingsFollower:
    fields = SOURCES

    def follow(self, before: Sequence[ListingRow], after: Sequence[ListingRow]) -> None:
        shown = {row["_id"]: row for row in after if is_shown(row)}
        ids = {row["_id"] for row in (*before, *after)}
        found = search_entries.find({"_id": {"$in": list(ids)}}, {"ranking": 1})
        there = {entry["_id"]: entry["ranking"] for entry in found}
        claims = claims_of(shown.keys() - there.keys())
        writes: list[EntryWrite] = [
            *(DeleteOne({"_id": key}) for key in there.keys() - shown.keys()),
            *(
                UpdateOne({"_id": key}, {"$set": entry_fields(row, there[key])})
                if key in there
                else InsertOne(entry_of(row, claims[key]))
                for key, row in shown.items()
            ),
        ]
        if writes:
            search_entries.bulk_write(writes, ordered=False)
            points = (row["location"].get("coordinates") for row in (*before, *after))
            search_changed(filter(None, points))


class ClaimsFollower:
    """Sets and clears the bits of the nights: it reads no claims but those of holds, so it costs
    a booking one command."""

    fields = frozenset(NightClaimRow.__annotations__)

    def follow(self, before: Sequence[NightClaimRow], after: Sequence[NightClaimRow]) -> None:
        gone, come = _by_listing(before), _by_listing(after)
        ids = sorted(gone.keys() | come.keys())
        writes = [write for key in ids for write in _updates(key, gone[key], come[key])]
        search_entries.bulk_write(writes)
        found = search_entries.find({"_id": {"$in": ids}}, {"point": 1})
        there = {entry["_id"]: entry["point"] for entry in found}
        if missing := [key for key in ids if key not in there]:
            listings.update_many({"_id": {"$in": missing}}, {"$inc": {"deals": 1}})
        search_changed(there.values())


def _by_listing(claims: Iterable[NightClaimRow]) -> dict[ObjectId, list[NightClaimRow]]:
    found: dict[ObjectId, list[NightClaimRow]] = defaultdict(list)
    for claim in claims:
        found[claim["listing_id"]].append(claim)
    return found


def _updates(
    listing_id: ObjectId, gone: Sequence[NightClaimRow], come: Sequence[NightClaimRow]
) -> list[EntryWrite]:
    """Makes the updates of one entry: two where there are holds, since one update cannot remove
    from an array and add to it."""
    update: dict[str, Any] = {}
    if bits := _bits(gone, come):
        update["$bit"] = bits
    holders = {claim["owner_id"] for claim in (*gone, *come) if claim.get("expires_at")}
    if not holders:
        return [UpdateOne({"_id": listing_id}, update)]
    owned_by = {"owner_id": {"$in": list(holders)}}
    held = night_claims.find({**owned_by, "listing_id": listing_id, "expires_at": {"$ne": None}})
    update["$pull"] = {"holds": owned_by}
    added = {"$push": {"holds": {"$each": holds_of(held)}}}
    return [UpdateOne({"_id": listing_id}, update), UpdateOne({"_id": listing_id}, added)]


def _bits(gone: Iterable[NightClaimRow], come: Iterable[NightClaimRow]) -> dict[str, Any]:
    """Clears first, then sets: of a claim that is both, the night stays taken."""
    bits: dict[str, dict[str, int]] = defaultdict(dict)
    for operation, claims, invert in (("and", gone, True), ("or", come, False)):
        nights = nights_masked(claim for claim in claims if not claim.get("expires_at"))
        for field, masks in nights._asdict().items():
            for month, mask in masks.items():
                bits[f"{field}.{month}"][operation] = ~mask if invert else mask
    return dict(bits)


def claims_of(listing_ids: Collection[ObjectId]) -> Mapping[ObjectId, list[NightClaimRow]]:
    if not listing_ids:
        return defaultdict(list)
    return _by_listing(night_claims.find({"listing_id": {"$in": list(listing_ids)}}))


def _saved(instance: Listing, *, created: bool, **_: Any) -> None:
    """Takes the entry along where a model is saved, as only tests do. A new one has no claims."""
    row = listings.find_one({"_id": ObjectId(str(instance.pk))})
    if row is None or (created and not is_shown(row)):
        return
    if created:
        search_entries.insert_one(entry_of(row, []))
        search_changed([row["location"]["coordinates"]])
    else:
        listings.follower.follow([], [row])


def follow_all() -> None:
    listings.followed_by(ListingsFollower())
    night_claims.followed_by(ClaimsFollower())
    post_save.connect(_saved, sender=Listing, dispatch_uid="search entries")
