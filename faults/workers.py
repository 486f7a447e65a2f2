"""Processes of their own, each with its own MongoClient, that can act at the same moment."""

import logging
import multiprocessing
import os
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from threading import BrokenBarrierError
from typing import Any, Self

from stack.common.limits import no_limits

WAIT_SECONDS = 60
TASK_SECONDS = 900


class WorkersError(RuntimeError):
    """A member failed; the message is its traceback."""


@dataclass(frozen=True)
class Member:
    """What a task knows of its process: its place among the workers, and how to meet the others."""

    place: int
    size: int
    barrier: Any

    def meet(self) -> None:
        self.barrier.wait(WAIT_SECONDS)


class Workers:
    """`do` has every member run the same task. They end with this process, however it ends,
    meet no rate limit, and log nothing: what fails on purpose would drown the rest."""

    def __init__(self, size: int, environment: Mapping[str, str] | None = None) -> None:
        context = multiprocessing.get_context("spawn")
        self.barrier = context.Barrier(size)
        self.size = size
        self.pipes: list[Connection] = []
        self.processes = []
        for place in range(size):
            ours, theirs = context.Pipe()
            member = Member(place, size, self.barrier)
            process = context.Process(
                target=_serve, args=(theirs, member, dict(environment or {})), daemon=True
            )
            self.pipes.append(ours)
            self.processes.append((process, theirs))

    def __enter__(self) -> Self:
        for process, theirs in self.processes:
            process.start()
            theirs.close()
        return self

    def __exit__(self, *_: object) -> None:
        for pipe in self.pipes:
            pipe.close()
        for process, _theirs in self.processes:
            process.terminate()
        for process, _theirs in self.processes:
            process.join(WAIT_SECONDS)

    def do(self, task: Callable[..., Any], *arguments: Any) -> list[Any]:
        """Runs `task(member, *arguments)` in all members; returns what they return, by place."""
        self.begin(task, *arguments)
        return self.finish()

    def begin(self, task: Callable[..., Any], *arguments: Any) -> None:
        if self.barrier.broken:
            self.barrier.reset()
        for pipe in self.pipes:
            pipe.send((task, arguments))

    def finish(self) -> list[Any]:
        replies = [self._reply(pipe) for pipe in self.pipes]
        failures = [reply for worked, reply in replies if not worked]
        if failures:
            raise WorkersError("\n".join(failures))
        return [reply for _, reply in replies]

    def _reply(self, pipe: Connection) -> tuple[bool, Any]:
        if not pipe.poll(TASK_SECONDS):
            return False, f"no answer within {TASK_SECONDS} s"
        try:
            worked, reply = pipe.recv()
        except (EOFError, ConnectionError):
            return False, "a worker process has ended"
        return worked, reply


def _serve(pipe: Connection, member: Member, environment: dict[str, str]) -> None:
    os.environ.update(no_limits() | environment)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "airbnb.settings")
    import django

    django.setup()
    logging.disable()
    _load_everything()
    with suppress(EOFError, KeyboardInterrupt):
        while True:
            task, arguments = pipe.recv()
            pipe.send(_run(task, member, arguments))


def _load_everything() -> None:
    """What the first request of a process would wait for."""
    from django.test import Client

    Client(SERVER_NAME="localhost").get("/livez")


def _run(task: Callable[..., Any], member: Member, arguments: Sequence[Any]) -> tuple[bool, Any]:
    try:
        return True, task(member, *arguments)
    except BrokenBarrierError:
        return False, f"member {member.place}: another did not come to the start"
    except Exception:  # noqa: BLE001 the parent raises it again
        member.barrier.abort()
        return False, traceback.format_exc()
