"""Which tests go to one worker together, and which go first."""

from collections.abc import Sequence

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = "tests/journeys/"


def unit_of(nodeid: str) -> str:
    """A file; and all that share the one running system."""
    return TOGETHER if nodeid.startswith(TOGETHER) else nodeid.partition("::")[0]


class ByUnit(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)


def longest_first(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """Units with a test marked `slow` before the others: what begins last ends last."""
    slow = {unit_of(item.nodeid) for item in items if "slow" in item.keywords}
    return sorted(items, key=lambda item: _rank(unit_of(item.nodeid), slow))


def _rank(unit: str, slow: set[str]) -> int:
    return 0 if unit == TOGETHER else 1 if unit in slow else 2
