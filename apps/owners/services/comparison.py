"""Compares a rebuilt fact with the live one: what differs, and a checksum of all that agree."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bson import json_util

from apps.owners.rows import BookingFactRow

PRICE = ("currency", "total", "priced_version")
Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """`expected` is what the topics say, `found` what is live; None is no fact at all."""

    booking_id: str
    expected: BookingFactRow | None
    found: BookingFactRow | None

    @property
    def is_none(self) -> bool:
        if self.expected is None or self.found is None:
            return self.expected is self.found
        return _text(self.expected) == _text(_comparable(self.expected, self.found))

    @property
    def is_behind(self) -> bool:
        """Whether the live fact lacks something newer."""
        if self.expected is None:
            return False
        return self.found is None or _version(self.found) < _version(self.expected)

    def is_expired(self, since: dt.datetime | None) -> bool:
        """Whether the live fact is of an event newer than those in the topics, which has expired
        there: one topic may keep its messages longer than another."""
        if self.expected is None or self.found is None:
            return False
        if _version(self.found) <= _version(self.expected):
            return False
        changed_at, known_at = self.found.get("changed_at"), self.expected["changed_at"]
        if not isinstance(changed_at, dt.datetime):
            return False
        return known_at < changed_at and (since is None or changed_at <= since.replace(tzinfo=None))

    def fields(self) -> dict[str, tuple[Any, Any]]:
        """Returns {field: (in the topics, live)} of those that differ."""
        expected: Fields = self.expected or {}
        found: Fields = self.found or {}
        if self.expected and self.found:
            found = _comparable(expected, found)
        names = sorted(expected.keys() | found.keys())
        pairs = {name: (expected.get(name), found.get(name)) for name in names}
        return {name: pair for name, pair in pairs.items() if _text(pair[0]) != _text(pair[1])}


@dataclass
class Checksum:
    """The sum of the rows' digests: the same for the same rows in any order."""

    rows: int = 0
    total: int = 0

    def add(self, fact: Fields | None) -> None:
        if fact is not None:
            self.rows += 1
            digest = hashlib.sha256(_text(fact).encode()).digest()
            self.total = (self.total + int.from_bytes(digest)) % 2**256

    def __str__(self) -> str:
        return f"{self.total:064x}"


@dataclass
class Checksums:
    shadow: Checksum = field(default_factory=Checksum)
    live: Checksum = field(default_factory=Checksum)

    def add(self, expected: Fields | None, found: Fields | None) -> None:
        self.shadow.add(expected)
        self.live.add(found)


def price_to_keep(expected: Fields, found: Fields) -> dict[str, Any]:
    """Returns the live price where no event in the topics names one any more."""
    if "priced_version" in expected:
        return {}
    return {name: found[name] for name in PRICE if name in found}


def _comparable(expected: Fields, found: Fields) -> Fields:
    kept = price_to_keep(expected, found)
    return {name: value for name, value in found.items() if name not in kept}


def _version(fact: BookingFactRow) -> float:
    version = fact.get("version")
    return version if isinstance(version, int) else float("-inf")


def _text(value: Any) -> str:
    return json_util.dumps(value, sort_keys=True)
