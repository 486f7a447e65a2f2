import subprocess
import sys
import textwrap
from dataclasses import replace

import pytest

from stack.common.errors import StackError
from stack.common.instances import UP
from stack.common.lock import locked
from stack.common.paths import ROOT

pytestmark = pytest.mark.unit


@pytest.fixture
def instance(tmp_path):
    return replace(UP, base=tmp_path)


def held_elsewhere(instance) -> subprocess.Popen:
    code = textwrap.dedent(f"""
        from dataclasses import replace
        from pathlib import Path
        from stack.common.instances import UP
        from stack.common.lock import locked
        with locked(replace(UP, base=Path({str(instance.base)!r}))):
            print("held", flush=True)
            input()
    """)
    return subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_second_command_is_told_who_works_on_the_instance(instance):
    with held_elsewhere(instance) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(StackError, match=f"pid {other.pid}"), locked(instance):
            pass
        other.kill()
    with locked(instance):
        pass
