"""`make test-unit`: the tests that need no service, beside whatever runs on this machine."""

import os
from collections.abc import Sequence
from pathlib import Path

from stack.commands.testing import datasets, ended_by_signals, watched
from stack.common.instances import TEST
from stack.common.paths import PYTHON, ROOT
from stack.processes.environment import instance_environment

FOLDERS = ("apps", "tests", "stack", "jmeter")
MARK = "mark.unit"
OPTIONS = ("-m", "unit", "-n", "2", "--durations=5")


def test_unit(words: Sequence[str]) -> int:
    """All of them; with words, those in these files and folders."""
    TEST.make_directories()
    files = marked([ROOT / word for word in words or FOLDERS])
    environment = {**os.environ, **instance_environment(TEST), "DATASETS": str(datasets())}
    with ended_by_signals():
        return watched([str(PYTHON), "-m", "pytest", *OPTIONS, *map(str, files)], environment)


def marked(paths: Sequence[Path]) -> list[Path]:
    """Only files with such a test: collecting the others takes longer than running these."""
    found = [each for path in paths for each in ([path] if path.is_file() else tests_in(path))]
    return [path for path in found if MARK in path.read_text()]


def tests_in(folder: Path) -> list[Path]:
    return sorted(folder.rglob("test_*.py"))
