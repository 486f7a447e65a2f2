"""Says why a listing stands where it stands in the recommended order."""

from bson import ObjectId

from apps.common.errors import ConflictError
from apps.common.money import to_wire
from apps.common.replies import instant
from apps.common.text import name_key
from apps.properties.entries import RANKED_NIGHTS, rank_facts, rank_parts_as_of
from apps.properties.rank import MOST, RankFacts, rank_lacks
from apps.properties.replies.ranks import (
    RankFactsReply,
    RankPartReply,
    RankPlaceReply,
    RankReply,
)
from apps.properties.rows import SearchEntryRow, listings, search_entries
from apps.properties.selectors.listings import ListingUnknownError, owned


class ListingNotShownError(ConflictError):
    code = "LISTING_NOT_SHOWN"
    sentence = "No search finds this listing, so it has no place in one. Publish it first."


def owned_rank(listing_id: ObjectId, *, host_id: ObjectId) -> RankReply:
    """Raises `ListingUnknownError`, also for another owner's, and `ListingNotShownError`."""
    return _rank(owned(host_id, _id=listing_id))


def staff_rank(listing_id: ObjectId) -> RankReply:
    """Raises `ListingUnknownError` and `ListingNotShownError`."""
    return _rank({"_id": listing_id, "deleted_at": None})


def _rank(query: dict[str, object]) -> RankReply:
    """The entry keeps the facts of the last ranking that a listing does not have."""
    listing = listings.find_one(query)
    if listing is None:
        raise ListingUnknownError
    entry = search_entries.find_one({"_id": listing["_id"]}, {"ranking": 1, "rank": 1, "card": 1})
    if entry is None:
        raise ListingNotShownError
    ranking = entry["ranking"]
    facts, parts = rank_facts(ranking, listing), rank_parts_as_of(ranking, listing)
    return RankReply(
        listing_id=listing["_id"],
        score=parts.score,
        limit=parts.limit,
        limited_by=rank_lacks(facts),
        parts=[
            RankPartReply(name=name, points=getattr(parts, name), most=most)
            for name, most in MOST.items()
        ],
        place=_place(entry),
        facts=_facts(facts, currency=listing["currency"]),
        ranked_at=instant(ranking["at"]),
    )


def _place(entry: SearchEntryRow) -> RankPlaceReply:
    place = entry["card"]["location"]
    beside = {
        "place_keys": name_key(place["city"]),
        "card.location.city": place["city"],
        "card.location.country": place["country"],
    }
    ahead = search_entries.count({**beside, "rank": {"$gt": entry["rank"]}})
    return RankPlaceReply(
        city=place["city"], position=ahead + 1, listings=search_entries.count(beside)
    )


def _facts(facts: RankFacts, *, currency: str) -> RankFactsReply:
    usual = facts.usual_price
    return RankFactsReply(
        rating=facts.stars,
        reviews=facts.reviews,
        photos=facts.photos,
        description_letters=facts.letters,
        price_per_night=to_wire(facts.price, currency),
        usual_price=None if usual is None else to_wire(usual, currency),
        currency=currency,
        free_nights=round(facts.free_share * RANKED_NIGHTS),
        nights=RANKED_NIGHTS,
        changed_at=instant(facts.updated_at),
    )
