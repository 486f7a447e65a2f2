"""Reads the place: only places that exist in the database are understood."""

import re
from collections.abc import Iterable, Iterator

from apps.ai.planner.port import Vocabulary
from apps.ai.planner.sentence.text import SHORTEST, Sentence, compiled
from apps.common.text import folded

BEFORE_A_PLACE = r"(?:in|at|to|near|around|of|by|within|visit|visiting|for)(?: the)? "
# Cities that are ordinary words too: only after "in" and the like.
ORDINARY = frozenset({"nice", "bath", "reading", "mobile", "split", "orange", "most", "male"})


def read_place(sentence: Sentence, vocabulary: Vocabulary) -> str | None:
    """Reads it as the search needs it: "Lisbon", "Alfama, Lisbon" or "Lisbon, Portugal" where they
    stand side by side; a city before a neighbourhood before a state or country."""
    for names in (vocabulary.cities, vocabulary.areas, vocabulary.regions):
        for name, match in _named(sentence, names):
            start, end = match.span()
            parts = [name]
            if names is vocabulary.cities:
                start = _left(sentence, match, vocabulary.areas, parts)
                end = _right(sentence, end, vocabulary.areas, parts, at=0)
            if names is not vocabulary.regions:
                end = _right(sentence, end, vocabulary.regions, parts, at=len(parts))
            location = ", ".join(parts)
            sentence.understand(sentence.part(start, end), location=location)
            return location
    return None


def _named(sentence: Sentence, names: Iterable[str]) -> Iterator[tuple[str, re.Match[str]]]:
    for name in sorted(names, key=lambda name: (-len(name), name)):
        key = folded(name)
        if len(key) < SHORTEST or key not in sentence.left:
            continue
        must = "" if key in ORDINARY else "?"
        found = sentence.first(compiled(rf"(?:{BEFORE_A_PLACE}){must}(?P<name>{re.escape(key)})"))
        if found:
            yield name, found


def _left(sentence: Sentence, match: re.Match[str], areas: Iterable[str], names: list[str]) -> int:
    """Finds where "the Old Town of" before the city begins."""
    before = sentence.left[: match.start("name")]
    for name in sorted(areas, key=len, reverse=True):
        pattern = rf"(?:{BEFORE_A_PLACE})?{re.escape(folded(name))}(?: ?, ?| in | of | )$"
        found = re.search(rf"(?<!\w){pattern}", before, re.ASCII)
        if found:
            names.insert(0, name)
            return found.start()
    return match.start()


def _right(
    sentence: Sentence, end: int, beside: Iterable[str], names: list[str], *, at: int
) -> int:
    """Finds where a neighbourhood or a region after the place ends."""
    for name in sorted(beside, key=len, reverse=True):
        key = re.escape(folded(name))
        found = re.compile(rf"(?: ?, ?| in | ){key}(?!\w)", re.ASCII).match(sentence.left, end)
        if found and name not in names:
            names.insert(at, name)
            return found.end()
    return end
