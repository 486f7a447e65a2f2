import json
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from apps.common.clock import utc_now
from apps.events.clients import kafka_clients
from apps.events.dead_letters.records import BLOCKED, FAILED
from apps.events.status.report import dead_letters_status, lag_status, lease_status, outbox_status

LIMITS = {
    "max_waiting": "events that are not published yet",
    "max_age": "seconds that the oldest of them waits",
    "max_refused": "events that Kafka rejected",
    "max_lag": "records of one partition that its group has not handled",
    "max_letters": "dead letters that wait for staff, with those blocked behind them",
}


class Command(BaseCommand):
    help = "Show outbox, relay, lag and dead letters; exit with 1 where one is over its limit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")
        for name, text in LIMITS.items():
            option = f"--{name.replace('_', '-')}"
            parser.add_argument(option, type=int, metavar="N", help=f"limit of {text}")
        parser.add_argument("--need-relay", action="store_true", help="a relay must hold the lease")

    def handle(self, *args: Any, **options: Any) -> None:
        found = _status()
        over = list(_over(found, options))
        if options["json"]:
            self.stdout.write(json.dumps({**found, "over": over}, indent=2))
        else:
            self.stdout.write("\n".join([*_lines(found), *(f"OVER: {line}" for line in over)]))
        if over:
            raise SystemExit(1)


def _status() -> dict[str, Any]:
    admin = kafka_clients.admin()
    try:
        lag = lag_status(admin)
    finally:
        admin.close()
    return {
        "outbox": outbox_status(now=utc_now()),
        "lease": lease_status(),
        "lag": lag,
        "dead_letters": dead_letters_status(),
    }


def _over(found: dict[str, Any], options: dict[str, Any]) -> Iterator[str]:
    dead_letters = found["dead_letters"]
    figures = {
        "max_waiting": found["outbox"]["waiting"],
        "max_age": found["outbox"]["oldest_seconds"],
        "max_refused": found["outbox"]["refused"],
        "max_lag": max((row["lag"] for row in found["lag"]), default=0),
        "max_letters": dead_letters.get(FAILED, 0) + dead_letters.get(BLOCKED, 0),
    }
    for name, figure in figures.items():
        if options[name] is not None and figure > options[name]:
            yield f"{figure} {LIMITS[name]}, more than {options[name]}"
    if options["need_relay"] and not found["lease"]["owner"]:
        yield "no relay holds the lease"


def _lines(found: dict[str, Any]) -> Iterator[str]:
    outbox, lease = found["outbox"], found["lease"]
    yield (
        f"outbox: {outbox['waiting']} waiting, the oldest for {outbox['oldest_seconds']} s, "
        f"{outbox['refused']} rejected"
    )
    for head in outbox["heads"]:
        yield (
            f"  {head['aggregate_id']}: {head['waiting']} from version {head['next_version']}, "
            f"{head['seconds']} s {head['error']}".rstrip()
        )
    yield f"lease: {lease['owner'] or 'nobody'}, {lease['seconds_left']} s left"
    for row in found["lag"]:
        yield f"{row['group']} on {row['topic']}-{row['partition']}: {row['lag']} behind"
    for status, count in found["dead_letters"].items():
        yield f"dead letters {status}: {count}"
