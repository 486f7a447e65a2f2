"""Converts stored facts from hundredths (`apps.common.minor_units`)."""

from apps.common.minor_units import ODD, Batch, fields_whole, rows_batch
from apps.owners.rows import booking_facts


def facts_batch() -> Batch:
    return rows_batch(
        booking_facts,
        {"currency": {"$in": ODD}},
        lambda fact: fields_whole(fact, ["total"], fact["currency"]),
        lambda fact: [("total", fact["total"])],
    )
