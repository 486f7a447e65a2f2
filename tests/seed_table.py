"""The rows of docs/seed.md, and the rule that a test named there is never skipped."""

import re
from dataclasses import dataclass
from functools import cache

from stack.common.paths import ROOT

TABLE = ROOT / "docs" / "seed.md"
COLUMNS = 4
HEADER = "the seed says"


@dataclass(frozen=True)
class Row:
    says: str
    places: tuple[str, ...]
    tests: tuple[str, ...]
    differs: str


@cache
def rows() -> tuple[Row, ...]:
    cells = [
        [cell.strip() for cell in line.strip("|").split(" | ")]
        for line in TABLE.read_text().splitlines()
        if line.startswith("| ")
    ]
    return tuple(row(line) for line in cells if line[0] != HEADER)


def row(cells: list[str]) -> Row:
    if len(cells) == COLUMNS - 1:
        cells = [*cells, ""]
    says, places, tests, differs = cells
    quoted = re.compile("`([^`]+)`")
    return Row(says, tuple(quoted.findall(places)), tuple(quoted.findall(tests)), differs)


@cache
def named_tests() -> frozenset[str]:
    return frozenset(test for row in rows() for test in row.tests)


def insist(report):
    """The report of a test that docs/seed.md names, with its skip turned into a failure."""
    if report.skipped and report.nodeid.partition("[")[0] in named_tests():
        report.outcome = "failed"
        report.longrepr = "docs/seed.md names this test: it must not be skipped."
    return report
