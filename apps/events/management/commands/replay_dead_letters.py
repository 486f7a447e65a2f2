import getpass
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.common import mongo
from apps.common.clock import utc_now
from apps.common.errors import ConflictError
from apps.events.dead_letters.records import FAILED, OPEN, chain_next, chain_open
from apps.events.dead_letters.replay import dead_letter_replay

MOST = 1000


class Command(BaseCommand):
    help = "Send dead letters again, each with what waits behind it. Without --yes it only tells."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--id", help="one letter")
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
        for letter in found:
            self.stdout.write(f"{letter['_id']}  key {letter['key']}  {letter['error'][:120]}")
            if not options["yes"]:
                sent += self._plan(letter)
                continue
            count = self._replay(letter["_id"])
            sent += count
            if options["rate"] and letter is not found[-1]:
                time.sleep(count / options["rate"])
        said = "sent" if options["yes"] else "would be sent. Nothing is done without --yes"
        self.stdout.write(f"{len(found)} dead letters, {sent} messages {said}.")

    def _plan(self, letter: dict[str, Any]) -> int:
        chain = chain_open(consumer=letter["consumer"], key=letter["key"])
        if chain[0]["_id"] != letter["_id"]:
            self.stdout.write(f"  waits behind {chain[0]['_id']}")
            return 0
        behind = chain_next(chain)[1:]
        for follower in behind:
            self.stdout.write(f"  then {follower['_id']}")
        return 1 + len(behind)

    def _replay(self, letter_id: str) -> int:
        actor = f"shell:{getpass.getuser()}"
        try:
            sent = dead_letter_replay(letter_id=letter_id, actor=actor, now=utc_now())
        except ConflictError as error:
            self.stdout.write(f"  {error.message}")
            return 0
        for sent_id in sent:
            self.stdout.write(f"  sent {sent_id}")
        return len(sent)


def _chosen(options: dict[str, Any]) -> list[dict[str, Any]]:
    """Failed letters; with --id any that nobody has dealt with."""
    query: dict[str, Any] = {"status": FAILED}
    if options["id"]:
        query |= {"_id": options["id"], "status": {"$in": OPEN}}
    if options["booking"]:
        query["key"] = options["booking"]
    found = mongo.collection("dead_letters").find(query).sort([("partition", 1), ("offset", 1)])
    wanted = (options["error"] or "").lower()
    return [letter for letter in found.limit(MOST) if wanted in letter["error"].lower()]
