"""`make image`: builds the images and runs each role in a container until its probe answers."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from airbnb.roles import ROLES
from stack.common.errors import StackError
from stack.common.progress import report
from stack.common.waiting import wait_until
from stack.images import build as images
from stack.images.podman import container_log, podman, podman_succeeds, run_command
from stack.processes.readiness import answer

PREFIX = "staywell-"
PORT = 18180
SPA_PORT = 8080
READY_SECONDS = 60
SET_UP = ("migrate", "ensure_indexes", "create_topics")
PASSED_ON = (
    "SECRET_KEY",
    "JWT_PUBLIC_KEYS",
    "MONGODB_URI",
    "MONGODB_DATABASE",
    "KAFKA_BOOTSTRAP_SERVERS",
    "KAFKA_PREFIX",
    "REDIS_URL",
)
# Nobody is paid or written to: what production insists on, and no account's.
PRODUCTION = (
    "ALLOWED_HOSTS=127.0.0.1",
    "SITE_URL=https://staywell.example",
    "PAYMENT_PROVIDER=stripe",
    "STRIPE_SECRET_KEY=sk_live_of_no_account",
    "STRIPE_WEBHOOK_SECRET=whsec_of_no_account",
    "EMAIL_HOST=mail.staywell.example",
)


def main() -> int:
    """A line for each container: its image's size and the seconds until its probe answered."""
    for name in ("SECRET_KEY", "JWT_SECRET_KEY", "JWT_PUBLIC_KEYS"):
        os.environ[name] = Path(os.environ[f"{name}_FILE"]).read_text()
    backend, spa = (images.megabytes(image) for image in (images.BACKEND, images.SPA))
    print(f"\n  {'container':<26}{'image MB':>9}{'seconds':>9}")
    shown("set-up job", backend, run_set_up())
    for role in ROLES:
        shown(role, backend, run_role(role))
    shown("frontend", spa, run_spa())
    return 0


def shown(name: str, size: int, seconds: float) -> None:
    print(f"  {name:<26}{size:>9}{seconds:>9.1f}", flush=True)


def run_set_up() -> float:
    """The commands of the Job in kustomize/base/set-up-job.yaml."""
    began = time.monotonic()
    own = ("SERVICE_ROLE=relay",)
    for command in SET_UP:
        words = run_command("set-up", images.BACKEND, [*PASSED_ON, *PRODUCTION, *own])
        words = ["--rm" if word == "--detach" else word for word in words]
        done = subprocess.run(
            [*words, "python3", "manage.py", command], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise StackError(f"manage.py {command} in the image\n{done.stdout}{done.stderr}")
    return time.monotonic() - began


def environment_of(role: str) -> list[str]:
    """Names of our own variables, and NAME=value."""
    return [
        *PASSED_ON,
        *PRODUCTION,
        *(["JWT_SECRET_KEY"] if ROLES[role].signs else []),
        f"SERVICE_ROLE={role}",
        f"BIND=127.0.0.1:{PORT}",
        "WEB_WORKERS=1",
        f"METRICS_BIND=127.0.0.1:{PORT + 1}",
    ]


def run_role(role: str) -> float:
    with container(role, images.BACKEND, environment_of(role)) as (name, began):
        wait_for(name, lambda: is_healthy(name) and is_ready(role))
        refuse_root(name, "1000")
        return time.monotonic() - began


def run_spa() -> float:
    with container("frontend", images.SPA, []) as (name, began):
        wait_for(name, lambda: answer(f"http://127.0.0.1:{SPA_PORT}/healthz").ready)
        if not answer(f"http://127.0.0.1:{SPA_PORT}/bookings").ready:
            raise StackError("the SPA's image does not answer for the SPA's own routes")
        refuse_root(name, "101")
        return time.monotonic() - began


def is_healthy(name: str) -> bool:
    """What the image's HEALTHCHECK and the workers' probes run."""
    return podman_succeeds("exec", name, "python3", "docker/healthcheck.py")


def is_ready(role: str) -> bool:
    return not ROLES[role].is_web or answer(f"http://127.0.0.1:{PORT}/readyz").ready


def refuse_root(name: str, user: str) -> None:
    found = podman("exec", name, "id", "-u")
    if found != user:
        raise StackError(f"{name} runs as uid {found}, not {user}")


@contextmanager
def container(role: str, image: str, environment: list[str]) -> Iterator[tuple[str, float]]:
    name = f"{PREFIX}{role}"
    podman("rm", "--force", "--time", "10", name, check=False)
    began = time.monotonic()
    subprocess.run(run_command(name, image, environment), check=True, stdout=subprocess.DEVNULL)
    try:
        yield name, began
    finally:
        podman("rm", "--force", "--time", "10", name, check=False)


def wait_for(name: str, ready: Callable[[], bool]) -> None:
    try:
        wait_until(ready, name, seconds=READY_SECONDS, pause=0.3)
    except StackError as error:
        raise StackError(f"{error}\n{container_log(name)}") from error


if __name__ == "__main__":
    try:
        sys.exit(main())
    except StackError as error:
        report(error)
        sys.exit(1)
