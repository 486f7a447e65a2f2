"""`python -m bench.search LISTINGS FILE`: one size. Its database stays for the next run that day;
the figures are appended to FILE, a line of JSON."""

import datetime as dt
import json
import os
import statistics
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import django

from stack.common.limits import no_limits

ROUNDS, SECONDS = 3, 2
PORTS = {"ours": 18206, "bare": 18207}
KEEPING_PORT, KEPT_SECONDS = 18208, "10"
CLIENTS = (1, 16)


def main(size: int, file: Path) -> None:
    os.environ["MONGODB_DATABASE"] = f"airbnb_bench_{size}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "airbnb.settings")
    os.environ.update(no_limits(), LOG_LEVEL="WARNING", SEARCH_KEPT_SECONDS="0")
    # Before the first connection: it registers itself with PyMongo.
    from bench.search import commands  # noqa: F401

    django.setup()
    today = dt.datetime.now(dt.UTC).date()
    _fill(size, today)
    with tempfile.TemporaryDirectory() as scratch:
        figures = {"listings": size, **_measure(Path(scratch), today, size)}
    with file.open("a", encoding="utf-8") as out:
        out.write(json.dumps(figures) + "\n")


def _fill(size: int, today: dt.date) -> None:
    """Empties the database and fills it, unless it is full from today."""
    from django.core.management import call_command

    from apps.common import indexes, mongo
    from apps.properties.load.nights import NIGHTS
    from apps.properties.nights import midnight
    from apps.properties.rows import listings, night_claims
    from bench.search import cases

    last = midnight(today + dt.timedelta(days=NIGHTS - 1))
    is_full = listings.count({}) == size and night_claims.exists({"night": last})
    if not is_full:
        mongo.database().client.drop_database(mongo.database().name)
    call_command("migrate", verbosity=0)
    indexes.ensure()
    if not is_full:
        call_command("seed_load", listings=size, seed=cases.LOAD_SEED, first_night=today)


def _measure(scratch: Path, today: dt.date, size: int) -> dict[str, Any]:
    from bench.search import cases, paced, worst
    from bench.search.commands import record
    from bench.servers import serving

    chosen, file = cases.cases(today, size), scratch / "commands.bson"
    costs = {case.name: record(case.paths, file) for case in chosen}
    os.environ["BENCH_COMMANDS"] = str(file)
    dated = next(case for case in chosen if case.name == "near, dates")
    applications = {"ours": "airbnb.wsgi:application", "bare": "bench.search.bare:application"}
    with ExitStack() as stack:
        urls = {
            side: stack.enter_context(
                serving(applications[side], port=PORTS[side], scratch=scratch, role="property")
            )
            for side in PORTS
        }
        rows = [
            {"name": case.name, **costs[case.name]._asdict(), **_loads(case, urls, scratch)}
            for case in chosen
        ]
        return {
            "cases": rows,
            "kept": _kept(dated, scratch),
            "paced": paced.measure(urls["ours"], dated.paths),
            "worst": worst.measure(urls["ours"], dated.paths, cases.stay(today)),
        }


def _kept(case: Any, scratch: Path) -> dict[str, Any]:
    """The same searches again and again, where their replies are kept while nothing changes."""
    from bench.servers import serving

    with serving(
        "airbnb.wsgi:application",
        port=KEEPING_PORT,
        scratch=scratch,
        role="property",
        kept_seconds=KEPT_SECONDS,
    ) as url:
        return _loads(case._replace(name="the same, kept"), {"ours": url}, scratch)


def _loads(case: Any, urls: dict[str, str], scratch: Path) -> dict[str, Any]:
    from bench.load import Call, Sample, load

    calls = [Call("GET", path) for path in case.paths]
    samples: dict[tuple[str, int], list[Sample]] = {}
    for _ in range(ROUNDS):
        for side, url in urls.items():
            for clients in CLIENTS:
                sample = load(url, calls, clients=clients, seconds=SECONDS, scratch=scratch)
                if sample.errors:
                    raise RuntimeError(f"{case.name}: {sample.errors} errors of {side}")
                samples.setdefault((side, clients), []).append(sample)
    found = {f"{side} {clients}": _medians(each) for (side, clients), each in samples.items()}
    print(f"  {case.name:24}" + _shown(found), flush=True)
    return found


def _medians(samples: list[Any]) -> dict[str, float]:
    return {
        figure: statistics.median(getattr(sample, figure) for sample in samples)
        for figure in ("rate", "p50", "p95")
    }


def _shown(found: dict[str, Any]) -> str:
    return "".join(
        f"{name}: {each['rate']:.0f}/s p50 {each['p50']:.0f} p95 {each['p95']:.0f} ms   "
        for name, each in found.items()
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
