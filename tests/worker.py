"""A database, topics, consumer groups and a Redis database of its own for each worker of
pytest-xdist. A plugin (`-p tests.worker`), since Django's settings are read before conftest.py."""

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

# The first two are of a run without workers and of the whole system's stack.
FIRST_REDIS = 2


def environment(worker: str, provided: Mapping[str, str]) -> dict[str, str]:
    url = urlsplit(provided["REDIS_URL"])
    redis = int(url.path.strip("/") or 0) + FIRST_REDIS + int(worker.removeprefix("gw"))
    return {
        "MONGODB_DATABASE": f"{provided['MONGODB_DATABASE']}_{worker}",
        "KAFKA_PREFIX": f"{provided.get('KAFKA_PREFIX', '')}{worker}-",
        "REDIS_URL": url._replace(path=f"/{redis}").geturl(),
    }


if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ |= environment(os.environ["PYTEST_XDIST_WORKER"], os.environ)
