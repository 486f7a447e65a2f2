"""What a search reads of a listing, made of the listing and its claims. Nothing here reads or
writes the database.

`card` and what stands beside it follow the listing; `taken`, `slept` and `holds` follow the claims
(`apps.properties.models.SearchEntry` says what they are).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

from apps.common.text import name_key
from apps.properties.nights import SLEPT_IN
from apps.properties.rows import (
    LISTING_DEFAULTS,
    CardRow,
    EntrySeasonRow,
    HeldRow,
    ListingRow,
    NightClaimRow,
    SearchEntryRow,
    SeasonRow,
)

Masks = dict[str, int]
EVERY_DAY = 0b1111111
COPIED = (
    *("host_id", "version", "amenity_keys", "instant_book", "created_at", "lead_days"),
    *("window_days", "prep_nights", "time_zone", "weekend_price", "cleaning_fee"),
    *("weekly_discount_percent", "monthly_discount_percent", "tax_per_person_night"),
    *("tax_nights_cap", "min_nights"),
)
SHOWN = ("title", "property_type", "price_per_night", "currency", "capacity", "rating")
# What a listing's entry is made of: a write of other fields leaves the entry as it is.
SOURCES = frozenset(
    {
        *COPIED,
        *SHOWN,
        *("is_active", "location", "images", "amenities", "description", "place_names"),
        *("cancellation_policy", "max_nights", "check_in_days", "check_out_days", "seasons"),
    }
)


class Nights(NamedTuple):
    """Of claims that all expire at once, or never."""

    taken: Masks
    slept: Masks


def is_shown(listing: ListingRow) -> bool:
    """Returns whether searches find it. One without a public point waits for it
    (`services.hiding`)."""
    return bool(listing["is_active"] and listing["location"].get("coordinates"))


def entry_of(listing: ListingRow, claims: Iterable[NightClaimRow]) -> SearchEntryRow:
    """Makes the entry of a listing that is shown, of all of its claims."""
    lasting, held = [], []
    for claim in claims:
        (held if claim.get("expires_at") else lasting).append(claim)
    nights = nights_masked(lasting)
    entry: dict[str, Any] = {
        "_id": listing["_id"],
        **entry_fields(listing),
        "taken": nights.taken,
        "slept": nights.slept,
        "holds": holds_of(held),
    }
    return cast("SearchEntryRow", entry)


def entry_fields(stored: ListingRow) -> dict[str, Any]:
    """Returns what follows the listing alone."""
    listing = cast("ListingRow", {**LISTING_DEFAULTS, **cast("Mapping[str, Any]", stored)})
    fields: Mapping[str, Any] = listing
    return {
        **{name: fields[name] for name in COPIED},
        "point": listing["location"]["coordinates"],
        "card": _card(listing),
        "place_keys": listing["place_names"],
        "words": _words(listing),
        "amenities": listing["amenity_keys"],
        "policy": listing["cancellation_policy"],
        "rank": _rank(listing),
        "max_nights": max(listing["min_nights"], listing["max_nights"]),
        "check_in_days": _weekdays(listing["check_in_days"]),
        "check_out_days": _weekdays(listing["check_out_days"]),
        "seasons": [_season(season, listing) for season in listing["seasons"]],
    }


def _card(listing: ListingRow) -> CardRow:
    place, images = listing["location"], listing["images"]
    return {
        "title": listing["title"],
        "property_type": listing["property_type"],
        "price_per_night": listing["price_per_night"],
        "currency": listing["currency"],
        "location": {
            "city": place["city"],
            "state": place.get("state") or "",
            "country": place["country"],
            "coordinates": place["coordinates"],
        },
        "capacity": listing["capacity"],
        "image": images[0] if images else None,
        "rating": listing["rating"],
    }


def _words(listing: ListingRow) -> list[str]:
    texts = (listing["title"], listing["description"], *listing["amenities"])
    return sorted(set(name_key(" ".join(texts)).split()))


def _rank(listing: ListingRow) -> float:
    return listing["rating"]["average"] or 0.0


def _weekdays(days: Collection[int]) -> int:
    return sum(1 << day for day in set(days)) or EVERY_DAY


def _season(season: SeasonRow, year: ListingRow) -> EntrySeasonRow:
    least, most = (
        year[name] if season[name] is None else season[name]
        for name in ("min_nights", "max_nights")
    )
    return {
        "name": season["name"],
        "start": season["start"],
        "end": season["end"],
        "price_per_night": season["price_per_night"],
        "min_nights": least,
        "max_nights": max(least, most),
    }


def nights_masked(claims: Iterable[NightClaimRow]) -> Nights:
    """Returns the nights of the `claims`, an integer a month."""
    nights = Nights(defaultdict(int), defaultdict(int))
    for claim in claims:
        month, bit = month_and_bit(claim["night"])
        nights.taken[month] |= bit
        if claim["kind"] in SLEPT_IN:
            nights.slept[month] |= bit
    return Nights(dict(nights.taken), dict(nights.slept))


def month_and_bit(night: dt.date) -> tuple[str, int]:
    return f"{night.year:04}-{night.month:02}", 1 << (night.day - 1)


def holds_of(claims: Iterable[NightClaimRow]) -> list[HeldRow]:
    """Returns what each owner holds, of claims that expire."""
    by_hold: dict[tuple[str, dt.datetime], list[NightClaimRow]] = defaultdict(list)
    for claim in claims:
        until = claim["expires_at"]
        if until:
            by_hold[claim["owner_id"], until].append(claim)
    return [
        {"owner_id": owner_id, "until": until, **nights_masked(held)._asdict()}
        for (owner_id, until), held in sorted(by_hold.items())
    ]
