"""What slow work costs the calls beside it: their latencies while nothing else runs, and while 16
clients upload photos or log in without a pause, in turn on the same server."""

import io
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle

import httpx
from PIL import Image

from apps.accounts.models import User
from apps.accounts.tokens import token_issue
from apps.properties.rows import listings
from bench import data
from bench.load import middle_and_p95

CLIENTS = 16
ROUNDS = 3
SECONDS = 8.0
# What probes: two clients, each a call every 50 ms, as a few people do.
PROBES = 2
PAUSE_SECONDS = 0.05
# How long a refused client stays away; `Retry-After` would be longer.
REFUSED_SECONDS = 1.0
TIMEOUT_SECONDS = 70
Send = Callable[[httpx.Client], int]


def headers_of(user: User) -> dict[str, str]:
    return {"Authorization": f"Bearer {token_issue(user)[0]}"}


def flat_png() -> bytes:
    """24 million pixels in 73 kB."""
    written = io.BytesIO()
    Image.new("RGB", (6_000, 4_000), "navy").save(written, "PNG")
    return written.getvalue()


def uploads(host: User) -> Send:
    listing_id = data.first_listing()
    path, headers, body = f"/api/properties/{listing_id}/images", headers_of(host), flat_png()

    def send(client: httpx.Client) -> int:
        file = {"image": ("flat.png", body, "image/png")}
        status = client.post(path, headers=headers, files=file).status_code
        listings.update_one({"_id": listing_id}, {"$set": {"images": []}})
        return status

    return send


def logins() -> Send:
    call = data.login_calls()[0]

    def send(client: httpx.Client) -> int:
        kind = {"Content-Type": "application/json"}
        return client.post(call.path, content=call.body, headers=kind).status_code

    return send


def searches() -> Send:
    paths = cycle([call.path for call in data.search_calls()])
    return lambda client: client.get(next(paths)).status_code


def profiles(guest: User) -> Send:
    headers = headers_of(guest)
    return lambda client: client.get("/api/traveler/profile", headers=headers).status_code


def measure(name: str, url: str, *, probe: Send, load: Send) -> None:
    """Prints the medians of the rounds."""
    idle, busy, statuses = [], [], []
    for _ in range(ROUNDS):
        idle.append(_latencies(url, probe))
        with _under(url, load) as seen:
            busy.append(_latencies(url, probe))
        statuses += seen
    done = sum(status < 400 for status in statuses) / (ROUNDS * SECONDS)  # noqa: PLR2004
    figures = [statistics.median(one[at] for one in side) for side in (idle, busy) for at in (0, 1)]
    print(
        f"{name:32} idle p50 {figures[0]:6.1f} p95 {figures[1]:6.1f} ms, beside p50 "
        f"{figures[2]:6.1f} p95 {figures[3]:6.1f} ms, p95 ratio {figures[3] / figures[1]:.2f};"
        f" {done:.1f}/s done, {statuses.count(503)} of {len(statuses)} were 503",
        flush=True,
    )


def _latencies(url: str, probe: Send) -> tuple[float, float]:
    until = time.monotonic() + SECONDS
    with ThreadPoolExecutor(PROBES) as pool:
        clients = [pool.submit(_probe, url, probe, until) for _ in range(PROBES)]
        found = sorted(latency for client in clients for latency in client.result())
    return middle_and_p95(found)


def _probe(url: str, probe: Send, until: float) -> list[float]:
    found = []
    with httpx.Client(base_url=url, timeout=TIMEOUT_SECONDS) as client:
        while time.monotonic() < until:
            began = time.perf_counter()
            status = probe(client)
            found.append((time.perf_counter() - began) * 1000)
            if status != 200:  # noqa: PLR2004
                raise RuntimeError(f"the probe got a {status}")
            time.sleep(PAUSE_SECONDS)
    return found


@contextmanager
def _under(url: str, load: Send) -> Iterator[list[int]]:
    over, seen = threading.Event(), []

    def run() -> None:
        with httpx.Client(base_url=url, timeout=TIMEOUT_SECONDS) as client:
            while not over.is_set():
                seen.append(load(client))
                if seen[-1] == 503:  # noqa: PLR2004
                    over.wait(REFUSED_SECONDS)

    with ThreadPoolExecutor(CLIENTS) as pool:
        for _ in range(CLIENTS):
            pool.submit(run)
        time.sleep(1)
        try:
            yield seen
        finally:
            over.set()
