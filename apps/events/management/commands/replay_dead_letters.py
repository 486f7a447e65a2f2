import getpass
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.common.clock import utc_now
from apps.common.errors import ConflictError
from apps.events.dead_letters.records import FAILED, OPEN, chain_next, chain_open
from apps.events.dead_letters.replay import dead_letter_replay
from apps.events.rows import DeadLetterRow, dead_letters

MOST = 1000


class Command(BaseCommand):
    help = "Send dead letters again, each with what is blocked behind it. Without --yes: only list."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--id", help="one dead letter")
        parser.add_argument("--booking", help="those of a booking")
        parser.add_argument("--error", help="those whose error contains this")
        parser.add_argument(
            "--rate", type=float, metavar="N", help="at most N messages a second, on average"
        )
        parser.add_argument("--yes", action="store_true", help="do it")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rate"] is not None and options["rate"] <= 0:
            raise CommandError("--rate must be more than 0.")
        found = _chosen(options)
        sent = 0
        for row in found:
            self.stdout.write(f"{row['_id']}  key {row['key']}  {row['error'][:120]}")
            if not options["yes"]:
                sent += self._plan(row)
                continue
            count = self._replay(row["_id"])
            sent += count
            if options["rate"] and row is not found[-1]:
                time.sleep(count / options["rate"])
        done = "sent" if options["yes"] else "would be sent. Nothing is done without --yes"
        self.stdout.write(f"{len(found)} dead letters, {sent} messages {done}.")

    def _plan(self, row: DeadLetterRow) -> int:
        chain = chain_open(consumer=row["consumer"], key=row["key"])
        if chain[0]["_id"] != row["_id"]:
            self.stdout.write(f"  blocked behind {chain[0]['_id']}")
            return 0
        behind = chain_next(chain)[1:]
        for one in behind:
            self.stdout.write(f"  then {one['_id']}")
        return 1 + len(behind)

    def _replay(self, dead_letter_id: str) -> int:
        actor = f"shell:{getpass.getuser()}"
        try:
            sent = dead_letter_replay(dead_letter_id=dead_letter_id, actor=actor, now=utc_now())
        except ConflictError as error:
            self.stdout.write(f"  {error.message}")
            return 0
        for sent_id in sent:
            self.stdout.write(f"  sent {sent_id}")
        return len(sent)


def _chosen(options: dict[str, Any]) -> list[DeadLetterRow]:
    """Returns failed dead letters; with --id any that is open."""
    query: dict[str, Any] = {"status": FAILED}
    if options["id"]:
        query |= {"_id": options["id"], "status": {"$in": OPEN}}
    if options["booking"]:
        query["key"] = options["booking"]
    found = dead_letters.find(query).sort([("partition", 1), ("offset", 1)])
    wanted = (options["error"] or "").lower()
    return [row for row in found.limit(MOST) if wanted in row["error"].lower()]
