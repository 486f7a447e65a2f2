"""The facts made once more beside the live ones, held against them and put in their place, row by
row and only where a row is still the one that was looked at: the consumers go on writing."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bson import json_util
from pymongo import DeleteOne, InsertOne, ReplaceOne
from pymongo.errors import BulkWriteError

from apps.common import mongo
from apps.owners.services.facts import Facts, facts_live

Fact = dict[str, Any]
SHADOW = "booking_facts_shadow"
PRICE = ("currency", "total", "priced_version")
PAGE = 1000


@dataclass(frozen=True)
class Difference:
    """`expected` is what the topics say, `found` what is live; None is no fact at all."""

    booking_id: str
    expected: Fact | None
    found: Fact | None

    @property
    def is_behind(self) -> bool:
        """The live fact lacks something newer."""
        if self.expected is None:
            return False
        return self.found is None or _version(self.found) < _version(self.expected)


@dataclass
class Checksum:
    """The sum of the rows' digests: the same for the same rows in any order."""

    rows: int = 0
    total: int = 0

    def add(self, fact: Fact | None) -> None:
        if fact is not None:
            self.rows += 1
            digest = hashlib.sha256(_canonical(fact)).digest()
            self.total = (self.total + int.from_bytes(digest)) % 2**256

    def __str__(self) -> str:
        return f"{self.total:064x}"


@dataclass
class Sums:
    shadow: Checksum = field(default_factory=Checksum)
    live: Checksum = field(default_factory=Checksum)

    def add(self, expected: Fact | None, found: Fact | None) -> None:
        self.shadow.add(expected)
        self.live.add(found)


def shadow_facts() -> Facts:
    return mongo.collection(SHADOW)


def facts_to_compare(since: dt.datetime | None) -> Iterator[list[str]]:
    """Pages of the bookings that the topics know, then of those they should: with a live fact of
    something that came after `since`, from when on no event is missing."""
    shadow = shadow_facts()
    yield from _pages(shadow, {})
    if since is None:
        return
    for page in _pages(facts_live(), {"changed_at": {"$not": {"$lte": since}}}):
        unknown = sorted(set(page) - _rows(shadow, page).keys())
        if unknown:
            yield unknown


def facts_compare(ids: Sequence[str], sums: Sums, *, since: dt.datetime | None) -> list[Difference]:
    """Those that agree are added to the sums. A live fact of an event that has expired is newer
    than the topics and is left out."""
    expected, found = _rows(shadow_facts(), ids), _rows(facts_live(), ids)
    differences = []
    for booking_id in ids:
        one = Difference(booking_id, expected.get(booking_id), found.get(booking_id))
        if _same(one):
            sums.add(one.expected, one.expected)
        elif not _is_of_before(one, since):
            differences.append(one)
    return differences


def facts_mend(differences: Iterable[Difference]) -> int:
    """How many were mended. One whose live fact has changed since is left: it is to be looked at
    again."""
    writes = [_mending(one) for one in differences]
    if not writes:
        return 0
    done: Mapping[str, Any]
    try:
        done = facts_live().bulk_write(writes, ordered=False).bulk_api_result
    except BulkWriteError as error:
        if any(item["code"] != mongo.DUPLICATE_KEY for item in error.details["writeErrors"]):
            raise
        done = error.details
    return int(done["nInserted"] + done["nMatched"] + done["nRemoved"])


def _mending(one: Difference) -> InsertOne[Fact] | ReplaceOne[Fact] | DeleteOne:
    if one.found is None:
        return InsertOne(one.expected or {})
    if one.expected is None:
        return DeleteOne(one.found)
    return ReplaceOne(one.found, {**_price_kept(one.expected, one.found), **one.expected})


def fields_that_differ(difference: Difference) -> dict[str, tuple[Any, Any]]:
    """{field: (in the topics, live)}."""
    expected, found = difference.expected or {}, difference.found or {}
    if difference.expected and difference.found:
        found = _comparable(expected, found)
    names = sorted(expected.keys() | found.keys())
    pairs = {name: (expected.get(name), found.get(name)) for name in names}
    return {name: pair for name, pair in pairs.items() if _text(pair[0]) != _text(pair[1])}


def _same(one: Difference) -> bool:
    if one.expected is None or one.found is None:
        return one.expected is one.found
    return _canonical(one.expected) == _canonical(_comparable(one.expected, one.found))


def _comparable(expected: Fact, found: Fact) -> Fact:
    """Without the price where it was told before what the topics still hold."""
    kept = _price_kept(expected, found)
    return {name: value for name, value in found.items() if name not in kept}


def _price_kept(expected: Fact, found: Fact) -> Fact:
    if "priced_version" in expected:
        return {}
    return {name: found[name] for name in PRICE if name in found}


def _is_of_before(one: Difference, since: dt.datetime | None) -> bool:
    """The live fact is of an event newer than those in the topics, which has expired there: of one
    topic messages may be kept longer than of another."""
    if one.expected is None or one.found is None:
        return False
    if _version(one.found) <= _version(one.expected):
        return False
    changed_at, known_at = one.found.get("changed_at"), one.expected["changed_at"]
    if not isinstance(changed_at, dt.datetime):
        return False
    return known_at < changed_at and (since is None or changed_at <= since.replace(tzinfo=None))


def _version(fact: Fact) -> float:
    version = fact.get("version")
    return version if isinstance(version, int) else float("-inf")


def _canonical(fact: Fact) -> bytes:
    return _text(fact).encode()


def _text(value: Any) -> str:
    return json_util.dumps(value, sort_keys=True)


def _rows(facts: Facts, ids: Iterable[str]) -> dict[str, Fact]:
    return {row["_id"]: row for row in facts.find({"_id": {"$in": list(ids)}})}


def _pages(facts: Facts, query: dict[str, Any]) -> Iterator[list[str]]:
    last = ""
    while True:
        asked = {**query, "_id": {"$gt": last}}
        page = [row["_id"] for row in facts.find(asked, {"_id": 1}).sort("_id").limit(PAGE)]
        if not page:
            return
        yield page
        last = page[-1]
