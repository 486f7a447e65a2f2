import datetime as dt

import pytest

from apps.bookings.invariants import breaches
from apps.bookings.rows import holds
from apps.common.clock import utc_now
from apps.properties.rows import night_claims


@pytest.fixture
def sound():
    """After the test every invariant holds."""
    yield
    assert {name: ids for name, ids in breaches(now=utc_now()).items() if ids} == {}


@pytest.fixture
def day(today):
    """The day so many days after the usual check-in."""
    return lambda days: today + dt.timedelta(days=30 + days)


@pytest.fixture
def dates(day):
    return lambda first, last: {"check_in": str(day(first)), "check_out": str(day(last))}


@pytest.fixture
def lapse(now):
    """Has every hold and what it claims expire."""

    def run():
        for handle in (holds, night_claims):
            handle.update_many({"expires_at": {"$ne": None}}, {"$set": {"expires_at": now}})

    return run
