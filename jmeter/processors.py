"""Which program took the processors: the profile beside a missed CPU target."""

import os
from collections.abc import Mapping
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def seconds_of(roots: Mapping[str, int]) -> dict[str, float]:
    """Processor seconds so far of each named process and of all below it."""
    stats = _stats()
    children: dict[int, list[int]] = {}
    for pid, (parent, _) in stats.items():
        children.setdefault(parent, []).append(pid)
    return {name: _total(pid, stats, children) / TICKS for name, pid in roots.items()}


def _total(pid: int, stats: dict[int, tuple[int, int]], children: dict[int, list[int]]) -> int:
    own = stats.get(pid, (0, 0))[1]
    return own + sum(_total(child, stats, children) for child in children.get(pid, []))


def _stats() -> dict[int, tuple[int, int]]:
    """The parent and the ticks of every process."""
    found = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            words = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        found[int(folder.name)] = (int(words[1]), int(words[11]) + int(words[12]))
    return found


def profile(
    before: Mapping[str, float], after: Mapping[str, float], seconds: float
) -> dict[str, float]:
    """Each program's share of all processors in percent, the largest first."""
    processors = os.cpu_count() or 1
    shares = {
        name: 100 * (after[name] - before[name]) / (seconds * processors)
        for name in after
        if name in before
    }
    return dict(sorted(shares.items(), key=lambda item: -item[1]))
