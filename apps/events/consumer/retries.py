"""What a partition waits for: the record that failed, how often, and when it is tried again."""

import datetime as dt
import time
from dataclasses import dataclass

from kafka import TopicPartition

from apps.common.clock import utc_now
from apps.events.failures import UNKNOWN

BACKOFF_MAX_SECONDS = 30.0
DOUBLINGS = 8


@dataclass
class Retry:
    """`unknown` counts the failures that may be the message's fault, `attempts` all of them."""

    offset: int
    first_failed_at: dt.datetime
    attempts: int = 0
    unknown: int = 0
    resume_at: float = 0.0

    def back_off(self) -> None:
        seconds = 0.2 * 2 ** min(self.attempts, DOUBLINGS)
        self.resume_at = time.monotonic() + min(seconds, BACKOFF_MAX_SECONDS)


class Retries(dict[TopicPartition, Retry]):
    def note(self, tp: TopicPartition, offset: int, *, kind: str) -> Retry:
        """One more failure of this record."""
        retry = self.get(tp)
        if retry is None or retry.offset != offset:
            retry = self[tp] = Retry(offset, utc_now())
        retry.attempts += 1
        retry.unknown += kind == UNKNOWN
        return retry

    def due(self) -> set[TopicPartition]:
        return {tp for tp, retry in self.items() if retry.resume_at <= time.monotonic()}
