"""A payment is bound to one booking, or released."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from bson import ObjectId

from apps.common.errors import ConflictError
from apps.payments.rows import payments, sandbox_charges
from apps.payments.services import (
    commands_execute,
    payment_release,
    payments_release_unused,
    release,
)
from apps.payments.tests.payment_data import (
    TOTAL,
    authorise,
    bind,
    commands,
    rows,
    stored,
)


@pytest.fixture
def booking(guest, host, listing_id, now):
    """A pending one with an authorised payment of its price."""
    made = {"_id": ObjectId()}
    bind(authorise(guest, now), made, now)
    return made


def broken(*_args, **_kwargs):
    return 1 // 0


def test_a_payment_is_bound_once(guest, host, listing_id, booking, now):
    (payment,) = rows(payments)
    assert payment["booking_id"] == booking["_id"]
    second = {"_id": ObjectId()}
    with pytest.raises(ConflictError) as raised:
        bind(payment, second, now)
    assert raised.value.code == "PAYMENT_USED"
    with pytest.raises(ConflictError) as raised:
        authorise(guest, now, payment_id=payment["_id"])
    assert raised.value.code == "PAYMENT_USED"
    assert stored(payments, payment["_id"]) == payment


def test_a_bound_payment_is_not_released(booking, now, bank):
    (payment,) = rows(payments)
    payment_release(payment["_id"], now=now)
    assert payments_release_unused(now=now + dt.timedelta(days=1)) == 0
    assert rows(payments) == [payment]
    assert commands() == []
    assert bank()[0]["status"] == "authorised"


def test_a_released_payment_is_void_and_never_bound(guest, host, listing_id, now, bank):
    payment = authorise(guest, now)
    payment_release(payment["_id"], now=now)
    payment_release(payment["_id"], now=now)
    assert commands() == [("void", TOTAL, "done")]
    assert stored(payments, payment["_id"])["status"] == "voided"
    assert bank()[0]["status"] == "voided"
    with pytest.raises(ConflictError) as raised:
        bind(payment, {"_id": ObjectId()}, now)
    assert raised.value.code == "PAYMENT_USED"


def test_the_timer_voids_what_a_crash_left(guest, now, bank, monkeypatch, settings):
    """After the bank's answer and before our next write; and after that write."""
    with monkeypatch.context() as crash:
        crash.setattr("apps.payments.services.authorise.outcome_store", broken)
        with pytest.raises(ZeroDivisionError):
            authorise(guest, now)
    authorise(guest, now)
    assert [row["status"] for row in rows(payments)] == ["started", "authorised"]
    due = now + settings.PAYMENT_ORPHAN_AFTER
    assert payments_release_unused(now=due - dt.timedelta(milliseconds=1)) == 0
    assert payments_release_unused(now=due) == 2
    assert payments_release_unused(now=due) == 0
    commands_execute(now=due + settings.PAYMENT_DROP_AFTER)
    assert [row["status"] for row in rows(payments)] == ["voided", "voided"]
    assert [row["status"] for row in bank()] == ["voided", "voided"]


def test_release_against_bind(guest, host, listing_id, now):
    """Whoever comes first: never a booking whose payment is released."""
    for _ in range(12):
        payment = authorise(guest, now)
        made = {"_id": ObjectId()}
        start = Barrier(2)

        def binding(payment=payment, made=made, start=start):
            start.wait()
            try:
                bind(payment, made, now)
            except ConflictError:
                return False
            return True

        def releasing(payment=payment, start=start):
            start.wait()
            payment_release(payment["_id"], now=now)

        with ThreadPoolExecutor(2) as pool:
            was_bound, released = pool.submit(binding), pool.submit(releasing)
            released.result()
            is_bound = was_bound.result()
        after = stored(payments, payment["_id"])
        charge = stored(sandbox_charges, str(payment["_id"]))
        if is_bound:
            assert (after["booking_id"], after["dropped_at"]) == (made["_id"], None)
            assert charge["status"] == "authorised"
        else:
            assert (after["booking_id"], after["status"]) == (None, "voided")
            assert charge["status"] == "voided"


def test_a_release_that_the_database_refuses_is_the_timers(
    guest, now, monkeypatch, caplog, settings
):
    from pymongo.errors import AutoReconnect

    def gone(_function):
        raise AutoReconnect("gone")

    payment = authorise(guest, now)
    with monkeypatch.context() as outage:
        outage.setattr(release.mongo, "run_in_transaction", gone)
        payment_release(payment["_id"], now=now)
    assert "payments.release_failed" in caplog.text
    assert payments_release_unused(now=now + settings.PAYMENT_ORPHAN_AFTER) == 1
    assert stored(payments, payment["_id"])["status"] == "voided"
