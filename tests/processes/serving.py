"""A role's real server on a free port, and clients that read its streams."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import httpx
from prometheus_client.parser import text_string_to_metric_families

from stack.common.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]
PATH = "/api/notifications/stream"
WAIT_SECONDS = 40


class Server:
    def __init__(self, role, **environment) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [sys.executable, "docker/entrypoint.py"],
            cwd=ROOT,
            env={
                **os.environ,
                "SERVICE_ROLE": role,
                "BIND": f"127.0.0.1:{self.port}",
                "WEB_WORKERS": "1",
                "RATE_LIMIT_USER": "",
                "LOG_LEVEL": "INFO",
                **environment,
            },
            stderr=subprocess.PIPE,
            text=True,
        )
        wait_until(self._answers, f"the {role} server", seconds=WAIT_SECONDS)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/livez").status_code == 200
        except httpx.TransportError:
            return False

    def figure(self, name, **labels) -> float:
        text = httpx.get(f"{self.url}/metrics", timeout=WAIT_SECONDS).text
        for family in text_string_to_metric_families(text):
            for sample in family.samples:
                if sample.name == name and labels.items() <= sample.labels.items():
                    return sample.value
        return 0.0

    def stop(self) -> tuple[float, str]:
        """Seconds that a SIGTERM took, and the log."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        _, log = self.process.communicate(timeout=WAIT_SECONDS)
        return time.monotonic() - began, log


class Reader:
    """The events of one stream as (name, id, data); a comment's name is ":"."""

    def __init__(self, reply) -> None:
        self.reply = reply
        self.lines = reply.iter_lines()
        self.last_id = None

    def next(self):
        name, at, data = "message", None, None
        for line in self.lines:
            key, _, value = line.partition(":")
            if line == "":
                self.last_id = at or self.last_id
                return name, at, data
            if not key:
                name = ":"
            elif key == "event":
                name = value.strip()
            elif key == "id":
                at = value.strip()
            elif key == "data":
                data = json.loads(value)
        return None

    def until(self, wanted, count=1):
        """The data of the next `count` events of a name."""
        found = []
        while len(found) < count:
            event = self.next()
            assert event is not None, f"the stream ended after {found}"
            if event[0] == wanted:
                found.append(event[2])
        return found

    def ids_until(self, *ids):
        """All item ids that come until those given have come; each counts once."""
        seen = []
        while not set(ids) <= set(seen):
            seen += [item["id"] for item in self.until("notification")]
        return list(dict.fromkeys(seen))


@contextmanager
def listening(server, token, last_id=None):
    headers = {"Authorization": f"Bearer {token}", "Accept": "text/event-stream"}
    if last_id:
        headers["Last-Event-ID"] = last_id
    with (
        httpx.Client(timeout=WAIT_SECONDS) as client,
        client.stream("GET", f"{server.url}{PATH}", headers=headers) as reply,
    ):
        assert reply.status_code == 200, reply.read()
        yield Reader(reply)


class Crowd:
    """Very many idle streams over plain sockets, in the loop of the caller."""

    def __init__(self, port) -> None:
        self.port = port
        self.open = []

    async def grow(self, tokens, *, at_once=50) -> None:
        gate = asyncio.Semaphore(at_once)
        self.open += await asyncio.gather(*(self._join(gate, token) for token in tokens))

    async def _join(self, gate, token):
        async with gate:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            head = (
                f"GET {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n\r\n"
            )
            writer.write(head.encode())
            async with asyncio.timeout(WAIT_SECONDS):
                await reader.readuntil(b"event: ready")
            return reader, writer

    def leave(self) -> None:
        for _, writer in self.open:
            writer.close()
