"""Keeps the list of words that listings are found by, for those who mistype them."""

from typing import Any

from apps.properties.gazetteer import shortened
from apps.properties.rows import SearchWordRow, search_entries, search_words

SHORTEST, BATCH = 4, 1000


def words_renew() -> int:
    """Reads the words of all entries, once, and returns how many there are. Searches go on."""
    stages: list[dict[str, Any]] = [
        {"$project": {"words": 1}},
        {"$unwind": "$words"},
        {"$group": {"_id": "$words"}},
    ]
    found = search_entries.aggregate(stages, allowDiskUse=True)
    wanted = {row["_id"] for row in found if _is_typed(row["_id"])}
    there = {row["_id"] for row in search_words.find({}, {"_id": 1})}
    fresh = [_row(word) for word in sorted(wanted - there)]
    gone = sorted(there - wanted)
    for at in range(0, len(fresh), BATCH):
        search_words.insert_many(fresh[at : at + BATCH])
    for at in range(0, len(gone), BATCH):
        search_words.delete_many({"_id": {"$in": gone[at : at + BATCH]}})
    return len(wanted)


def _is_typed(word: str) -> bool:
    return len(word) >= SHORTEST and not any(map(str.isdigit, word))


def _row(word: str) -> SearchWordRow:
    return {"_id": word, "typos": shortened(word)}
