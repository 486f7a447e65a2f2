"""Exchange rates of one day: amounts of different currencies are compared by these alone.

The file is the European Central Bank's daily XML, as it comes: the bundled one, or that of
EXCHANGE_RATES_FILE, which `manage.py renew_rates` writes. A currency without a rate in it is
compared with itself only.
"""

import datetime as dt
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from apps.common.ecb import BASE, RatesUnreadableError, read
from apps.common.money import digits

logger = logging.getLogger(__name__)
SOURCE = "European Central Bank, euro foreign exchange reference rates"
BUNDLED = Path(__file__).with_name("exchange_rates.xml")


@dataclass(frozen=True)
class Rates:
    """`per_euro` says how much of each currency a euro bought on `day`."""

    day: dt.date
    per_euro: Mapping[str, Decimal]

    def factor(self, source: str, target: str) -> Decimal | None:
        """What one of `source` is worth in `target`; None where a rate is missing."""
        if source == target:
            return Decimal(1)
        if source not in self.per_euro or target not in self.per_euro:
            return None
        return self.per_euro[target] / self.per_euro[source]

    def converted(self, minor: int, source: str, target: str) -> int | None:
        """`minor` as an amount to show: rounded half up to the smallest unit of `target`."""
        factor = self._per_minor(source, target)
        return _rounded(minor, factor, ROUND_HALF_UP) if factor is not None else None

    def bounds(
        self, least: int | None, most: int | None, currency: str
    ) -> dict[str, tuple[int | None, int | None]]:
        """The same bounds in each currency that can be compared, `currency` itself unchanged.
        Rounded inwards, so that whatever lies between them lies between the given ones."""
        return {
            target: (
                _rounded(least, factor, ROUND_CEILING),
                _rounded(most, factor, ROUND_FLOOR),
            )
            for target in {currency, *self.per_euro}
            if (factor := self._per_minor(currency, target)) is not None
        }

    def _per_minor(self, source: str, target: str) -> Decimal | None:
        """What one minor unit of `source` is worth in those of `target`."""
        factor = self.factor(source, target)
        return None if factor is None else factor.scaleb(digits(target) - digits(source))


def bounds_in(least: int | None, most: int | None, count: int) -> tuple[int | None, int | None]:
    """Bounds that name no currency, of a currency with so many decimals: the same numbers, rounded
    inwards."""
    scale = Decimal(1).scaleb(count - digits(None))
    return _rounded(least, scale, ROUND_CEILING), _rounded(most, scale, ROUND_FLOOR)


def _rounded(minor: int | None, factor: Decimal, rounding: str) -> int | None:
    return None if minor is None else int((minor * factor).quantize(Decimal(1), rounding))


def rates_file() -> Path:
    return Path(settings.EXCHANGE_RATES_FILE or BUNDLED)


def current_rates() -> Rates:
    """The rates of the file, read again when it changes. The bundled ones replace a file that
    cannot be read."""
    path = rates_file()
    try:
        return rates_of(path, path.stat().st_mtime_ns)
    except (OSError, RatesUnreadableError) as error:
        logger.warning("exchange.unreadable", extra={"path": str(path), "error": str(error)})
        return rates_of(BUNDLED, BUNDLED.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def rates_of(path: Path, _changed: int) -> Rates:
    published = read(path.read_bytes())
    return Rates(published.day, {**published.per_euro, BASE: Decimal(1)})
