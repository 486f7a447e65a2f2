import os
import subprocess
import sys

import pytest

from jmeter.processors import profile, seconds_of
from stack.common.waiting import wait_until

pytestmark = pytest.mark.unit

BUSY = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'while True: pass'])"


def test_a_process_counts_with_all_below_it():
    process = subprocess.Popen([sys.executable, "-c", BUSY], start_new_session=True)
    try:
        wait_until(lambda: seconds_of({"it": process.pid})["it"] > 0.5, "its child", seconds=20)
    finally:
        os.killpg(process.pid, 9)
        process.wait()


def test_what_is_gone_counts_nothing():
    assert seconds_of({"gone": 2**22 + 1}) == {"gone": 0}


def test_shares_are_of_all_processors_the_largest_first():
    processors = os.cpu_count()
    before, after = {"a": 1.0, "b": 0.0}, {"a": 2.0, "b": 4.0, "started later": 9.0}
    shares = profile(before, after, 10)
    assert list(shares) == ["b", "a"]
    assert shares["b"] == 100 * 4 / (10 * processors)
