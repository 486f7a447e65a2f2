"""A refused stay comes with the nearest ones that can be booked."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from apps.bookings.quote import Stay, stays_offered
from apps.common.errors import AppError
from apps.properties.selectors import listing_terms
from apps.properties.services import NightsTakenError

BY_THE_RULES = frozenset(
    {
        "PAST_DATE",
        "LEAD_TIME",
        "TOO_FAR_AHEAD",
        "MIN_STAY",
        "MAX_STAY",
        "CHECK_IN_DAY",
        "CHECK_OUT_DAY",
        "TOO_MANY_GUESTS",
    }
)


@contextmanager
def alternatives(stay: Stay, *, now: dt.datetime) -> Iterator[None]:
    """Adds `alternatives` to the details of a refusal raised inside. Belongs around the
    transaction, since a race is lost to a stay that only a new read shows."""
    try:
        yield
    except AppError as error:
        if isinstance(error, NightsTakenError) or error.code in BY_THE_RULES:
            terms = listing_terms(stay.listing_id)
            error.details["alternatives"] = stays_offered(terms, stay, now=now)
        raise
