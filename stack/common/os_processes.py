"""Finding our processes again: each carries its instance's folder in its environment."""

import ctypes
import os
import signal
from collections.abc import Iterable
from pathlib import Path

from stack.common.errors import StackError
from stack.common.ports import all_pids
from stack.common.waiting import wait_until

MARK = "LOCAL_STACK_INSTANCE"
PR_SET_PDEATHSIG = 1


def marked(directory: Path) -> list[int]:
    """The pids that an instance's supervisor started, and their children; never our own line."""
    entry = f"{MARK}={directory}".encode()
    return [pid for pid in all_pids() if pid not in own_line() and entry in environment(pid)]


def environment(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return []


def own_line() -> set[int]:
    """Our own process and its ancestors."""
    line, pid = set(), os.getpid()
    while pid > 0:
        line.add(pid)
        pid = int(stat_fields(pid)[1]) if alive(pid) else 0
    return line


def stat_fields(pid: int) -> list[str]:
    """State, parent, ...: what stands in /proc/PID/stat after the command's name."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def alive(pid: int) -> bool:
    try:
        return stat_fields(pid)[0] != "Z"
    except OSError:
        return False


def send(pids: Iterable[int], number: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


def end_processes(directory: Path, *, seconds: float = 20) -> list[int]:
    """Ends what an instance left behind, gently and then hard. Returns the pids it found."""
    found = marked(directory)
    send(found, signal.SIGTERM)
    try:
        wait_until(lambda: not marked(directory), "leftovers", seconds=seconds if found else 0)
    except StackError:
        send(marked(directory), signal.SIGKILL)
    return found


def end_with_parent() -> None:
    """For `preexec_fn`: the kernel sends SIGTERM when the thread that started the child ends."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
