"""E-mails on a real mail server, with everything that such servers say."""

import datetime as dt

import pytest

from apps.accounts.rows import users
from apps.notifications.metrics import OLDEST
from apps.notifications.rows import emails
from apps.notifications.services import EmailNotResendableError, email_again
from apps.notifications.services.sending import LOCK, TRIES
from apps.notifications.tests.local_smtp import free_port


def state(row) -> tuple[str, int]:
    return row["status"], row["attempts"]


def test_an_email_is_sent_once(smtp, notify, send_due, email, guest, now):
    email_id = notify()
    assert [send_due(), send_due(), send_due(60)] == [1, 0, 0]
    (message,) = smtp.read()
    assert message["Message-ID"] == f"<{email_id}@staywell.example>"
    assert message["X-Entity-Ref-ID"] == message["Idempotency-Key"] == email_id
    assert message["To"] == guest.user.email
    row = email(email_id)
    assert (row["status"], row["address"], row["problem"]) == ("sent", guest.user.email, "")
    assert row["sent_at"].replace(tzinfo=dt.UTC) == now


def test_a_greylisted_one_comes_later(smtp, notify, send_due, email):
    smtp.rcpt = ["451 4.7.1 Greylisted, come back later"]
    email_id = notify()
    assert send_due() == 0
    assert state(email(email_id)) == ("pending", 1)
    assert email(email_id)["problem"] == (
        "The mail server said: 451 4.7.1 Greylisted, come back later"
    )
    assert (send_due(), smtp.messages) == (0, [])
    assert send_due(1) == 1
    assert state(email(email_id)) == ("sent", 2)
    assert smtp.ids == [f"<{email_id}@staywell.example>"]


@pytest.mark.parametrize("step", ["rcpt", "data"])
def test_a_refused_one_fails_at_once_and_staff_may_send_it_again(
    smtp, notify, send_due, email, now, step
):
    setattr(smtp, step, ["550 5.1.1 No such user here"])
    email_id = notify()
    other = notify()
    assert send_due() == 1
    assert state(email(email_id)) == ("failed", 1)
    assert email(email_id)["problem"] == "The mail server said: 550 5.1.1 No such user here"
    assert state(email(other)) == ("sent", 1)
    assert send_due(600) == 0
    email_again(email_id, now=now)
    assert (send_due(), state(email(email_id))) == (1, ("sent", 1))
    assert smtp.ids == [f"<{i}@staywell.example>" for i in (other, email_id)]
    with pytest.raises(EmailNotResendableError, match="Only an e-mail that failed or was skipped"):
        email_again(email_id, now=now)


def test_a_lost_answer_is_asked_for_with_the_same_id(smtp, notify, send_due, email):
    """Whether the server took it is not known: it did."""
    smtp.hang_up = 1
    email_id = notify()
    assert send_due() == 0
    assert state(email(email_id)) == ("pending", 1)
    assert email(email_id)["problem"].startswith("The mail server does not answer:")
    assert send_due(1) == 1
    assert state(email(email_id)) == ("sent", 2)
    assert smtp.ids == [f"<{email_id}@staywell.example>"] * 2
    first, second = smtp.read()
    bodies = [part.get_body(("plain",)).get_content() for part in (first, second)]
    assert bodies[0] == bodies[1]


def test_a_server_that_is_down_is_not_asked_for_long(smtp, notify, send_due, email, settings):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    ids = [notify() for _ in range(5)]
    assert send_due() == 0
    assert sorted(state(email(i)) for i in ids) == [("pending", 0)] * 2 + [("pending", 1)] * 3
    settings.EMAIL_PORT = port
    assert send_due(1) == 5
    assert sorted(smtp.ids) == sorted(f"<{i}@staywell.example>" for i in ids)


def test_after_hours_it_is_given_up(smtp, notify, send_due, email, settings):
    settings.EMAIL_PORT = free_port()
    email_id = notify()
    for hour in range(TRIES):
        send_due(hour * 61)
    assert state(email(email_id)) == ("failed", TRIES)
    assert email(email_id)["problem"].endswith("Given up after 12 tries.")


def test_a_server_that_closes_is_an_outage(smtp, notify, send_due, email):
    smtp.rcpt = ["421 4.3.2 Closing"] * 3
    ids = [notify() for _ in range(4)]
    assert send_due() == 0
    assert [state(email(i))[1] for i in ids].count(1) == 3


def test_an_address_that_cannot_be_written_fails(smtp, notify, send_due, email, guest):
    email_id = notify()
    users.update_one({"_id": guest.id}, {"$set": {"email": "a@b\nTo: c@d"}})
    assert send_due() == 0
    assert email(email_id)["status"] == "failed"
    assert smtp.messages == []


def test_the_lock_of_a_dead_sender_lapses(smtp, notify, send_due, email, now):
    email_id = notify()
    locked = {"status": "sending", "attempts": 1, "next_at": now + LOCK}
    emails.update_one({"_id": email_id}, {"$set": locked})
    assert (send_due(), smtp.messages) == (0, [])
    assert send_due(5) == 1
    assert state(email(email_id)) == ("sent", 2)


def test_the_oldest_that_waits_is_measured(smtp, notify, send_due):
    smtp.data = ["451 later"]
    notify()
    send_due(2)
    assert OLDEST._value.get() == 120.0
    send_due(4)
    assert OLDEST._value.get() == 0.0
