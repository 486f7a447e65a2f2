from typing import Any

from django.core.management.base import BaseCommand

from apps.bookings.invariants import breaches
from apps.bookings.rows import bookings
from apps.common.clock import utc_now

SHOWN = 5


class Command(BaseCommand):
    help = "Check what must hold of all bookings; exits 1 on any breach. For a quiet system."

    def handle(self, *args: Any, **options: Any) -> None:
        count = bookings.count({})
        self.stdout.write(f"{count} bookings")
        broken = False
        for invariant, ids in breaches(now=utc_now()).items():
            broken = broken or bool(ids)
            named = f": {', '.join(ids[:SHOWN])}" if ids else ""
            self.stdout.write(f"{len(ids):>6}  {invariant}{named}")
        if broken:
            raise SystemExit(1)
