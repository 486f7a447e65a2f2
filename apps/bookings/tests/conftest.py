import datetime as dt

import pytest

from apps.bookings.enums import Action
from apps.bookings.invariants import breaches
from apps.bookings.rows import holds
from apps.bookings.services import alterations, requests
from apps.bookings.services import holds as services_holds
from apps.bookings.tests.paid_bookings import booking_insert, change_booking
from apps.common.clock import utc_now
from apps.payments.rows import sandbox_charges
from apps.payments.tests.payment_data import authorise, bind, rows
from apps.properties.rows import night_claims


@pytest.fixture
def sound():
    """After the test every invariant holds."""
    yield
    assert {name: ids for name, ids in breaches(now=utc_now()).items() if ids} == {}


@pytest.fixture(autouse=True)
def known_guests(settings):
    """The guests of these tests have an account since a while: they hold as many as may be."""
    settings.HOLDS_A_NEW_GUEST = settings.HOLDS_A_GUEST


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


@pytest.fixture
def bank():
    return lambda: rows(sandbox_charges)


@pytest.fixture
def booking(guest, host, listing_id, now):
    """A pending one with an authorised payment of its price."""
    made = booking_insert(guest, host, listing_id, now)
    bind(authorise(guest, now), made, now)
    return made


@pytest.fixture
def change(now):
    def do(booking, action, *, at=now, **how):
        return change_booking(booking, action, now=at, **how)

    return do


@pytest.fixture
def accepted(booking, change):
    return change(booking, Action.ACCEPT, status="confirmed")


@pytest.fixture
def no_other_guard(monkeypatch, settings, claims_alone):
    """For a negative control: sales also write their listing and their guest, against a suspension
    at the same time, which puts them in a row as the search entry does; and an address holds only
    so much."""
    settings.RATE_LIMIT_HOLDS = settings.RATE_LIMIT_HOLD_MINUTES = ""
    for module in (alterations, requests, services_holds):
        for name in ("listing_keep_open", "user_keep_active"):
            monkeypatch.setattr(module, name, lambda _id: None)
