"""Which tests go to one worker together, which go first, and how many heavy ones run at once.

Units marked `slow` start processes, brokers or browsers of their own and mostly wait. Side by side
on every worker they would leave the cores to nobody; beside light ones they fill the pauses.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

TOGETHER = "tests/journeys/"
ROOT = Path(__file__).resolve().parents[1]
MOST_HEAVY = 2


def unit_of(nodeid: str) -> str:
    """A file; and all that share the one running system."""
    return TOGETHER if nodeid.startswith(TOGETHER) else nodeid.partition("::")[0]


@cache
def is_heavy(unit: str) -> bool:
    """Whether it is marked `slow`. Read off the file: the controller collects no tests."""
    return unit == TOGETHER or "pytest.mark.slow" in (ROOT / unit).read_text(encoding="utf-8")


class ByUnit(LoadScopeScheduling):
    """Hands out units in order, but passes over heavy ones while `MOST_HEAVY` workers have one."""

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)

    def _assign_work_unit(self, node: WorkerController) -> None:
        wanted = self._may_be_heavy(node)
        fitting = (unit for unit in self.workqueue if is_heavy(unit) == wanted)
        self.workqueue.move_to_end(next(fitting, next(iter(self.workqueue))), last=False)
        super()._assign_work_unit(node)

    def remove_node(self, node: WorkerController) -> str | None:
        """Returns the test in which the worker crashed. It is not run again, and only what was not
        run goes back: xdist's own (3.8) gives back all, and other workers that are handed finished
        units wait for a next test for ever."""
        units = self.assigned_work.pop(node)
        first = next(iter(_unfinished(units).values()), None)
        if first is None:
            return None
        crashed = next(test for test, is_done in first.items() if not is_done)
        first[crashed] = True
        self.workqueue.update(_unfinished(units))
        for other in self.assigned_work:
            self._reschedule(other)
        return crashed

    def _may_be_heavy(self, node: WorkerController) -> bool:
        return node in (busy := set(self._heavy_nodes())) or len(busy) < MOST_HEAVY

    def _heavy_nodes(self) -> Iterator[WorkerController]:
        for node, units in self.assigned_work.items():
            if any(is_heavy(unit) and not all(tests.values()) for unit, tests in units.items()):
                yield node


def _unfinished(units: Mapping[str, dict[str, bool]]) -> dict[str, dict[str, bool]]:
    return {unit: tests for unit, tests in units.items() if not all(tests.values())}


def longest_first(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """Heavy units before the others: what begins last ends last."""
    return sorted(items, key=lambda item: _rank(unit_of(item.nodeid)))


def _rank(unit: str) -> int:
    return 0 if unit == TOGETHER else 1 if is_heavy(unit) else 2
