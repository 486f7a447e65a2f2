"""Converts the totals in stored e-mails from hundredths (`apps.common.minor_units`)."""

from typing import Any

from apps.common.minor_units import ODD, Batch, rows_batch, whole
from apps.notifications.rows import EmailRow, emails


def emails_batch() -> Batch:
    return rows_batch(
        emails,
        {"stay.currency": {"$in": ODD}},
        _converted,
        lambda email: [("total", email["stay"]["total_price"])],
        currency=lambda email: str(email["stay"]["currency"]),
    )


def _converted(email: EmailRow) -> dict[str, Any]:
    stay = email["stay"]
    return {"stay.total_price": whole(stay["total_price"], stay["currency"])} if stay else {}
