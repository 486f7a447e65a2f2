"""JMeter's result file: one row a request."""

import csv
import math
import statistics
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Sample:
    """`start` and `elapsed` in milliseconds; `code` is the HTTP status or JMeter's word."""

    start: int
    elapsed: int
    label: str
    code: str
    succeeded: bool


@dataclass(frozen=True)
class Figures:
    """Times in milliseconds, `errors` as a share of all requests, `per_second` over the span."""

    count: int
    average: float
    p50: float
    p95: float
    longest: float
    per_second: float
    errors: float
    codes: Counter[str]


def read(results: Path) -> list[Sample]:
    with results.open(newline="") as file:
        return [
            Sample(
                int(row["timeStamp"]),
                int(row["elapsed"]),
                row["label"],
                row["responseCode"],
                row["success"] == "true",
            )
            for row in csv.DictReader(file)
        ]


def figures(samples: Iterable[Sample]) -> Figures:
    """Raises `ValueError` where there is no sample."""
    found = list(samples)
    if not found:
        raise ValueError("JMeter sent no request")
    times = sorted(sample.elapsed for sample in found)
    span = max(s.start + s.elapsed for s in found) - min(s.start for s in found)
    return Figures(
        count=len(found),
        average=statistics.fmean(times),
        p50=percentile(times, 50),
        p95=percentile(times, 95),
        longest=times[-1],
        per_second=len(found) * 1000 / max(span, 1),
        errors=sum(not sample.succeeded for sample in found) / len(found),
        codes=Counter(sample.code for sample in found),
    )


def percentile(ordered: list[int], share: int) -> float:
    """Nearest rank: the smallest value that `share` percent do not exceed."""
    return ordered[math.ceil(len(ordered) * share / 100) - 1]


def steady(samples: list[Sample], ramp_seconds: int) -> list[Sample]:
    """Those sent once all users had started."""
    begin = min(sample.start for sample in samples) + ramp_seconds * 1000
    return [sample for sample in samples if sample.start >= begin]
