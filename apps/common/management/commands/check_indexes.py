from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.common import indexes

HEADS = ("collection", "index", "problem", "declared", "in the database")


class Command(BaseCommand):
    help = "Compare the declared indexes with the database's; exit with 1 where they differ."

    def handle(self, *args: Any, **options: Any) -> None:
        drift = indexes.drift()
        if not drift:
            self.stdout.write("Every declared index is there, and no other.")
            return
        rows = [HEADS, *((d.collection, d.index, d.problem, d.declared, d.found) for d in drift)]
        widths = [max(len(row[place]) for row in rows) for place in range(len(HEADS))]
        for row in rows:
            cells = zip(row, widths, strict=True)
            self.stdout.write("  ".join(cell.ljust(width) for cell, width in cells).rstrip())
        raise CommandError(
            f"{len(drift)} indexes differ. `manage.py ensure_indexes` makes the missing; drop a "
            "different or extra one by hand first."
        )
