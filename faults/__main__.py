"""Prints what was tried, what came of it and the seed; exits 1 on a breach.

python -m faults [section ...] [--seed N] [--attempts N] [--minutes N] [--bookings N]
    [--searches N] [--listings N] [--feeds N] [--injections N] [--rate N] [--scratch DIR]

Sections: races, outages, archive, searches, feeds; and of the event backbone chaos, brokers,
zombie, poison, relays, latency (docs/decisions/0027-event-faults.md).
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

DATABASE = "airbnb_faults"
WORKERS = 4
CONTROL_ATTEMPTS = 400
SECONDS_A_KILL = 15
OUTAGE_MINUTES = 5.0
UNLIMITED = "1000000000/minute"
BACKBONE = ("chaos", "brokers", "zombie", "poison", "relays", "latency")


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="make faults")
    sections = ", ".join(SECTIONS)
    top.add_argument(
        "sections", nargs="*", type=_section, metavar="section", help=f"of {sections}; or all"
    )
    top.add_argument("--attempts", type=int, default=20_000, help="starts of all races together")
    top.add_argument(
        "--minutes",
        type=float,
        help="of load in outages (5), relays (10) and latency (1), and without a broker (3)",
    )
    top.add_argument("--bookings", type=int, default=100_000, help="that verify_bookings reads")
    top.add_argument("--searches", type=int, default=2_000, help="that the oracle judges")
    top.add_argument("--listings", type=int, default=20_000, help="over which it searches")
    top.add_argument("--feeds", type=int, default=300, help="of other sites, read 16 times each")
    top.add_argument("--injections", type=int, default=100, help="of kill -9 and SIGSTOP in chaos")
    top.add_argument("--rate", type=float, default=50, help="bookings a second in latency")
    top.add_argument("--scratch", type=Path, help="where the logs of the backbone are kept")
    top.add_argument("--seed", type=int, default=random.randrange(10**6))  # noqa: S311
    return top


def _section(name: str) -> str:
    if name not in SECTIONS:
        raise argparse.ArgumentTypeError(f"{name!r} is none of {', '.join(SECTIONS)}")
    return name


def races(options: argparse.Namespace) -> bool:
    from faults import racing
    from faults.races import RACES
    from faults.workers import Workers

    fresh_database()
    attempts = -(-options.attempts // len(RACES))
    good = True
    print(f"\n{'race':46}{'attempts':>9}{'breaches':>9}{'seconds':>9}   control without its guard")
    with Workers(WORKERS) as workers:
        for name, race in RACES.items():
            verdict = racing.run(workers, name, attempts, seed=options.seed)
            control = racing.run(workers, name, CONTROL_ATTEMPTS, seed=options.seed, guarded=False)
            good = good and verdict.holds and bool(control.breaches)
            print(
                f"{name:46}{verdict.attempts:9}{len(verdict.problems):9}{verdict.seconds:9.1f}"
                f"   {race.guard}: {len(control.breaches)} of {control.attempts} broke",
                flush=True,
            )
            for problem in verdict.problems[:5]:
                print(f"    {problem}")
    return good


def outages(options: argparse.Namespace) -> bool:
    from faults import outages as outage

    seconds = (options.minutes or OUTAGE_MINUTES) * 60
    kills = max(1, round(seconds / SECONDS_A_KILL))
    print(f"\nThree nodes of MongoDB, {seconds:.0f} s of bookings, {kills} kills", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        verdict = outage.run(
            Path(scratch), DATABASE, seconds=seconds, kills=kills, seed=options.seed
        )
    for line in verdict.lines():
        print(f"  {line}")
    return verdict.holds


def archive(options: argparse.Namespace) -> bool:
    from faults import archive as stored

    fresh_database()
    print(f"\nverify_bookings on {options.bookings:,} bookings", flush=True)
    seconds, broken = stored.measure(options.bookings)
    print(f"  {seconds:.1f} s (at most {stored.SECONDS_AT_MOST} s), {broken or 'no breach'}")
    return seconds <= stored.SECONDS_AT_MOST and not broken


def searches(options: argparse.Namespace) -> bool:
    from django.conf import settings

    from faults.searches import run as judged

    fresh_database()
    settings.RATE_LIMIT_READS = UNLIMITED
    count, homes = options.searches, options.listings
    print(f"\n{count:,} random searches over {homes:,} listings", flush=True)
    breaches = judged.run(listings=homes, searches=count, seed=options.seed)
    controls = judged.controls(seed=options.seed)
    print(f"  {len(breaches)} differ from the oracle")
    for breach in breaches[:10]:
        print(f"    {breach.problem}: {breach.asked}")
    for name, number in controls.items():
        print(f"  without {name}: noticed by search {number}" if number else f"  {name}: unnoticed")
    return not breaches and all(controls.values())


def feeds(options: argparse.Namespace) -> bool:
    from faults import feeds as random_feeds

    fresh_database()
    print(f"\n{options.feeds} random calendars of other sites", flush=True)
    found = list(random_feeds.problems(options.feeds, seed=options.seed))
    print(f"  {len(found)} differ from the model")
    for problem in found[:10]:
        print(f"    {problem}")
    return not found


def backbone(section: str, options: argparse.Namespace) -> bool:
    from faults.backbone.sections import SECTIONS as RUNS

    good = True
    for name, run in RUNS[section].items():
        print(f"\n{section}: {name}", flush=True)
        with tempfile.TemporaryDirectory() as scratch:
            directory = Path(options.scratch or scratch) / f"{section}-{time.time_ns():x}"
            directory.mkdir(parents=True)
            verdict = run(directory, options)
        for line in verdict.lines():
            print(f"  {line}", flush=True)
        good = good and verdict.holds
    return good


SECTIONS: Mapping[str, Callable[[argparse.Namespace], bool]] = {
    "races": races,
    "outages": outages,
    "archive": archive,
    "searches": searches,
    "feeds": feeds,
    **{section: partial(backbone, section) for section in BACKBONE},
}


def fresh_database() -> None:
    from django.core.management import call_command

    from apps.common import indexes, mongo

    mongo.database().client.drop_database(mongo.database().name)
    call_command("migrate", verbosity=0)
    indexes.ensure()


def main() -> int:
    options = parser().parse_args()
    os.environ.update(MONGODB_DATABASE=DATABASE)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "airbnb.settings")
    import django

    django.setup()
    print(f"seed {options.seed}: ARGS='--seed {options.seed}' repeats the order of the faults")
    good = [SECTIONS[section](options) for section in options.sections or SECTIONS]
    print("\nno breach" if all(good) else "\nBREACHED", flush=True)
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
