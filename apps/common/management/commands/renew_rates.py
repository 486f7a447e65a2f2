from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.common import ecb
from apps.common.clock import utc_now
from apps.common.exchange import current_rates, rates_file

# A rate that moved further since the last time is asked about.
JUMP = Decimal(2)


class Command(BaseCommand):
    help = "Fetch the European Central Bank's rates of the day into EXCHANGE_RATES_FILE."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--url", default=ecb.URL)
        parser.add_argument(
            "--accept-jumps",
            action="store_true",
            help=f"take rates that are more than {JUMP} times those of before, or less than half",
        )

    def handle(self, *args: Any, url: str, accept_jumps: bool, **options: Any) -> None:
        try:
            xml = ecb.fetch(url)
            published = ecb.read(xml)
        except ecb.RatesUnreadableError as error:
            raise CommandError(f"Nothing is changed: {error}.") from error
        self._check(published, accept_jumps=accept_jumps)
        path = rates_file()
        _write(path, xml)
        self.stdout.write(f"{path}: {len(published.per_euro)} rates of {published.day}")

    def _check(self, published: ecb.Published, *, accept_jumps: bool) -> None:
        stored, today = current_rates(), utc_now().date()
        if not stored.day <= published.day <= today:
            raise CommandError(
                f"Nothing is changed: the rates are of {published.day}, "
                f"ours of {stored.day}, today is {today}."
            )
        if jumped := _jumped(stored.per_euro, published.per_euro):
            names = ", ".join(jumped)
            if not accept_jumps:
                raise CommandError(
                    f"Nothing is changed: {names} moved more than {JUMP}-fold since {stored.day}. "
                    "--accept-jumps takes them."
                )
            self.stdout.write(f"Moved more than {JUMP}-fold: {names}")
        if gone := sorted(stored.per_euro.keys() - published.per_euro.keys() - {ecb.BASE}):
            self.stdout.write(f"No longer published: {', '.join(gone)}")


def _jumped(before: Mapping[str, Decimal], now: Mapping[str, Decimal]) -> list[str]:
    moved = {code: rate / before[code] for code, rate in now.items() if code in before}
    return sorted(code for code, times in moved.items() if not 1 / JUMP <= times <= JUMP)


def _write(path: Path, xml: bytes) -> None:
    """Readers see the file of before or the whole new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_bytes(xml)
    fresh.replace(path)
