import socket
import time
import uuid
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.common.errors import UnavailableError
from apps.events import leases
from apps.events.consumer.history import TopicHistory
from apps.owners.management.rebuilding import Rebuild
from apps.owners.rows import booking_facts, shadow_facts
from apps.owners.services import FACT_EVENTS
from apps.owners.services.comparison import Difference

GROUP = "owners"
LEASE, LEASE_SECONDS = "rebuild_statistics", 120
SHOWN, REPORT_SECONDS = 10, 5.0


class Command(BaseCommand):
    help = (
        "Rebuild the owners' statistics from the booking topics. With --check, only compare them "
        "and exit 1 on a difference. The consumers may keep running."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing")
        parser.add_argument(
            "--wait", type=float, default=60, help="seconds to wait for consumers (60)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        owner = f"{socket.gethostname()}:{uuid.uuid4().hex[:8]}"
        try:
            with _shadow(owner), closing(TopicHistory(GROUP, list(FACT_EVENTS))) as history:
                rebuild = Rebuild(
                    history, repair=not options["check"], keep_lease=lambda: _keep_lease(owner)
                )
                self._build(rebuild)
                left = rebuild.reconcile(options["wait"])
                differences = list(self._report(rebuild.differences(left)))
                self._sum_up(rebuild)
        except UnavailableError as error:
            raise CommandError(error.message) from error
        if differences:
            raise SystemExit(1)

    def _build(self, rebuild: Rebuild) -> None:
        begun = reported = time.monotonic()
        for read in rebuild.build():
            if time.monotonic() - reported > REPORT_SECONDS:
                reported = time.monotonic()
                self.stdout.write(f"{read:,} events")
        seconds = time.monotonic() - begun
        read = rebuild.history.read
        self.stdout.write(
            f"{read:,} events of {', '.join(FACT_EVENTS)} in {seconds:.1f} s, "
            f"{read / seconds:,.0f} a second: {rebuild.malformed:,} malformed, "
            f"{rebuild.history.passed_by:,} dead letters or for other groups"
        )

    def _report(self, differences: Iterator[Difference]) -> Iterator[str]:
        for count, one in enumerate(differences):
            if count < SHOWN:
                self.stdout.write(f"  {one.booking_id}: {_difference_text(one)}")
            yield one.booking_id

    def _sum_up(self, rebuild: Rebuild) -> None:
        for name, side in (("topics", rebuild.sums.shadow), ("live", rebuild.sums.live)):
            self.stdout.write(f"{name:<7} {side.rows:>9,} facts  {side}")
        older = booking_facts.collection.estimated_document_count() - rebuild.sums.live.rows
        self.stdout.write(f"{max(older, 0):>17,} older than the topics, not changed")
        if rebuild.blocked:
            shown = ", ".join(sorted(rebuild.blocked)[:SHOWN])
            self.stdout.write(f"{len(rebuild.blocked):>17,} blocked behind a dead letter: {shown}")
        if rebuild.repair:
            self.stdout.write(f"{rebuild.repaired:>17,} repaired")


def _difference_text(one: Difference) -> str:
    if one.found is None:
        return "missing"
    if one.expected is None:
        return "no event of it in the topics"
    fields = one.fields().items()
    return ", ".join(f"{name} is {found!r}, not {wanted!r}" for name, (wanted, found) in fields)


@contextmanager
def _shadow(owner: str) -> Iterator[None]:
    """Lets one rebuild run at a time, since it drops the shadow that another has left behind."""
    _keep_lease(owner)
    try:
        yield
        shadow_facts.collection.drop()
    finally:
        leases.release(LEASE, owner=owner)


def _keep_lease(owner: str) -> None:
    if not leases.acquire(LEASE, owner=owner, seconds=LEASE_SECONDS):
        raise CommandError("Another rebuild is running.")
