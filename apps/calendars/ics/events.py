import datetime as dt
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple

from apps.calendars.enums import EventKind


class FeedError(Exception):
    """The feed as a whole cannot be used. Its text says what is wrong and where."""


class EventError(Exception):
    """One event cannot be used."""


def key_of(uid: str, recurrence: str = "") -> str:
    """Returns what stands for an event's identity in its feed."""
    return blake2b(f"{uid}\0{recurrence}".encode(), digest_size=16).hexdigest()


class FeedEvent(NamedTuple):
    """The nights [start, end). `uid` and `recurrence` are its identity in the feed: `recurrence` is
    empty, or the original start of one of a repetition."""

    uid: str
    recurrence: str
    start: dt.date
    end: dt.date
    kind: EventKind
    label: str

    @property
    def key(self) -> str:
        return key_of(self.uid, self.recurrence)


class Problem(NamedTuple):
    """What cannot be read in the feed, from `line` on; 0 is the feed as a whole."""

    line: int
    text: str


@dataclass
class Reading:
    events: list[FeedEvent] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
