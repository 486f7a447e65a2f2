"""Amenities by what people call them. An imported or typed text has those whose words it has; the
longest words win, and what it says not to be there is not."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from apps.properties.vocabulary.words import NEGATIONS, all_words

TABLE = Path(__file__).with_name("amenities.toml")
TEXTS_KEPT = 20_000
_BEHIND = frozenset(["not", "no", "unavailable", "prohibited", "forbidden", "none"])
_NOT = frozenset(["allowed", "available", "included", "provided", "permitted", "working", ""])
_MISSING = re.compile(r"translation[ _]missing:? *[a-z-]*\.?hosting_amenity_(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amenity:
    id: str
    name: str
    group: str
    words: tuple[str, ...]


@cache
def amenities_known() -> Mapping[str, Amenity]:
    return {
        key: Amenity(id=key, name=row["name"], group=row["group"], words=tuple(row["words"]))
        for key, row in _table().items()
        if key not in {"ignored", "numbers"}
    }


def amenity_ids(texts: Iterable[str]) -> list[str]:
    """The amenities that a listing with these texts has, each once, sorted."""
    return sorted({found for text in texts for found in _ids(text)})


def amenity_called(text: str) -> str:
    """The amenity that this is a name of, and nothing else; empty for none."""
    key = " ".join(all_words(text))
    return _alone().get(key) or _phrases().get(key, "")


def amenity_repaired(text: str) -> str | None:
    """A text of a dump in which a number stands where its translation was missing: the amenity's
    name, or None for a number that nobody knows. Other texts are returned as they are."""
    missing = _MISSING.search(text)
    if missing is None:
        return text
    known = _table()["numbers"].get(missing[1])
    return amenities_known()[known].name if known else None


@lru_cache(maxsize=TEXTS_KEPT)
def _ids(text: str) -> frozenset[str]:
    words = all_words(amenity_repaired(text) or "")
    alone = _alone().get(" ".join(words))
    return frozenset([alone] if alone else _found(words))


def _found(words: list[str]) -> Iterable[str]:
    """Takes the longest phrase at each word. A negation ends what is there; behind an amenity it
    takes that away too."""
    found: list[str] = []
    at = 0
    while at < len(words):
        length, amenity = _longest(words, at)
        if amenity:
            found.append(amenity)
        elif words[at] in NEGATIONS:
            follows = words[at + 1] if at + 1 < len(words) else ""
            return [] if words[at] in _BEHIND and follows in _NOT else found
        elif words[at] in _BEHIND:
            return []
        at += length
    return found


def _longest(words: list[str], at: int) -> tuple[int, str]:
    phrases = _phrases()
    for length in range(min(len(words) - at, _most_words()), 0, -1):
        amenity = phrases.get(" ".join(words[at : at + length]))
        if amenity is not None:
            return length, amenity
    return 1, ""


@cache
def _phrases() -> Mapping[str, str]:
    """Each phrase with its amenity; an ignored one has none."""
    named = {
        " ".join(all_words(phrase)): amenity.id
        for amenity in amenities_known().values()
        for phrase in (amenity.name, *amenity.words)
    }
    return {**named, **{" ".join(all_words(phrase)): "" for phrase in _table()["ignored"]}}


@cache
def _alone() -> Mapping[str, str]:
    return {
        " ".join(all_words(phrase)): key
        for key in amenities_known()
        for phrase in _table()[key].get("alone", ())
    }


@cache
def _most_words() -> int:
    return max(phrase.count(" ") + 1 for phrase in _phrases())


@cache
def _table() -> Mapping[str, Any]:
    with TABLE.open("rb") as file:
        return tomllib.load(file)
