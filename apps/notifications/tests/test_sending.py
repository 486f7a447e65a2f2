"""E-mails on a real mail server, with everything that such servers say."""

import datetime as dt

import pytest

from apps.common import mongo
from apps.common.errors import ConflictError
from apps.notifications.metrics import OLDEST
from apps.notifications.services import email_again
from apps.notifications.services.sweep import LOCK, TRIES
from apps.notifications.tests.local_smtp import free_port


def state(row) -> tuple[str, int]:
    return row["status"], row["attempts"]


def test_an_email_is_sent_once(smtp, tell, sweep, email, guest, now):
    email_id = tell()
    assert [sweep(), sweep(), sweep(60)] == [1, 0, 0]
    (message,) = smtp.read()
    assert message["Message-ID"] == f"<{email_id}@staywell.example>"
    assert message["X-Entity-Ref-ID"] == message["Idempotency-Key"] == email_id
    assert message["To"] == guest.user.email
    row = email(email_id)
    assert (row["status"], row["address"], row["problem"]) == ("sent", guest.user.email, "")
    assert row["sent_at"].replace(tzinfo=dt.UTC) == now


def test_a_greylisted_one_comes_later(smtp, tell, sweep, email):
    smtp.rcpt = ["451 4.7.1 Greylisted, come back later"]
    email_id = tell()
    assert sweep() == 0
    assert state(email(email_id)) == ("pending", 1)
    assert email(email_id)["problem"] == (
        "The mail server said: 451 4.7.1 Greylisted, come back later"
    )
    assert (sweep(), smtp.messages) == (0, [])
    assert sweep(1) == 1
    assert state(email(email_id)) == ("sent", 2)
    assert smtp.ids == [f"<{email_id}@staywell.example>"]


@pytest.mark.parametrize("step", ["rcpt", "data"])
def test_a_refused_one_fails_at_once_and_staff_may_send_it_again(
    smtp, tell, sweep, email, now, step
):
    setattr(smtp, step, ["550 5.1.1 No such user here"])
    email_id = tell()
    other = tell()
    assert sweep() == 1
    assert state(email(email_id)) == ("failed", 1)
    assert email(email_id)["problem"] == "The mail server said: 550 5.1.1 No such user here"
    assert state(email(other)) == ("sent", 1)
    assert sweep(600) == 0
    email_again(email_id, now=now)
    assert (sweep(), state(email(email_id))) == (1, ("sent", 1))
    assert smtp.ids == [f"<{i}@staywell.example>" for i in (other, email_id)]
    with pytest.raises(ConflictError, match="Only what failed or was skipped"):
        email_again(email_id, now=now)


def test_a_lost_answer_is_asked_for_with_the_same_id(smtp, tell, sweep, email):
    """Whether the server took it is not known: it did."""
    smtp.hang_up = 1
    email_id = tell()
    assert sweep() == 0
    assert state(email(email_id)) == ("pending", 1)
    assert email(email_id)["problem"].startswith("The mail server does not answer:")
    assert sweep(1) == 1
    assert state(email(email_id)) == ("sent", 2)
    assert smtp.ids == [f"<{email_id}@staywell.example>"] * 2
    first, second = smtp.read()
    bodies = [part.get_body(("plain",)).get_content() for part in (first, second)]
    assert bodies[0] == bodies[1]


def test_a_server_that_is_down_is_not_asked_for_long(smtp, tell, sweep, email, settings):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    ids = [tell() for _ in range(5)]
    assert sweep() == 0
    assert sorted(state(email(i)) for i in ids) == [("pending", 0)] * 2 + [("pending", 1)] * 3
    settings.EMAIL_PORT = port
    assert sweep(1) == 5
    assert sorted(smtp.ids) == sorted(f"<{i}@staywell.example>" for i in ids)


def test_after_hours_it_is_given_up(smtp, tell, sweep, email, settings):
    settings.EMAIL_PORT = free_port()
    email_id = tell()
    for hour in range(TRIES):
        sweep(hour * 61)
    assert state(email(email_id)) == ("failed", TRIES)
    assert email(email_id)["problem"].endswith("Given up after 12 tries.")


def test_a_server_that_closes_is_an_outage(smtp, tell, sweep, email):
    smtp.rcpt = ["421 4.3.2 Closing"] * 3
    ids = [tell() for _ in range(4)]
    assert sweep() == 0
    assert [state(email(i))[1] for i in ids].count(1) == 3


def test_an_address_that_cannot_be_written_fails(smtp, tell, sweep, email, guest):
    email_id = tell()
    mongo.collection("users").update_one({"_id": guest.id}, {"$set": {"email": "a@b\nTo: c@d"}})
    assert sweep() == 0
    assert email(email_id)["status"] == "failed"
    assert smtp.messages == []


def test_the_lock_of_a_dead_sender_lapses(smtp, tell, sweep, email, now):
    email_id = tell()
    taken = {"status": "sending", "attempts": 1, "next_at": now + LOCK}
    mongo.collection("emails").update_one({"_id": email_id}, {"$set": taken})
    assert (sweep(), smtp.messages) == (0, [])
    assert sweep(5) == 1
    assert state(email(email_id)) == ("sent", 2)


def test_the_oldest_that_waits_is_measured(smtp, tell, sweep):
    smtp.data = ["451 later"]
    tell()
    sweep(2)
    assert OLDEST._value.get() == 120.0
    sweep(4)
    assert OLDEST._value.get() == 0.0
