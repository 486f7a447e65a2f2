"""Debian's redis-server with settings of its own: append-only file, loopback."""

import socket
from dataclasses import dataclass
from pathlib import Path

from stack.common.waiting import wait_until


@dataclass(frozen=True)
class RedisServer:
    data: Path
    port: int

    def command(self) -> list[str]:
        self.data.mkdir(parents=True, exist_ok=True)
        return [
            *("redis-server", "--port", str(self.port), "--bind", "127.0.0.1"),
            *("--dir", str(self.data), "--appendonly", "yes", "--save", "", "--daemonize", "no"),
        ]

    def environment(self) -> dict[str, str]:
        return {}


def wait_for(port: int, *, seconds: float = 30) -> None:
    wait_until(lambda: pongs(port), f"Redis on port {port}", seconds=seconds)


def pongs(port: int) -> bool:
    """False also while Redis still reads its file (-LOADING)."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(64).startswith(b"+PONG")
    except OSError:
        return False
