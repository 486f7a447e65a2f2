"""Who listens on a port. Read from /proc, so that nothing needs to be installed for it."""

import socket
from collections.abc import Iterable
from pathlib import Path

from stack.common.errors import StackError

LISTEN = "0A"


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def listening_inodes(port: int) -> set[str]:
    """The socket inodes that listen on the port, of IPv4 and IPv6."""
    found = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == LISTEN and int(fields[1].rsplit(":", 1)[1], 16) == port:
                found.add(fields[9])
    return found


def holders(port: int) -> list[tuple[int, str]]:
    """A (pid, command line) of each process that listens on the port, as far as we may see."""
    wanted = {f"socket:[{inode}]" for inode in listening_inodes(port)}
    return [(pid, command_line(pid)) for pid in all_pids() if wanted & open_files(pid)]


def all_pids() -> list[int]:
    return sorted(int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())


def open_files(pid: int) -> set[str]:
    try:
        entries = list(Path(f"/proc/{pid}/fd").iterdir())
    except OSError:
        return set()
    return {target(entry) for entry in entries}


def target(link: Path) -> str:
    """Empty for a file that was closed in the meantime."""
    try:
        return str(link.readlink())
    except OSError:
        return ""


def command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace").replace("\0", " ").strip()
    except OSError:
        return ""


def require_free(ports: Iterable[int]) -> None:
    for port in ports:
        if listening_inodes(port):
            raise StackError(
                f"port {port} is taken by {describe(port)}",
                fix="stop that process, or `make down` in the other clone, and try again",
            )


def describe(port: int) -> str:
    found = holders(port)
    return ", ".join(f"pid {pid} ({line[:120]})" for pid, line in found) or "another user's process"
