"""The payment endpoints, the pages of staff and the timers."""

from datetime import timedelta

import pytest
from bson import ObjectId
from django.test import Client

from apps.bookings import tasks
from apps.bookings.clients.payments.sandbox import Sandbox
from apps.bookings.enums import Action
from apps.bookings.invariants import breaches
from apps.bookings.services import requests
from apps.bookings.services.payments import command_retry, payments_sweep
from apps.bookings.services.payments.drop import sweep_query
from apps.bookings.services.payments.errors import PaymentActionRequiredError
from apps.bookings.services.payments.settle import due_query
from apps.bookings.tests.payment_data import (
    TOTAL,
    authorise,
    bind,
    booking_insert,
    change_booking,
    rows,
    stored,
)
from apps.bookings.tests.plans import execution
from apps.common import mongo
from apps.common.clock import utc_now
from apps.common.errors import ConflictError

PAYMENTS = "/api/bookings/payments"


@pytest.fixture
def waiting(guest, now):
    """The id of a payment that its guest has to confirm."""
    with pytest.raises(PaymentActionRequiredError) as raised:
        authorise(guest, now, method="pm_card_authentication_required")
    return raised.value.details["payment_id"]


@pytest.fixture
def failed(guest, host, listing_id, now):
    """The id of a capture that the bank refused."""
    made = booking_insert(guest, host, listing_id, now)
    bind(authorise(guest, now), made, now)
    mongo.collection("sandbox_charges").update_one({}, {"$set": {"status": "voided"}})
    change_booking(made, Action.ACCEPT, now=now, status="confirmed")
    (command,) = rows("payment_commands")
    assert command["status"] == "failed"
    return command["_id"]


def test_the_methods_of_the_sandbox(guest):
    reply = guest.get(f"{PAYMENTS}/methods").json()
    assert reply["provider"] == "sandbox"
    assert [(each["id"], each["outcome"]) for each in reply["methods"]] == [
        ("pm_card_visa", "succeeds"),
        ("pm_card_authentication_required", "needs confirmation"),
        ("pm_card_declined", "declines"),
        ("pm_card_insufficient_funds", "declines"),
        ("pm_card_timeout", "times out"),
    ]


def test_stripe_asks_for_cards_itself(guest, settings):
    settings.PAYMENT_PROVIDER = "stripe"
    settings.STRIPE_SECRET_KEY = "sk_test_local"
    assert guest.get(f"{PAYMENTS}/methods").json() == {"provider": "stripe", "methods": []}


def test_ones_own_payment(guest, now):
    payment = authorise(guest, now)
    reply = guest.get(f"{PAYMENTS}/{payment['_id']}")
    assert reply.status_code == 200
    found = reply.json()
    assert found.pop("created_at").startswith(now.strftime("%Y-%m-%dT%H:%M:%S"))
    assert found == {
        "id": str(payment["_id"]),
        "booking_id": None,
        "provider": "sandbox",
        "method": "pm_card_visa",
        "currency": "SGD",
        "status": "authorised",
        "problem": "",
        "amount": 280.72,
        "captured": 0.0,
        "refunded": 0.0,
    }


def test_a_payment_is_confirmed(guest, waiting):
    for _ in range(2):
        reply = guest.post(f"{PAYMENTS}/{waiting}/confirm", {"approve": True})
        assert (reply.status_code, reply.json()["status"]) == (200, "authorised")


def test_a_payment_is_not_confirmed(guest, waiting):
    reply = guest.post(f"{PAYMENTS}/{waiting}/confirm", {"approve": False})
    assert (reply.status_code, reply.json()["status"]) == (200, "declined")
    assert reply.json()["problem"] == "The holder of the card did not approve the payment."


@pytest.mark.parametrize(
    "body",
    [{}, {"approve": "yes"}, {"approve": None}, {"approve": 1}, [], {"approve": True, "amount": 1}],
)
def test_a_bad_confirmation_changes_nothing(guest, waiting, body):
    before = rows("payments")
    reply = guest.post(f"{PAYMENTS}/{waiting}/confirm", body)
    assert (reply.status_code, reply.json()["error"]["code"]) == (400, "VALIDATION_ERROR")
    assert rows("payments") == before


def test_a_payment_that_was_given_up_is_not_confirmed(guest, waiting, now):
    payments_sweep(now=now + timedelta(hours=1))
    reply = guest.post(f"{PAYMENTS}/{waiting}/confirm", {"approve": True})
    assert (reply.status_code, reply.json()["error"]["code"]) == (409, "PAYMENT_USED")
    assert rows("payments")[0]["status"] == "voided"


def test_anothers_payment_does_not_exist(guest, host, make_person, anonymous, waiting):
    before, other = rows("payments"), make_person("traveler")
    for path in (f"{PAYMENTS}/{waiting}", f"{PAYMENTS}/{ObjectId()}", f"{PAYMENTS}/nonsense"):
        assert other.get(path).status_code == 404
    assert other.post(f"{PAYMENTS}/{waiting}/confirm", {"approve": True}).status_code == 404
    assert host.get(f"{PAYMENTS}/{waiting}").status_code == 403
    assert host.post(f"{PAYMENTS}/{waiting}/confirm", {"approve": True}).status_code == 403
    assert anonymous.get(f"{PAYMENTS}/{waiting}").status_code == 401
    assert anonymous.get(f"{PAYMENTS}/methods").status_code == 401
    assert rows("payments") == before


def test_what_failed_is_tried_again(failed, now):
    mongo.collection("sandbox_charges").update_one({}, {"$set": {"status": "authorised"}})
    command_retry(failed, now=now)
    (command,) = rows("payment_commands")
    assert (command["status"], command["attempts"], command["problem"]) == ("done", 1, "")
    (booking,) = rows("bookings")
    assert (booking["paid"], booking["payment_status"]) == (TOTAL, "paid")
    with pytest.raises(ConflictError, match="Only what has failed"):
        command_retry(failed, now=now)


def test_staff_try_it_again(failed, make_person):
    staff = Client()
    staff.force_login(make_person("traveler", is_staff=True, is_superuser=True).user)
    mongo.collection("sandbox_charges").update_one({}, {"$set": {"status": "authorised"}})
    page = staff.get(f"/admin/bookings/paymentcommand/{failed}/change/").content.decode()
    assert "Try again" in page
    assert "cannot take 280.72 SGD" in page
    form = {"action": "retry", "_selected_action": str(failed), "confirmed": "yes"}
    answer = staff.post("/admin/bookings/paymentcommand/", form, follow=True).content.decode()
    assert "Try again: 1 payment command." in answer
    assert stored("payment_commands", failed)["status"] == "done"
    page = staff.get(f"/admin/bookings/paymentcommand/{failed}/change/").content.decode()
    assert "Try again" not in page.replace("Try again.", "")


def test_staff_read_payments_and_the_ledger(failed, make_person, now):
    staff = Client()
    staff.force_login(make_person("traveler", is_staff=True, is_superuser=True).user)
    mongo.collection("sandbox_charges").update_one({}, {"$set": {"status": "authorised"}})
    command_retry(failed, now=now)
    (payment,) = rows("payments")
    page = staff.get(f"/admin/bookings/payment/{payment['_id']}/change/").content.decode()
    assert "280.72 SGD" in page
    page = staff.get(f"/admin/bookings/ledgerentry/{failed}/change/").content.decode()
    assert "-246.00 SGD" in page
    refused = staff.post(f"/admin/bookings/ledgerentry/{failed}/delete/", {"post": "yes"})
    assert refused.status_code == 403
    assert len(rows("ledger_entries")) == 1


def test_the_timers(guest, host, listing_id, now, monkeypatch):
    monkeypatch.setattr(Sandbox, "is_local", False)
    made = booking_insert(guest, host, listing_id, now)
    bind(authorise(guest, now), made, now)
    change_booking(made, Action.ACCEPT, now=now, status="confirmed")
    authorise(guest, now - timedelta(hours=1))
    assert tasks.sweep_payments() == 1
    assert tasks.settle_payments() == 2
    assert (tasks.sweep_payments(), tasks.settle_payments()) == (0, 0)
    assert sorted(row["status"] for row in rows("payments")) == ["captured", "voided"]


def test_beat_knows_the_timers(settings):
    schedule = settings.CELERY_BEAT_SCHEDULE
    for name, task, seconds in (
        ("settle-payments", tasks.settle_payments, 10.0),
        ("sweep-payments", tasks.sweep_payments, 60.0),
    ):
        assert (schedule[name]["task"], schedule[name]["schedule"]) == (task.name, seconds)


def test_the_timers_read_no_more_than_they_find(guest, now):
    """Beside payments that are settled long since."""
    done = authorise(guest, now)
    copies = [
        {**done, "_id": ObjectId(), "status": "voided", "provider_ref": None} for _ in range(50)
    ]
    mongo.collection("payments").insert_many(copies)
    mongo.collection("payment_commands").insert_many(
        {"_id": ObjectId(), "status": "done", "next_at": now} for _ in range(50)
    )
    for name, query, sort in (
        ("payments", sweep_query(now + timedelta(hours=1)), {}),
        ("payment_commands", due_query(now), {"next_at": 1}),
    ):
        explained = execution({"find": name, "filter": query, "sort": sort})
        assert (name, explained["totalDocsExamined"]) == (name, explained["nReturned"])


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
    assert [row["status"] for row in rows("payments")] == left


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
    (payment,) = rows("payments")
    assert str(payment["booking_id"]) == made.json()["id"]


def test_anothers_payment_books_nothing(guest, make_person, stay, counts, now):
    payment = authorise(make_person("traveler"), now)
    before = counts()
    reply = guest.post("/api/bookings", stay(payment_id=str(payment["_id"])))
    assert (reply.status_code, counts()) == (404, before)
    assert rows("payments") == [payment]
    assert guest.post("/api/bookings", stay(payment_id="nonsense")).status_code == 400


def test_nights_that_are_gone_cost_nothing(guest, make_person, stay, monkeypatch):
    """Past the look at the nights: the claim refuses, and what was reserved is void."""
    assert guest.post("/api/bookings", stay()).status_code == 201
    monkeypatch.setattr(requests, "_holds_in_the_way", lambda *_args, **_kwargs: [])
    reply = make_person("traveler").post("/api/bookings", stay())
    assert (reply.status_code, reply.json()["error"]["code"]) == (409, "NIGHTS_TAKEN")
    assert [row["status"] for row in rows("payments")] == ["authorised", "voided"]
    assert [row["status"] for row in rows("sandbox_charges")] == ["authorised", "voided"]
