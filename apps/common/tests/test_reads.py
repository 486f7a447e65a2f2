import subprocess
import sys

import msgspec
import pytest

from apps.common.json import read, read_each, readable

pytestmark = pytest.mark.unit


@readable
class Place(msgspec.Struct):
    name: str


class Bare(msgspec.Struct):
    name: str


def test_values_are_read_as_structs():
    assert read({"name": "Rome"}, Place) == Place("Rome")
    assert read_each([{"name": "Rome"}, {"name": "Oslo"}], Place) == [Place("Rome"), Place("Oslo")]
    with pytest.raises(msgspec.ValidationError):
        read({"name": 1}, Place)
    with pytest.raises(msgspec.ValidationError):
        read_each([{"name": "Rome"}, {}], Place)


def test_only_what_is_readable_is_read():
    with pytest.raises(TypeError, match="Bare is not decorated"):
        read({"name": "Rome"}, Bare)


def first_reads(*words: str) -> int:
    command = [sys.executable, "-m", "apps.common.tests.first_reads", *words]
    return subprocess.run(command, capture_output=True, check=False, timeout=120).returncode


def test_threads_that_are_the_first_to_read_do_not_end_the_process():
    """The control shows what ended our servers: a signal, not an exception."""
    assert first_reads() == 0
    assert first_reads("bare") < 0, "msgspec can do it now: `readable` has no use any more"
