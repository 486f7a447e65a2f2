import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from bson import ObjectId

from apps.properties.imports.calendar import Calendar
from apps.properties.imports.places import Place
from apps.properties.imports.report import Report
from apps.properties.imports.scan import Scan

Progress = Callable[[str, int, int | None], None]
T = TypeVar("T")
# Nobody waits for a batch: on a busy machine it may take longer than a request.
BATCH_SECONDS = 50.0


@dataclass(frozen=True, kw_only=True)
class Context:
    """What the stages of one import share. `accepted` are the dump's listings that are stored,
    by their id in the dump; `shift` is the number of days that nights move."""

    place: Place
    source: str
    now: dt.datetime
    scan: Scan
    calendar: Calendar
    shift: int
    report: Report
    progress: Progress
    accepted: dict[str, ObjectId] = field(default_factory=dict)

    @property
    def dumped_on(self) -> dt.date | None:
        return self.scan.dumped_on(self.now.date())

    @property
    def claim_owner(self) -> str:
        return f"import:{self.source}"


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch
