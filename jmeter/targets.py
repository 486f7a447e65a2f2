"""The seed's table of targets and critical thresholds."""

from dataclasses import dataclass

from jmeter.samples import Figures


@dataclass(frozen=True)
class Target:
    name: str
    unit: str
    target: float
    critical: float
    more_is_better: bool = False

    def meets(self, value: float, bound: float) -> bool:
        return value > bound if self.more_is_better else value < bound

    def verdict(self, value: float) -> str:
        if self.meets(value, self.target):
            return "met"
        return "missed" if self.meets(value, self.critical) else "CRITICAL"


AVERAGE = Target("Average response time", "ms", 500, 2000)
P95 = Target("95th percentile", "ms", 1000, 3000)
THROUGHPUT = Target("Throughput", "requests/s", 100, 50, more_is_better=True)
ERRORS = Target("Error rate", "%", 1, 5)
CPU = Target("CPU utilization", "%", 70, 90)
MEMORY = Target("Memory usage", "%", 80, 95)


def measured(
    found: Figures, *, offered: float, cpu: float, memory: float
) -> list[tuple[Target, float]]:
    """The throughput is left out where too few users ask to reach its target at all."""
    return [
        (AVERAGE, found.average),
        (P95, found.p95),
        *([(THROUGHPUT, found.per_second)] if offered > THROUGHPUT.target else []),
        (ERRORS, found.errors * 100),
        (CPU, cpu),
        (MEMORY, memory),
    ]
