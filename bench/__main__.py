"""Prints a table: requests a second and latencies of ours, of the ceiling, and their ratio.

`make bench ARGS=booking` measures only the cases whose names have that word.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from stack.common.paths import LOCAL

if TYPE_CHECKING:
    from apps.accounts.models import User

ROUNDS = 3
SECONDS = 4
SIZES = (1_000, 10_000, 100_000)
SEARCHES = LOCAL / "bench" / "search.jsonl"
PORTS = {"bare": 18201, "property": 18202, "traveler": 18203, "booking": 18204, "photos": 18205}
os.environ["MONGODB_DATABASE"] = "airbnb_bench"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "airbnb.settings")


@dataclass(frozen=True)
class Case:
    """`calls` gives the requests of a round for one of the two sides."""

    name: str
    role: str
    calls: Callable[[str, int], list]
    clients: int = 16
    conflicts: bool = False


def main() -> None:
    import django

    django.setup()
    from bench import data, pages
    from bench.servers import serving

    if sys.argv[1:] == ["pages"]:
        pages.measure()
        return
    if _is_wanted("search"):
        _searches()
    print("Filling the database ...", flush=True)
    guest, ids = data.prepare()
    halves = {"ours": ids[::2], "bare": ids[1::2]}
    cases = [
        Case("listing detail", "property", lambda *_: data.detail_calls(ids)),
        Case("login", "traveler", lambda *_: data.login_calls(), clients=4),
        Case(
            "POST /api/bookings",
            "booking",
            lambda side, number: data.booking_calls(guest, halves[side], year=number),
        ),
        Case(
            "bookings, hot listing",
            "booking",
            lambda side, number: data.hot_calls(guest, halves[side][0], year=number),
            conflicts=True,
        ),
    ]
    print(f"{ROUNDS} rounds of {SECONDS} s in turn, medians; ratio: ours to the bare WSGI function")
    print(f"{'':22}{'ours/s':>9}{'p50 ms':>9}{'p95 ms':>9}{'bare/s':>9}{'p95 ms':>9}{'ratio':>7}")
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        bare = stack.enter_context(
            serving("bench.bare:application", port=PORTS["bare"], scratch=scratch)
        )
        urls = {
            role: stack.enter_context(
                serving("airbnb.wsgi:application", port=PORTS[role], scratch=scratch, role=role)
            )
            for role in ("property", "traveler", "booking")
        }
        for case in _chosen(cases):
            _measure(case, {"ours": urls[case.role], "bare": bare}, scratch)
        _beside(urls, guest)
    if _is_wanted("photos"):
        _photos()


def _searches() -> None:
    """Each size in a process and a database of its own."""
    SEARCHES.parent.mkdir(parents=True, exist_ok=True)
    for size in SIZES:
        print(f"Searches over {size:,} listings", flush=True)
        subprocess.run([sys.executable, "-m", "bench.search", str(size), SEARCHES], check=True)
    subprocess.run([sys.executable, "-m", "bench.search.report", SEARCHES], check=True)


def _beside(urls: dict[str, str], guest: "User") -> None:
    from bench import beside, data

    if _is_wanted("search beside 16 uploads"):
        load = beside.uploads(data.host())
        url = urls["property"]
        beside.measure("search beside 16 uploads", url, probe=beside.searches(), load=load)
    if _is_wanted("profile beside 16 logins"):
        probe = beside.profiles(guest)
        url = urls["traveler"]
        beside.measure("profile beside 16 logins", url, probe=probe, load=beside.logins())


def _photos() -> None:
    from bench import beside, data, photos
    from bench.servers import serving

    path = f"/api/properties/{data.first_listing()}/images"
    with tempfile.TemporaryDirectory() as scratch, photos.pod() as group:
        if group is None:
            return
        application, where = "airbnb.wsgi:application", Path(scratch)
        with serving(
            application, port=PORTS["photos"], scratch=where, role="property", group=group.procs
        ) as url:
            photos.measure(url, group, path=path, headers=beside.headers_of(data.host()))


def _is_wanted(name: str) -> bool:
    words = sys.argv[1:]
    return not words or any(word in name for word in words)


def _chosen(cases: list[Case]) -> list[Case]:
    return [case for case in cases if _is_wanted(case.name)]


def _measure(case: Case, urls: dict[str, str], scratch: Path) -> None:
    from bench.load import Sample, load

    sides = ("ours", "bare")
    samples: dict[str, list[Sample]] = {side: [] for side in sides}
    for number in range(ROUNDS):
        for side in sides:
            calls = case.calls(side, number)
            sample = load(
                urls[side],
                calls,
                clients=case.clients,
                seconds=SECONDS,
                scratch=scratch,
                conflicts=case.conflicts,
            )
            samples[side].append(sample)
    print(_row(case, samples), flush=True)


def _row(case: Case, samples: dict[str, list]) -> str:
    def median(side: str, figure: str) -> float:
        return statistics.median(getattr(sample, figure) for sample in samples[side])

    row = f"{case.name:22}{median('ours', 'rate'):9.0f}"
    row += f"{median('ours', 'p50'):9.1f}{median('ours', 'p95'):9.1f}"
    ratio = median("ours", "rate") / median("bare", "rate")
    row += f"{median('bare', 'rate'):9.0f}{median('bare', 'p95'):9.1f}{ratio:7.2f}"
    if case.conflicts:
        row += f"  {median('ours', 'conflicts'):.0%} were 409"
    errors = sum(sample.errors for side in samples.values() for sample in side)
    return f"{row}  {errors} ERRORS" if errors else row


if __name__ == "__main__":
    main()
