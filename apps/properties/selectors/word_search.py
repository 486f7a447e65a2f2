"""What listings must have that are asked for by words."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from apps.properties.gazetteer import distance, most_typos, shortened
from apps.properties.rows import search_words
from apps.properties.vocabulary import amenity_called, query_words, spellings

# While somebody types, the last word may go on; it is long enough to mean something.
SHORTEST_BEGINNING = 3
MOST_READ, MOST_MEANT = 400, 20
Condition = Mapping[str, Any]


def words_match(text: str) -> list[Condition]:
    """Makes the conditions of which a listing must meet each, with one command: it has the word or
    one that begins so at the end; where nobody has it, one that resembles it; or the amenity that
    is called so."""
    words = query_words(text)
    amenity = amenity_called(text)
    meant = _meant(words, known=_known(words))
    found = [_has(word, meant[word]) for word in words]
    if amenity:
        return [{"$or": [{"amenities": amenity}, {"$and": found}]}]
    return found or [{"words": ""}]


def _known(words: Sequence[str]) -> list[str]:
    """Returns the words of listings that one of these may be."""
    if not words:
        return []
    spelled = [spelling for word in words for spelling in spellings(word)]
    query: list[dict[str, Any]] = [
        {"_id": {"$in": spelled}},
        {"typos": {"$in": [short for word in words for short in shortened(word)]}},
    ]
    if len(words[-1]) >= SHORTEST_BEGINNING:
        query.append({"_id": {"$regex": f"^{re.escape(words[-1])}"}})
    return [row["_id"] for row in search_words.find({"$or": query}, {"_id": 1}).limit(MOST_READ)]


def _meant(words: Sequence[str], *, known: Sequence[str]) -> dict[str, list[str]]:
    meant = {}
    for word in words:
        same = [spelling for spelling in spellings(word) if spelling in known]
        if word == words[-1] and len(word) >= SHORTEST_BEGINNING:
            same += [other for other in known if other.startswith(word)]
        found = [word, *(same or _resembling(word, known))]
        meant[word] = list(dict.fromkeys(found))[:MOST_MEANT]
    return meant


def _resembling(word: str, known: Sequence[str]) -> list[str]:
    errors = {other: distance(word, other) for other in known}
    near = (other for other in known if errors[other] <= most_typos(word))
    return sorted(near, key=lambda other: (errors[other], other))


def _has(word: str, meant: Sequence[str]) -> Condition:
    amenity = amenity_called(word)
    has = {"words": {"$in": list(meant)}}
    return {"$or": [has, {"amenities": amenity}]} if amenity else has
