"""Makes the members that MONGODB_URI names a replica set and gives it its two users.

Kubernetes runs it as a Job in the image of all roles. Safe to repeat: a second run changes only
the users' passwords. Members know each other by a key file, which also logs us in as `__system`.
"""

import os
import time
from pathlib import Path
from typing import Any

from pymongo import MongoClient
from pymongo.errors import OperationFailure
from pymongo.uri_parser import parse_uri

NOT_YET_INITIALIZED, USER_EXISTS = 94, 51003
WAIT_SECONDS = 120
Client = MongoClient[dict[str, Any]]


def main() -> None:
    uri = parse_uri(os.environ["MONGODB_URI"])
    members = [f"{host}:{port}" for host, port in uri["nodelist"]]
    key = "".join(Path(os.environ["MONGODB_KEYFILE"]).read_text().split())
    name = uri["options"]["replicaSet"]
    with internal_client(members[:1], key, directConnection=True) as first:
        initiate(first, name, members)
    with internal_client(members, key, replicaSet=name) as client:
        wait_for_primary(client)
        for user, password, roles in users():
            ensure_user(client, user, password, roles)
            print(f"user {user}: as declared", flush=True)


def internal_client(members: list[str], key: str, **options: Any) -> Client:
    return MongoClient(
        members,
        username="__system",
        password=key,
        authSource="local",
        authMechanism="SCRAM-SHA-256",
        serverSelectionTimeoutMS=WAIT_SECONDS * 1000,
        **options,
    )


def initiate(client: Client, name: str, members: list[str]) -> None:
    try:
        client.admin.command("replSetGetStatus")
    except OperationFailure as error:
        if error.code != NOT_YET_INITIALIZED:
            raise
        listed = [{"_id": place, "host": host} for place, host in enumerate(members)]
        client.admin.command("replSetInitiate", {"_id": name, "members": listed})
        print(f"replica set {name}: {', '.join(members)}", flush=True)


def wait_for_primary(client: Client) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not client.admin.command("hello").get("isWritablePrimary"):
        if time.monotonic() > deadline:
            raise SystemExit("no primary was elected")
        time.sleep(0.5)


def users() -> list[tuple[str, str, list[dict[str, str]]]]:
    """Name, password and roles. The application's user can change its own database only."""
    database = os.environ["MONGODB_DATABASE"]
    own = [{"role": role, "db": database} for role in ("readWrite", "dbAdmin")]
    return [
        ("root", os.environ["MONGODB_ROOT_PASSWORD"], [{"role": "root", "db": "admin"}]),
        (os.environ["MONGODB_USERNAME"], os.environ["MONGODB_PASSWORD"], own),
    ]


def ensure_user(client: Client, user: str, password: str, roles: list[dict[str, str]]) -> None:
    try:
        client.admin.command("createUser", user, pwd=password, roles=roles)
    except OperationFailure as error:
        if error.code != USER_EXISTS:
            raise
        client.admin.command("updateUser", user, pwd=password, roles=roles)


if __name__ == "__main__":
    main()
