"""Is a process ready? A web role answers /readyz with 200, a worker has a fresh heartbeat file."""

import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from http import HTTPStatus

from stack.common.instances import Instance
from stack.common.ports import is_open
from stack.processes.application import WORKERS, heartbeat, web_ports
from stack.services.redis import pongs

FRESH_SECONDS = 30
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Readiness:
    ready: bool
    detail: str = ""


def readiness(instance: Instance, name: str, *, split: bool) -> Readiness:
    ports = instance.ports
    web = web_ports(instance, split=split)
    if name in web:
        return answer(f"http://127.0.0.1:{web[name]}/readyz")
    if name in WORKERS:
        return heartbeat_of(instance, name)
    if name == "gateway":
        return answer(f"http://127.0.0.1:{ports.web}/")
    if name == "redis":
        return Readiness(pongs(ports.redis))
    return Readiness(is_open({"mongod": ports.mongo, "kafka": ports.kafka}[name]))


def answer(url: str) -> Readiness:
    try:
        with DIRECT.open(url, timeout=5) as reply:
            return Readiness(reply.status == HTTPStatus.OK)
    except urllib.error.HTTPError as error:
        return Readiness(False, f"{error.code} {missing(error.read())}")
    except OSError as error:
        return Readiness(False, str(error))


def missing(body: bytes) -> str:
    """What a 503 of /readyz names, whatever its shape, on one short line."""
    try:
        return json.dumps(json.loads(body))[:200]
    except ValueError:
        return body[:200].decode(errors="replace")


def heartbeat_of(instance: Instance, name: str) -> Readiness:
    try:
        age = time.time() - heartbeat(instance, name).stat().st_mtime
    except FileNotFoundError:
        return Readiness(False, "no heartbeat yet")
    return Readiness(age < FRESH_SECONDS, f"heartbeat {age:.0f} s ago")
