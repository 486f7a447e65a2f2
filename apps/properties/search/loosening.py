"""What to leave out when little is found: each filter with how many more there are without it."""

from typing import Any

from apps.properties.replies.search import LoosenReply
from apps.properties.rows import search_entries
from apps.properties.search.queries import Query, all_of

# Below so many found homes it is worth saying.
LITTLE = 5
# So many homes of the place are looked at.
LOOKED_AT = 5_000


def loosened(query: Query, *, found: int) -> list[LoosenReply]:
    """Counts by one command what is found without each of the filters, the most helpful first."""
    if not query.filters:
        return []
    ways: dict[str, list[dict[str, Any]]] = {
        name: [{"$match": all_of(query.wanted(without=name))}, {"$count": "count"}]
        for name in query.filters
    }
    stages: list[dict[str, Any]] = [
        {"$match": all_of(query.place())},
        {"$limit": LOOKED_AT},
        {"$facet": ways},
    ]
    [row] = search_entries.aggregate(stages, hint=query.hint())
    counts = {name: rows[0]["count"] if rows else 0 for name, rows in row.items()}
    return [
        LoosenReply(filter=name, found=count)
        for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if count > found
    ]
