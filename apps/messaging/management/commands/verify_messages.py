from typing import Any

from django.core.management.base import BaseCommand

from apps.messaging.invariants import breaches
from apps.messaging.rows import messages, threads

SHOWN = 5


class Command(BaseCommand):
    help = "Check what must hold of all threads; exits 1 on any breach. For a quiet system."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{threads.count({})} threads, {messages.count({})} messages")
        broken = False
        for invariant, ids in breaches().items():
            broken = broken or bool(ids)
            named = f": {', '.join(ids[:SHOWN])}" if ids else ""
            self.stdout.write(f"{len(ids):>6}  {invariant}{named}")
        if broken:
            raise SystemExit(1)
