"""Fees and rules of one row of listings.csv. Only what it says: the rest stays as it is here."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from apps.properties.enums import CancellationPolicy
from apps.properties.imports import values
from apps.properties.imports.prices import Style, amount
from apps.properties.imports.values import Row

Note = Callable[[str], None]
Styles = Mapping[str, Style | None]
NO_STYLES: Styles = MappingProxyType({})
# The first whose word the name of a policy has in it: `strict_14_with_grace_period` is strict.
POLICIES = (
    ("flexible", CancellationPolicy.FLEXIBLE),
    ("moderate", CancellationPolicy.MODERATE),
    ("firm", CancellationPolicy.FIRM),
    ("strict", CancellationPolicy.STRICT),
)
# Money for which a listing has no field here.
HOMELESS = ("extra_people", "security_deposit")
MONEY = ("price", "cleaning_fee", *HOMELESS)


def terms_of(row: Row, *, currency: str, styles: Styles, note: Note) -> dict[str, Any]:
    """Raises `RowError`."""
    for column in HOMELESS:
        if _money(row, column, currency, styles):
            note(f"{column} is not taken over: a listing has no such field")
    said = {
        "cleaning_fee": _money(row, "cleaning_fee", currency, styles),
        "instant_book": values.is_true(row, "instant_bookable"),
        "cancellation_policy": _policy(row, note),
    }
    return {name: value for name, value in said.items() if value is not None}


def _money(row: Row, column: str, currency: str, styles: Styles) -> int | None:
    written = values.prose(row, column)
    if not written:
        return None
    return amount(written, column=column, currency=currency, style=styles.get(column))


def _policy(row: Row, note: Note) -> str | None:
    written = values.text(row, "cancellation_policy").lower()
    if not written:
        return None
    found = next((policy.value for word, policy in POLICIES if word in written), None)
    if found is None:
        note(f"cancellation_policy {written[:40]!r} is not taken over: no policy here is like it")
    return found
