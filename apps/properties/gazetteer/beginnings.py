"""What most people mean who have typed only a few letters."""

import heapq
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

# A beginning of which more names are known than can be scanned is answered from a table.
MOST_SCANNED, FIRST, LONGEST = 300, 12, 8
Name = tuple[str, int, int]


def beginnings(names: Sequence[Name]) -> Iterator[tuple[str, int, int]]:
    """Yields beginning, position and place; `names` are sorted (key, place, score)."""
    for length in range(1, LONGEST + 1):
        long_enough = (name for name in names if len(name[0]) >= length)
        for key, group in groupby(long_enough, partial(_beginning, length)):
            found = list(group)
            if len(found) > MOST_SCANNED:
                for position, place in enumerate(_best(found)):
                    yield key, position, place


def _beginning(length: int, name: Name) -> str:
    return name[0][:length]


def _best(found: list[Name]) -> list[int]:
    scores: dict[int, int] = {}
    for _, place, score in found:
        scores[place] = max(score, scores.get(place, 0))
    return heapq.nsmallest(FIRST, scores, key=lambda place: (-scores[place], place))
