"""Makes the minor units of ISO 4217 of stored hundredths, once. Amounts were hundredths in every
currency; only those of currencies with other decimals change.

A batch is one transaction with the place that it has reached, so that whoever is killed goes on
there and nothing is converted twice. What writes the same rows must stand still meanwhile.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

from apps.common import mongo
from apps.common.money import CURRENCIES, DIGITS, digits, from_wire
from apps.common.rows import Rows

Key = TypeVar("Key", bound=str | int)
Sums = Counter[tuple[str, str]]
ODD = sorted(code for code in CURRENCIES if digits(code) != DIGITS)
BATCH = 100
# How far each collection is, and what its amounts summed up to before and after.
conversions: Rows[dict[str, Any]] = Rows("amount_conversions")


class SumsDifferError(Exception):
    """More than rounding can explain."""


@dataclass(frozen=True, kw_only=True)
class Converted:
    """What a batch changed: how many amounts, and their sums by currency and name."""

    last: Any
    amounts: int
    before: Sums
    after: Sums


# Converts what follows the place that is given; None when there is no more.
Batch = Callable[[Any], Converted | None]


def whole(hundredths: int, currency: str) -> int:
    """Rounded half up, as an event of then is read."""
    return from_wire(Decimal(hundredths).scaleb(-DIGITS), currency)


def split_whole(amounts: Mapping[Key, int], currency: str) -> dict[Key, int]:
    """Each converted so that they sum up to the conversion of their sum."""
    return split_to(amounts, whole(sum(amounts.values()), currency), currency)


def split_to(amounts: Mapping[Key, int], total: int, currency: str) -> dict[Key, int]:
    """As `split_whole`, for a `total` that is next to the sum: the largest remainders get the
    rest."""
    shift = digits(currency) - DIGITS
    if shift >= 0:
        return {key: amount * 10**shift for key, amount in amounts.items()}
    unit = 10**-shift
    found = {key: amount // unit for key, amount in amounts.items()}
    rest = total - sum(found.values())
    for key in sorted(amounts, key=lambda key: (-(amounts[key] % unit), str(key)))[:rest]:
        found[key] += 1
    return found


def convert(name: str, batch: Batch) -> str:
    """Converts all and returns the sums of before and after, for a migration to print; nothing
    where nothing changed. Raises `SumsDifferError`, and then has changed nothing of that batch."""
    while mongo.run_in_transaction(partial(_step, name, batch)):
        pass
    told = _told(conversions.find_one({"_id": name}) or {})
    return f"\n  {name}: {told}" if told else ""


def _step(name: str, batch: Batch) -> bool:
    """In a transaction; returns whether there may be more."""
    state = conversions.find_one({"_id": name}) or {"last": None, "done": False}
    done = None if state["done"] else batch(state["last"])
    if done is None:
        conversions.update_one({"_id": name}, {"$set": {"done": True}}, upsert=True)
        return False
    _check(name, done)
    sums = {
        f"{side}.{currency} {what}": amount
        for side, found in (("before", done.before), ("after", done.after))
        for (currency, what), amount in found.items()
    }
    values = {"last": done.last, "done": False}
    conversions.update_one(
        {"_id": name}, {"$set": values, "$inc": {**sums, "amounts": done.amounts}}, upsert=True
    )
    return True


def _check(name: str, done: Converted) -> None:
    """An amount moves by one unit at most, and where nothing is rounded by none."""
    for currency, what in done.before.keys() | done.after.keys():
        hundredths = done.before[currency, what]
        exact = Decimal(hundredths).scaleb(digits(currency) - DIGITS)
        after = done.after[currency, what]
        if abs(after - exact) > (done.amounts if digits(currency) < DIGITS else 0):
            raise SumsDifferError(f"{name}: {what} in {currency} was {exact} and would be {after}.")


def _told(state: Mapping[str, Any]) -> str:
    lines = (
        f"{name.partition(' ')[2]}: {Decimal(before).scaleb(-DIGITS):,f} {name.partition(' ')[0]} "
        f"-> {state['after'].get(name, 0):,} minor units"
        for name, before in sorted(state.get("before", {}).items())
    )
    return "; ".join(lines)


def rows_batch(
    rows: Rows[Any],
    query: Mapping[str, Any],
    changed: Callable[[Any], Mapping[str, Any]],
    amounts: Callable[[Any], Iterable[tuple[str, int]]],
    *,
    currency: Callable[[Any], str] = lambda row: str(row["currency"]),
) -> Batch:
    """A batch of rows by their ids: `changed` returns the fields to set, `amounts` those that are
    summed up before and after."""

    def batch(last: Any) -> Converted | None:
        after = {} if last is None else {"_id": {"$gt": last}}
        found = list(rows.find({**query, **after}).sort("_id", 1).limit(BATCH))
        if not found:
            return None
        sums: dict[str, Sums] = {"before": Counter(), "after": Counter()}
        count = 0
        for row in found:
            values = changed(row)
            rows.update_one({"_id": row["_id"]}, {"$set": values})
            for side, one in (("before", row), ("after", set_in(row, values))):
                for what, amount in amounts(one):
                    sums[side][currency(row), what] += amount
                    count += 1
        return Converted(last=found[-1]["_id"], amounts=count, **sums)

    return batch


def set_in(row: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The row after `$set` of these values, whose names may have one dot."""
    made = dict(row)
    for name, value in values.items():
        outer, _, inner = name.partition(".")
        made[outer] = {**made[outer], inner: value} if inner else value
    return made


def fields_whole(row: Mapping[str, Any], names: Iterable[str], currency: str) -> dict[str, int]:
    """Those of the fields that are amounts: none is left out or null."""
    return {name: whole(row[name], currency) for name in names if isinstance(row.get(name), int)}
