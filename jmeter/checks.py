"""The data before the load and the truth after it, by commands of our own."""

import os
import secrets
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pymongo import MongoClient

from stack.common.errors import StackError
from stack.common.paths import PYTHON, ROOT
from stack.common.waiting import wait_until
from stack.setup.data import for_commands

DRAIN_SECONDS = 120


@dataclass(frozen=True)
class Verdict:
    holds: bool
    text: str


def make_data(environment: Mapping[str, str], users: int) -> str:
    """Listings and the users load-1@example.com and so on; returns their password."""
    password = secrets.token_urlsafe(16)
    done = subprocess.run(
        [str(PYTHON), "-m", "bench.load_data", str(users)],
        cwd=ROOT,
        env={**for_commands(environment), "LOAD_PASSWORD": password},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise StackError(f"the load data: {done.stderr}")
    return password


def wait_drained(environment: Mapping[str, str]) -> None:
    """Until the relay has published every event."""
    with MongoClient[dict[str, Any]](environment["MONGODB_URI"]) as client:
        outbox = client[environment["MONGODB_DATABASE"]].outbox
        wait_until(
            lambda: outbox.find_one({"published_at": None}) is None,
            "the outbox",
            seconds=DRAIN_SECONDS,
        )


def verify(environment: Mapping[str, str]) -> Verdict:
    """What `manage.py verify_bookings` and `verify_messages` say, and that no message became a dead
    letter."""
    done = [_manage(environment, name) for name in ("verify_bookings", "verify_messages")]
    with MongoClient[dict[str, Any]](environment["MONGODB_URI"]) as client:
        letters = client[environment["MONGODB_DATABASE"]].dead_letters.count_documents({})
    said = "".join(f"{one.stdout}{one.stderr}" for one in done)
    is_right = not any(one.returncode for one in done) and letters == 0
    return Verdict(is_right, f"{said}{letters:>6}  dead letters\n")


def _manage(environment: Mapping[str, str], name: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(PYTHON), "manage.py", name],
        cwd=ROOT,
        env={**os.environ, **for_commands(environment)},
        capture_output=True,
        text=True,
        check=False,
    )
