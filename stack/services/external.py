"""Services that the environment names are used as they are, once they answer."""

import socket
from collections.abc import Mapping
from urllib.parse import urlsplit

from pymongo import MongoClient
from pymongo.errors import PyMongoError

from stack.common.errors import StackError

SECONDS = 5.0


def require_answers(environ: Mapping[str, str]) -> None:
    for name, check in CHECKS.items():
        problem = check(environ[name]) if name in environ else ""
        if problem:
            raise StackError(
                f"the server that {name} names: {problem}",
                fix=f"start that server, or unset {name}, and ours is started",
            )


def mongodb(uri: str) -> str:
    try:
        with MongoClient[dict[str, object]](
            uri, serverSelectionTimeoutMS=int(SECONDS * 1000)
        ) as client:
            hello = client.admin.command("hello")
    except PyMongoError as error:
        return f"no answer ({type(error).__name__})"
    return "" if "setName" in hello else "it is no replica set, which transactions need"


def kafka(servers: str) -> str:
    return "" if any(_listens(server) for server in servers.split(",")) else "no answer"


def redis(url: str) -> str:
    parts = urlsplit(url)
    return "" if _listens(f"{parts.hostname}:{parts.port or 6379}") else "no answer"


def _listens(server: str) -> bool:
    host, _, port = server.strip().rpartition(":")
    try:
        with socket.create_connection((host, int(port)), timeout=SECONDS):
            return True
    except (OSError, ValueError):
        return False


CHECKS = {"MONGODB_URI": mongodb, "KAFKA_BOOTSTRAP_SERVERS": kafka, "REDIS_URL": redis}
