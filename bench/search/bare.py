"""The ceiling of a search: a WSGI function that sends the very commands that ours sent for the same
request, and replies what they find."""

import os
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import bson
import orjson
from pymongo import MongoClient
from pymongo.database import Database

Environ = dict[str, Any]
COMMANDS = "BENCH_COMMANDS"
# Whatever a command finds comes at once.
WHOLE = 100_000


@cache
def database() -> Database[dict[str, Any]]:
    client: MongoClient[dict[str, Any]] = MongoClient(os.environ["MONGODB_URI"])
    return client[os.environ["MONGODB_DATABASE"]]


@cache
def recorded() -> dict[str, list[dict[str, Any]]]:
    with Path(os.environ[COMMANDS]).open("rb") as file:
        return {call["path"]: call["commands"] for call in bson.decode_file_iter(file)}


def application(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    path = "?".join(filter(None, (environ["PATH_INFO"], environ["QUERY_STRING"])))
    reply = [] if environ["PATH_INFO"] == "/livez" else [_found(each) for each in recorded()[path]]
    body = orjson.dumps(reply, default=str)
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    start_response("200 OK", headers)
    return [body]


def _found(command: dict[str, Any]) -> Any:
    if "find" in command:
        command = {**command, "batchSize": WHOLE}
    elif "aggregate" in command:
        command = {**command, "cursor": {"batchSize": WHOLE}}
    found = database().command(command)
    return found["cursor"]["firstBatch"] if "cursor" in found else found
