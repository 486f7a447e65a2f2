import socket
import time
import uuid
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.common import mongo
from apps.common.errors import UnavailableError
from apps.events import leases
from apps.events.consumer.history import TopicHistory
from apps.owners.management.rebuilding import Rebuild
from apps.owners.services import FACT_EVENTS, facts_live
from apps.owners.services.rebuild import SHADOW, Difference, fields_that_differ

GROUP = "owners"
LEASE, LEASE_SECONDS = "rebuild_statistics", 120
SHOWN, SAID_EVERY = 10, 5.0


class Command(BaseCommand):
    help = (
        "Make the owners' statistics again from the booking topics; with --check only compare, "
        "and exit 1 on a difference. The consumers may go on."
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
                    history, mend=not options["check"], still_ours=lambda: _keep(owner)
                )
                self._build(rebuild)
                left = rebuild.settle(options["wait"])
                differences = list(self._tell(rebuild.differences(left)))
                self._sum_up(rebuild)
        except UnavailableError as error:
            raise CommandError(error.message) from error
        if differences:
            raise SystemExit(1)

    def _build(self, rebuild: Rebuild) -> None:
        begun = said = time.monotonic()
        for read in rebuild.build():
            if time.monotonic() - said > SAID_EVERY:
                said = time.monotonic()
                self.stdout.write(f"{read:,} events")
        took = time.monotonic() - begun
        read = rebuild.history.read
        self.stdout.write(
            f"{read:,} events of {', '.join(FACT_EVENTS)} in {took:.1f} s, {read / took:,.0f} "
            f"a second: {rebuild.refused:,} are no booking events, {rebuild.history.passed_by:,} "
            "are dead letters or for other groups"
        )

    def _tell(self, differences: Iterator[Difference]) -> Iterator[str]:
        for count, one in enumerate(differences):
            if count < SHOWN:
                self.stdout.write(f"  {one.booking_id}: {_said(one)}")
            yield one.booking_id

    def _sum_up(self, rebuild: Rebuild) -> None:
        for name, side in (("topics", rebuild.sums.shadow), ("live", rebuild.sums.live)):
            self.stdout.write(f"{name:<7} {side.rows:>9,} facts  {side}")
        older = facts_live().estimated_document_count() - rebuild.sums.live.rows
        self.stdout.write(f"{max(older, 0):>17,} older than the topics, left as they are")
        if rebuild.waiting:
            shown = ", ".join(sorted(rebuild.waiting)[:SHOWN])
            self.stdout.write(f"{len(rebuild.waiting):>17,} wait behind a dead letter: {shown}")
        if rebuild.mend:
            self.stdout.write(f"{rebuild.mended:>17,} mended")


def _said(one: Difference) -> str:
    if one.found is None:
        return "missing"
    if one.expected is None:
        return "no event tells of it"
    fields = fields_that_differ(one).items()
    return ", ".join(f"{name} is {found!r}, not {wanted!r}" for name, (wanted, found) in fields)


@contextmanager
def _shadow(owner: str) -> Iterator[None]:
    """One rebuild at a time: it drops what another has left behind."""
    _keep(owner)
    try:
        yield
        mongo.collection(SHADOW).drop()
    finally:
        leases.release(LEASE, owner=owner)


def _keep(owner: str) -> None:
    if not leases.acquire(LEASE, owner=owner, seconds=LEASE_SECONDS):
        raise CommandError("Another rebuild is running.")
