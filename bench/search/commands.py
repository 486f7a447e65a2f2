"""What a request asks of MongoDB: its commands, recorded in this process, and what the database
read to answer them, by its profiler. Import before the first connection."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import bson
from pymongo import monitoring

READS = ("find", "aggregate", "count", "distinct")
# Of the session that sent it; the ceiling has its own.
OF_A_SESSION = {"lsid", "$db", "$clusterTime", "txnNumber", "$readPreference"}
PROFILED, PROFILE_BYTES = 20, 64 * 1024 * 1024


class Cost(NamedTuple):
    """Of one request, on average."""

    commands: float
    documents: float
    keys: float
    results: float


class _Recorder(monitoring.CommandListener):
    def __init__(self) -> None:
        self.seen: list[dict[str, Any]] = []
        self.further = 0

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        if event.command_name in READS:
            command = dict(event.command)
            self.seen.append({k: v for k, v in command.items() if k not in OF_A_SESSION})
        self.further += event.command_name == "getMore"

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        pass

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        pass

    def take(self) -> tuple[list[dict[str, Any]], int]:
        seen, further = self.seen, self.further
        self.seen, self.further = [], 0
        return seen, further


_recorder = _Recorder()
monitoring.register(_recorder)


def record(paths: list[str], file: Path) -> Cost:
    """Sends each, appends its commands to `file`, and returns what they cost."""
    from django.test import Client

    client, commands, results = Client(SERVER_NAME="localhost"), 0, 0
    client.get(paths[0])
    with file.open("ab") as out, _profiled() as read:
        for number, path in enumerate(paths):
            _recorder.take()
            reply = client.get(path)
            if reply.status_code != 200:  # noqa: PLR2004
                raise RuntimeError(f"{path}: {reply.status_code} {reply.content[:500]!r}")
            seen, further = _recorder.take()
            out.write(bson.encode({"path": path, "commands": seen}))
            if number < PROFILED:
                commands += len(seen) + further
                results += len(reply.json().get("results", [{}]))
            if number == PROFILED - 1:
                read.stop()
    figures = (commands, read.documents, read.keys, results)
    return Cost(*(figure / PROFILED for figure in figures))


class _Read:
    def __init__(self) -> None:
        self.documents = self.keys = 0

    def stop(self) -> None:
        from django.conf import settings

        from apps.common import mongo

        database = mongo.database()
        database.command("profile", 0)
        for entry in database["system.profile"].find({"appName": settings.SERVICE_ROLE}):
            self.documents += entry.get("docsExamined", 0)
            self.keys += entry.get("keysExamined", 0)


@contextmanager
def _profiled() -> Iterator[_Read]:
    from apps.common import mongo

    database = mongo.database()
    database.command("profile", 0)
    database.drop_collection("system.profile")
    # Of its own accord it keeps one MB, which is less than the commands.
    database.create_collection("system.profile", capped=True, size=PROFILE_BYTES)
    database.command("profile", 2)
    try:
        yield _Read()
    finally:
        database.command("profile", 0)
