"""Converts stored prices from hundredths (`apps.common.minor_units`). Search entries follow."""

from collections.abc import Iterator, Mapping
from typing import Any

from apps.common.minor_units import ODD, Batch, fields_whole, rows_batch
from apps.properties.rows import ListingRow, listings, search_entries
from apps.properties.services.amounts import AMOUNTS, PRICE


def listings_batch() -> Batch:
    return rows_batch(listings, {"currency": {"$in": ODD}}, _converted, _amounts)


def _converted(listing: ListingRow) -> dict[str, Any]:
    """Converts what the entry is ranked by first: the entry follows the listing with it."""
    currency = listing["currency"]
    entry = search_entries.find_one({"_id": listing["_id"]}, {"ranking": 1})
    if entry and (usual := fields_whole(entry["ranking"], ["usual_price"], currency)):
        values = {f"ranking.{name}": amount for name, amount in usual.items()}
        search_entries.update_one({"_id": listing["_id"]}, {"$set": values})
    seasons = [
        {**season, **fields_whole(season, [PRICE], currency)}
        for season in listing.get("seasons") or ()
    ]
    return {**fields_whole(listing, AMOUNTS, currency), "seasons": seasons}


def _amounts(listing: ListingRow) -> Iterator[tuple[str, int]]:
    stored: Mapping[str, Any] = listing
    for name in AMOUNTS:
        yield name, stored.get(name) or 0
    for season in listing.get("seasons") or ():
        yield "seasons", season["price_per_night"] or 0
