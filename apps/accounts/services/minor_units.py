"""Converts stored preferences from hundredths (`apps.common.minor_units`)."""

from apps.accounts.rows import preferences
from apps.common.minor_units import ODD, Batch, fields_whole, rows_batch

PRICE = "max_price_per_night"


def preferences_batch() -> Batch:
    return rows_batch(
        preferences,
        {"currency": {"$in": ODD}, PRICE: {"$type": "number"}},
        lambda liked: fields_whole(liked, [PRICE], liked["currency"]),
        lambda liked: [("most", liked[PRICE])],
    )
