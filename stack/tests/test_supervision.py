"""With real processes: what dies is restarted, and nothing outlives its instance."""

import os
import signal
import subprocess
import sys
import textwrap
from dataclasses import replace

import pytest

from stack.common.instances import UP
from stack.common.os_processes import MARK, alive, end_processes, marked
from stack.common.paths import ROOT
from stack.common.waiting import wait_until
from stack.processes.programs import APPLICATION, GATEWAY, SERVICE, Program
from stack.processes.supervisor import Supervisor

SLEEP = ["sleep", "600"]
PROGRAMS = [
    Program("store", SLEEP, SERVICE),
    Program("relay", SLEEP, APPLICATION),
    Program("gateway", SLEEP, GATEWAY),
]


@pytest.fixture
def instance(tmp_path):
    return replace(UP, base=tmp_path)


@pytest.fixture
def supervisor(instance):
    made = Supervisor(instance)
    made.write(PROGRAMS)
    made.start(dies_with_us=True)
    made.start_programs([program.name for program in PROGRAMS])
    wait_until(lambda: states(made) == {"RUNNING"}, "all programs", seconds=20)
    yield made
    if made.is_up():
        made.shutdown()
    end_processes(instance.directory)


def states(supervisor):
    return {info["statename"] for info in supervisor.processes()}


def test_a_killed_worker_is_restarted(supervisor):
    first = supervisor.process("relay")["pid"]
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: supervisor.process("relay")["pid"] not in {0, first}, "restart", seconds=20)
    wait_until(lambda: states(supervisor) == {"RUNNING"}, "all programs", seconds=20)


def test_shutdown_stops_services_last_and_leaves_nothing(supervisor, instance):
    pids = [info["pid"] for info in supervisor.processes()]
    supervisor.shutdown()
    log = (instance.logs / "supervisord.log").read_text()
    stopped = [
        line.split("stopped: ")[1].split()[0] for line in log.splitlines() if "stopped:" in line
    ]
    assert stopped == ["gateway", "relay", "store"]
    assert not any(alive(pid) for pid in pids)
    assert marked(instance.directory) == []


def test_reload_takes_over_added_and_removed_programs(supervisor):
    store = supervisor.process("store")["pid"]
    supervisor.write([PROGRAMS[0], Program("beat", SLEEP, APPLICATION)])
    supervisor.reload()
    assert {info["name"] for info in supervisor.processes()} == {"store", "beat"}
    assert supervisor.process("store")["pid"] == store


def test_what_a_killed_supervisor_left_is_swept_and_nothing_else(supervisor, instance):
    bystander = subprocess.Popen(SLEEP, env={**os.environ, MARK: f"{instance.directory}-other"})
    try:
        os.kill(supervisor.rpc.getPID(), signal.SIGKILL)
        wait_until(lambda: not supervisor.is_up(), "supervisord's end", seconds=10)
        assert len(end_processes(instance.directory)) == 3
        assert marked(instance.directory) == []
        assert alive(bystander.pid)
    finally:
        bystander.kill()
        bystander.wait()


def test_the_stack_ends_with_a_parent_that_is_killed_hard(instance):
    starter = textwrap.dedent(f"""
        import time
        from dataclasses import replace
        from pathlib import Path
        from stack.common.instances import UP
        from stack.processes.programs import Program
        from stack.processes.supervisor import Supervisor
        supervisor = Supervisor(replace(UP, base=Path({str(instance.base)!r})))
        supervisor.write([Program("relay", {SLEEP!r}, 50)])
        supervisor.start(dies_with_us=True)
        supervisor.start_programs(["relay"])
        time.sleep(600)
    """)
    parent = subprocess.Popen([sys.executable, "-c", starter], cwd=ROOT)
    wait_until(lambda: len(marked(instance.directory)) == 2, "both processes", seconds=20)
    parent.kill()
    parent.wait()
    wait_until(lambda: not marked(instance.directory), "their end", seconds=20)
