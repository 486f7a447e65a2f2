"""Money is integer minor units inside and a JSON number with two decimals on the wire."""

from decimal import ROUND_HALF_UP, Decimal


def to_wire(minor: int) -> float:
    return minor / 100


def money_text(minor: int, currency: str) -> str:
    return f"{minor / 100:,.2f} {currency}"


def from_wire(amount: Decimal | float | str) -> int:
    cents = Decimal(str(amount)) * 100
    return int(cents.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def percent_of(minor: int, percent: int) -> int:
    """Rounded half up to a whole minor unit."""
    return (minor * percent + 50) // 100
