import argparse
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from apps.audit.policies import FIRST
from apps.audit.selectors import events_waiting, log_verify


def _head(text: str) -> tuple[int, str]:
    sequence, _, digest = text.partition(":")
    if not sequence.isdecimal() or len(digest) != len(FIRST):
        raise argparse.ArgumentTypeError("write it as SEQUENCE:HASH, as this command prints it")
    return int(sequence), digest


class Command(BaseCommand):
    help = "Check the hash chain of the security log; exit with 1 at the first broken entry."

    def add_arguments(self, parser: ArgumentParser) -> None:
        text = "a head that was printed or logged before: it must still be in the chain"
        parser.add_argument("--head", type=_head, metavar="SEQUENCE:HASH", help=text)

    def handle(self, *args: Any, **options: Any) -> None:
        found = log_verify(head=options["head"])
        if found.problem:
            self.stderr.write(f"BROKEN: entry {found.sequence}: {found.problem}.")
            raise SystemExit(1)
        self.stdout.write(f"The chain holds: {found.sequence} entries.")
        self.stdout.write(f"Head: {found.sequence}:{found.hash}")
        self.stdout.write(f"Events that wait for their place: {events_waiting()}")
