"""Stays that are paid, the pages of staff and the timers."""

from datetime import timedelta

import pytest
from django.test import Client

from apps.bookings.enums import Action
from apps.bookings.invariants import breaches
from apps.bookings.rows import bookings
from apps.bookings.services import requests
from apps.bookings.tests.paid_bookings import booking_insert, change_booking
from apps.common.clock import utc_now
from apps.common.errors import ConflictError
from apps.payments import tasks
from apps.payments.clients.sandbox import Sandbox
from apps.payments.rows import ledger_entries, payment_commands, payments, sandbox_charges
from apps.payments.services import command_retry
from apps.payments.tests.payment_data import TOTAL, authorise, bind, rows, stored


@pytest.fixture
def failed(guest, host, listing_id, now):
    """The id of a capture that the bank refused."""
    made = booking_insert(guest, host, listing_id, now)
    bind(authorise(guest, now), made, now)
    sandbox_charges.update_one({}, {"$set": {"status": "voided"}})
    change_booking(made, Action.ACCEPT, now=now, status="confirmed")
    (command,) = rows(payment_commands)
    assert command["status"] == "failed"
    return command["_id"]


def test_what_failed_is_tried_again(failed, now):
    sandbox_charges.update_one({}, {"$set": {"status": "authorised"}})
    command_retry(failed, now=now)
    (command,) = rows(payment_commands)
    assert (command["status"], command["attempts"], command["problem"]) == ("done", 1, "")
    (booking,) = rows(bookings)
    assert (booking["paid"], booking["payment_status"]) == (TOTAL, "paid")
    with pytest.raises(ConflictError, match="Only a failed command"):
        command_retry(failed, now=now)


def test_staff_try_it_again(failed, make_person):
    staff = Client()
    staff.force_login(make_person("traveler", is_staff=True, is_superuser=True).user)
    sandbox_charges.update_one({}, {"$set": {"status": "authorised"}})
    page = staff.get(f"/admin/payments/paymentcommand/{failed}/change/").content.decode()
    assert "Try again" in page
    assert "cannot capture 280.72 SGD" in page
    form = {"action": "retry", "_selected_action": str(failed), "confirmed": "yes"}
    answer = staff.post("/admin/payments/paymentcommand/", form, follow=True).content.decode()
    assert "Try again: 1 payment command." in answer
    assert stored(payment_commands, failed)["status"] == "done"
    page = staff.get(f"/admin/payments/paymentcommand/{failed}/change/").content.decode()
    assert "Try again" not in page.replace("Try again.", "")


def test_staff_read_payments_and_the_ledger(failed, make_person, now):
    staff = Client()
    staff.force_login(make_person("traveler", is_staff=True, is_superuser=True).user)
    sandbox_charges.update_one({}, {"$set": {"status": "authorised"}})
    command_retry(failed, now=now)
    (payment,) = rows(payments)
    page = staff.get(f"/admin/payments/payment/{payment['_id']}/change/").content.decode()
    assert "280.72 SGD" in page
    page = staff.get(f"/admin/payments/ledgerentry/{failed}/change/").content.decode()
    assert "-246.00 SGD" in page
    refused = staff.post(f"/admin/payments/ledgerentry/{failed}/delete/", {"post": "yes"})
    assert refused.status_code == 403
    assert len(rows(ledger_entries)) == 1


def test_the_timers(guest, host, listing_id, now, monkeypatch):
    monkeypatch.setattr(Sandbox, "is_local", False)
    made = booking_insert(guest, host, listing_id, now)
    bind(authorise(guest, now), made, now)
    change_booking(made, Action.ACCEPT, now=now, status="confirmed")
    authorise(guest, now - timedelta(hours=1))
    assert tasks.release_unused_payments() == 1
    assert tasks.execute_commands() == 2
    assert (tasks.release_unused_payments(), tasks.execute_commands()) == (0, 0)
    assert sorted(row["status"] for row in rows(payments)) == ["captured", "voided"]


def test_a_stay_is_paid_and_paid_back(guest, host, stay, counts):
    booking = guest.post("/api/bookings", stay()).json()
    path = f"/api/bookings/{booking['id']}"
    assert (booking["paid"], booking["payment_status"]) == (0.0, "unpaid")
    assert host.post(f"/api/owner/bookings/{booking['id']}/accept").status_code == 200
    accepted = guest.get(path).json()
    assert (accepted["paid"], accepted["payment_status"]) == (booking["total_price"], "paid")
    assert host.post(f"/api/owner/bookings/{booking['id']}/cancel").status_code == 200
    cancelled = guest.get(path).json()
    assert (cancelled["paid"], cancelled["refunded"], cancelled["payment_status"]) == (
        booking["total_price"],
        booking["total_price"],
        "refunded",
    )
    assert breaches(now=utc_now())["currencies whose ledger does not sum to zero"] == []
    assert [name for name, ids in breaches(now=utc_now()).items() if ids] == []


@pytest.mark.parametrize(
    ("method", "status", "code", "left"),
    [
        ("pm_card_declined", 402, "PAYMENT_DECLINED", ["declined"]),
        ("pm_card_timeout", 504, "PAYMENT_TIMEOUT", ["started"]),
        ("pm_card_gold", 400, "PAYMENT_METHOD_UNKNOWN", []),
    ],
)
def test_a_stay_that_cannot_be_paid_is_not_booked(guest, stay, counts, method, status, code, left):
    before = counts()
    reply = guest.post("/api/bookings", stay(payment_method=method))
    assert (reply.status_code, reply.json()["error"]["code"]) == (status, code)
    assert counts() == before
    assert [row["status"] for row in rows(payments)] == left


def test_a_stay_whose_payment_is_confirmed_first(guest, stay, counts):
    before = counts()
    card = {"payment_method": "pm_card_authentication_required"}
    refused = guest.post("/api/bookings", stay(**card))
    assert (refused.status_code, counts()) == (402, before)
    error = refused.json()["error"]
    assert error["code"] == "PAYMENT_ACTION_REQUIRED"
    guest.post(error["details"]["confirm_url"], {"approve": True})
    made = guest.post("/api/bookings", stay(payment_id=error["details"]["payment_id"]))
    assert made.status_code == 201
    (payment,) = rows(payments)
    assert str(payment["booking_id"]) == made.json()["id"]


def test_anothers_payment_books_nothing(guest, make_person, stay, counts, now):
    payment = authorise(make_person("traveler"), now)
    before = counts()
    reply = guest.post("/api/bookings", stay(payment_id=str(payment["_id"])))
    assert (reply.status_code, counts()) == (404, before)
    assert rows(payments) == [payment]
    assert guest.post("/api/bookings", stay(payment_id="nonsense")).status_code == 400


def test_nights_that_are_gone_cost_nothing(guest, make_person, stay, monkeypatch):
    """Past the look at the nights: the claim refuses, and what was reserved is void."""
    assert guest.post("/api/bookings", stay()).status_code == 201
    monkeypatch.setattr(requests, "_holds_in_the_way", lambda *_args, **_kwargs: [])
    reply = make_person("traveler").post("/api/bookings", stay())
    assert (reply.status_code, reply.json()["error"]["code"]) == (409, "NIGHTS_TAKEN")
    assert [row["status"] for row in rows(payments)] == ["authorised", "voided"]
    assert [row["status"] for row in rows(sandbox_charges)] == ["authorised", "voided"]
