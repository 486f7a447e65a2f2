"""Places and words by what people type."""

from collections.abc import Iterator
from typing import Any

from apps.common.text import name_keys
from apps.properties.gazetteer import places_named
from apps.properties.rows import search_entries
from apps.properties.search.criteria import Criteria
from apps.properties.search.geography import Condition
from apps.properties.selectors import place_by_id, place_by_name, words_match
from apps.properties.vocabulary import place_key, places_meant

# A longer text without a comma is taken as one name.
MOST_WORDS = 8


def named_of(criteria: Criteria) -> list[Condition]:
    """Makes the conditions of the place and the words that are named."""
    found: list[Condition] = []
    if criteria.place is not None:
        place = place_by_id(criteria.place)
        found.append(dict(place.match) if place else {"place_keys": ""})
    if criteria.location is not None:
        found.append(_called(criteria.location))
    if criteria.words is not None:
        found += map(dict, words_match(criteria.words))
    return found


def _called(location: str) -> Condition:
    """Asks for the place that the text means, in whatever language, or for all of its names. A text
    without a name gives the empty key, which no place has."""
    keys = name_keys(location)
    meant = places_meant(location)
    if meant and len(keys) == 1 and meant[0] in places_named(keys[0]):
        return {"place_keys": {"$in": [keys[0], place_key(meant[0].id)]}}
    if meant and len(keys) > 1 and not meant[0].is_part:
        return {"place_keys": place_key(meant[0].id)}
    if not meant and (found := place_by_name(location)):
        return dict(found.match)
    known = _known([phrase for key in keys for phrase in _phrases(key.split())])
    return {
        "place_keys": {
            "$all": [name for key in keys for name in _split(key.split(), known)] or [""]
        }
    }


def _phrases(words: list[str]) -> Iterator[str]:
    """Yields what could be the names in "santa monica ca", which has no commas."""
    if 1 < len(words) <= MOST_WORDS:
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                yield " ".join(words[start:end])


def _known(phrases: list[str]) -> set[str]:
    """Returns those that are the name of a place with listings, by one command."""
    if not phrases:
        return set()
    lookup: dict[str, Any] = {
        "from": search_entries.name,
        "localField": "name",
        "foreignField": "place_keys",
        "pipeline": [{"$limit": 1}, {"$project": {"_id": 1}}],
        "as": "there",
    }
    stages: list[dict[str, Any]] = [
        {"$limit": 1},
        {"$project": {"_id": 0, "name": list(dict.fromkeys(phrases))}},
        {"$unwind": "$name"},
        {"$lookup": lookup},
        {"$match": {"there": {"$ne": []}}},
        {"$project": {"name": 1}},
    ]
    return {row["name"] for row in search_entries.aggregate(stages)}


def _split(words: list[str], known: set[str]) -> list[str]:
    """Splits off the longest known name at the front, then goes on with what is left."""
    for end in range(len(words), 0, -1):
        name = " ".join(words[:end])
        if name in known:
            return [name, *_split(words[end:], known)]
    return [" ".join(words)] if words else []
