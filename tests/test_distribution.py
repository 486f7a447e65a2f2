"""A worker that crashes in the middle: its test fails, everything else runs, and the run ends."""

import os
import re
import subprocess
import sys

import pytest

from stack.common.paths import ROOT

pytestmark = pytest.mark.unit
CONFTEST = """
from pathlib import Path
from tests import distribution

distribution.ROOT = Path(__file__).parent


def pytest_xdist_make_scheduler(config, log):
    return distribution.ByUnit(config, log)
"""
FINE = "import time\n\n\ndef test_one():\n    time.sleep(0.05)\n\n\ndef test_two():\n    pass\n"
CRASH = "import os\n\n\ndef test_one():\n    os._exit(3)\n\n\ndef test_two():\n    pass\n"


def test_a_crash_fails_one_test_and_stops_nothing(tmp_path):
    (tmp_path / "conftest.py").write_text(CONFTEST)
    for number in range(12):
        (tmp_path / f"test_{number:02}.py").write_text(CRASH if number == 7 else FINE)
    environ = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
    options = [
        "-p",
        "xdist.plugin",
        "-q",
        "-n",
        "2",
        "-p",
        "no:cacheprovider",
        "--dist",
        "loadscope",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "-c", os.devnull, "--rootdir", tmp_path, "."],
        cwd=tmp_path,
        env={**environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert re.search(r"1 failed, 23 passed", done.stdout), done.stdout + done.stderr
    assert "crashed while running 'test_07.py::test_one'" in done.stdout
