"""What a search reads of a listing, made of the listing and its claims. Nothing here reads or
writes the database.

`card` and what stands beside it follow the listing; `taken`, `slept` and `holds` follow the claims
(`apps.properties.models.SearchEntry` says what they are).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple, cast

from apps.properties.nights import SLEPT_IN
from apps.properties.rank import RankFacts, RankParts, rank_parts
from apps.properties.rows import (
    LISTING_DEFAULTS,
    CardRow,
    EntrySeasonRow,
    HeldRow,
    ListingRow,
    NightClaimRow,
    RankingRow,
    SearchEntryRow,
    SeasonRow,
)
from apps.properties.vocabulary import amenity_ids, listing_words, place_keys

Masks = dict[str, int]
EVERY_DAY = 0b1111111
RANKED_NIGHTS = 90
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
        *("is_active", "location", "images", "amenities", "description", "updated_at"),
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


def entry_of(
    listing: ListingRow, claims: Iterable[NightClaimRow], *, ranking: RankingRow | None = None
) -> SearchEntryRow:
    """Makes the entry of a listing that is shown, of all of its claims; without a `ranking` that it
    has, as it was when the listing was changed last."""
    lasting: list[NightClaimRow] = []
    held: list[NightClaimRow] = []
    for claim in claims:
        (held if claim.get("expires_at") else lasting).append(claim)
    nights = nights_masked(lasting)
    ranked = ranking or ranking_of(nights.taken, at=_instant(listing["updated_at"]))
    entry: dict[str, Any] = {
        "_id": listing["_id"],
        **entry_fields(listing, ranked),
        "taken": nights.taken,
        "slept": nights.slept,
        "holds": holds_of(held),
    }
    return cast("SearchEntryRow", entry)


def entry_fields(stored: ListingRow, ranking: RankingRow) -> dict[str, Any]:
    """Returns what follows the listing; `ranking` is what its rank is made of beside it."""
    listing = _completed(stored)
    fields: Mapping[str, Any] = listing
    return {
        **{name: fields[name] for name in COPIED},
        "point": listing["location"]["coordinates"],
        "card": _card(listing),
        "place_keys": place_keys(listing["location"]),
        "words": listing_words(fields),
        "amenities": amenity_ids(listing["amenities"]),
        "policy": listing["cancellation_policy"],
        "rank": rank_as_of(ranking, listing),
        "ranking": ranking,
        "max_nights": max(listing["min_nights"], listing["max_nights"]),
        "check_in_days": _weekdays(listing["check_in_days"]),
        "check_out_days": _weekdays(listing["check_out_days"]),
        "seasons": [_season(season, listing) for season in listing["seasons"]],
    }


def _completed(stored: ListingRow) -> ListingRow:
    return cast("ListingRow", {**LISTING_DEFAULTS, **cast("Mapping[str, Any]", stored)})


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


def ranking_of(
    taken: Mapping[str, int], *, at: dt.datetime, usual_price: int | None = None
) -> RankingRow:
    at = _instant(at)
    free = RANKED_NIGHTS - _nights_taken(taken, at.date(), RANKED_NIGHTS)
    return {"at": at, "free_share": free / RANKED_NIGHTS, "usual_price": usual_price}


def _nights_taken(taken: Mapping[str, int], first: dt.date, nights: int) -> int:
    """Counts the bits month by month."""
    month, bit = month_and_bit(first)
    ends = (first.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    here = min(nights, (ends - first).days)
    found = (taken.get(month, 0) // bit & ((1 << here) - 1)).bit_count()
    return found + (_nights_taken(taken, ends, nights - here) if nights > here else 0)


def rank_as_of(ranking: RankingRow, stored: ListingRow) -> float:
    """Ranks the listing as of the `ranking`, so that the same rows always give the same."""
    return rank_parts_as_of(ranking, stored).score


def rank_parts_as_of(ranking: RankingRow, stored: ListingRow) -> RankParts:
    return rank_parts(rank_facts(ranking, stored), now=_instant(ranking["at"]))


def rank_facts(ranking: RankingRow, stored: ListingRow) -> RankFacts:
    listing = _completed(stored)
    return RankFacts(
        stars=listing["rating"]["average"],
        reviews=listing["rating"]["count"],
        photos=len(listing["images"]),
        letters=len(listing["description"]),
        price=listing["price_per_night"],
        usual_price=ranking["usual_price"],
        free_share=ranking["free_share"],
        created_at=_instant(listing["created_at"]),
        updated_at=_instant(listing["updated_at"]),
    )


def _instant(stored: dt.datetime) -> dt.datetime:
    """Returns it as MongoDB gives it back, in UTC and to the millisecond."""
    exact = stored.replace(microsecond=stored.microsecond // 1000 * 1000)
    return exact.replace(tzinfo=dt.UTC) if exact.tzinfo is None else exact.astimezone(dt.UTC)


def _weekdays(days: Collection[int]) -> int:
    return sum(1 << day for day in set(days)) or EVERY_DAY


def _season(season: SeasonRow, year: ListingRow) -> EntrySeasonRow:
    least, most = season["min_nights"], season["max_nights"]
    least = year["min_nights"] if least is None else least
    return {
        "name": season["name"],
        "start": season["start"],
        "end": season["end"],
        "price_per_night": season["price_per_night"],
        "min_nights": least,
        "max_nights": max(least, year["max_nights"] if most is None else most),
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
        _held(owner_id, until, nights_masked(held))
        for (owner_id, until), held in sorted(by_hold.items())
    ]


def _held(owner_id: str, until: dt.datetime, nights: Nights) -> HeldRow:
    return {"owner_id": owner_id, "until": until, "taken": nights.taken, "slept": nights.slept}
