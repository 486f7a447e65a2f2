"""The payment endpoints, and what beat asks of the timers."""

from datetime import timedelta

import pytest
from bson import ObjectId

from apps.common.tests.plans import execution
from apps.payments import tasks
from apps.payments.rows import payment_commands, payments
from apps.payments.services import payments_release_unused
from apps.payments.services.errors import PaymentActionRequiredError
from apps.payments.services.execute import due_query
from apps.payments.services.release import unused_query
from apps.payments.tests.payment_data import authorise, rows

PAYMENTS = "/api/bookings/payments"


@pytest.fixture
def waiting(guest, now):
    """The id of a payment that its guest has to confirm."""
    with pytest.raises(PaymentActionRequiredError) as raised:
        authorise(guest, now, method="pm_card_authentication_required")
    return raised.value.details["payment_id"]


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
    before = rows(payments)
    reply = guest.post(f"{PAYMENTS}/{waiting}/confirm", body)
    assert (reply.status_code, reply.json()["error"]["code"]) == (400, "VALIDATION_ERROR")
    assert rows(payments) == before


def test_a_payment_that_was_given_up_is_not_confirmed(guest, waiting, now):
    payments_release_unused(now=now + timedelta(hours=1))
    reply = guest.post(f"{PAYMENTS}/{waiting}/confirm", {"approve": True})
    assert (reply.status_code, reply.json()["error"]["code"]) == (409, "PAYMENT_USED")
    assert rows(payments)[0]["status"] == "voided"


def test_anothers_payment_does_not_exist(guest, host, make_person, anonymous, waiting):
    before, other = rows(payments), make_person("traveler")
    for path in (f"{PAYMENTS}/{waiting}", f"{PAYMENTS}/{ObjectId()}", f"{PAYMENTS}/nonsense"):
        assert other.get(path).status_code == 404
    assert other.post(f"{PAYMENTS}/{waiting}/confirm", {"approve": True}).status_code == 404
    assert host.get(f"{PAYMENTS}/{waiting}").status_code == 403
    assert host.post(f"{PAYMENTS}/{waiting}/confirm", {"approve": True}).status_code == 403
    assert anonymous.get(f"{PAYMENTS}/{waiting}").status_code == 401
    assert anonymous.get(f"{PAYMENTS}/methods").status_code == 401
    assert rows(payments) == before


def test_beat_knows_the_timers(settings):
    schedule = settings.CELERY_BEAT_SCHEDULE
    for name, task, seconds in (
        ("settle-payments", tasks.execute_commands, 10.0),
        ("sweep-payments", tasks.release_unused_payments, 60.0),
    ):
        assert (schedule[name]["task"], schedule[name]["schedule"]) == (task.name, seconds)


def test_the_timers_read_no_more_than_they_find(guest, now):
    """Beside payments that ended long since."""
    done = authorise(guest, now)
    copies = [
        {**done, "_id": ObjectId(), "status": "voided", "provider_ref": None} for _ in range(50)
    ]
    payments.insert_many(copies)
    payment_commands.insert_many(
        {"_id": ObjectId(), "status": "done", "next_at": now} for _ in range(50)
    )
    for name, query, sort in (
        ("payments", unused_query(now + timedelta(hours=1)), {}),
        ("payment_commands", due_query(now), {"next_at": 1}),
    ):
        explained = execution({"find": name, "filter": query, "sort": sort})
        assert (name, explained["totalDocsExamined"]) == (name, explained["nReturned"])
