"""One event, one e-mail: delivered again, by two consumers, by two sweeps, by a killed send_due."""

import json
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.conf import settings

from apps.events.consumer.delivery import Delivery
from apps.events.inbox import inbox_has
from apps.events.rows import inbox_messages
from apps.events.tests.consuming import consuming
from apps.events.tests.waiting import wait_for
from apps.events.topics import NOTIFICATIONS, wire_name
from apps.notifications.handlers import HANDLERS
from apps.notifications.rows import emails, notifications
from apps.notifications.services import emails_send_due, sending

SEND_DUE = """
import django
django.setup()
from apps.common.clock import utc_now
from apps.notifications.services import emails_send_due
emails_send_due(clock=utc_now)
"""


def send(producer, event, *, times=1):
    for _ in range(times):
        value = json.dumps(event.to_payload()).encode()
        producer.send(wire_name(NOTIFICATIONS), key=event.user_id.encode(), value=value)
    producer.flush(timeout=10)


def counted():
    return [emails.count({}), notifications.count({})]


def test_a_redelivered_event_is_one_email(producer, smtp, make_event, send_due):
    event, last = make_event(), make_event()
    send(producer, event, times=5)
    send(producer, last)
    with consuming(HANDLERS, group="notifications"):
        wait_for(lambda: inbox_has(f"notifications:{NOTIFICATIONS}:{last.event_id}"), "the last")
    assert counted() == [2, 2]
    assert send_due(1) == 2
    assert sorted(smtp.ids) == sorted(f"<{e.event_id}@staywell.example>" for e in (event, last))
    send(producer, event, times=2)
    other = make_event()
    send(producer, other)
    with consuming(HANDLERS, group="notifications"):
        wait_for(lambda: inbox_has(f"notifications:{NOTIFICATIONS}:{other.event_id}"), "the other")
    assert (send_due(2), counted()) == (1, [3, 3])


def test_two_consumers_at_once_write_one_email(make_event, now):
    """As a zombie and its successor do."""
    events = [make_event() for _ in range(20)]
    barrier = Barrier(2)

    def consume(_):
        delivery = Delivery("notifications", HANDLERS)
        for event in events:
            barrier.wait()
            delivery.deliver(Record(event))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(consume, range(2)))
    assert counted() == [20, 20]
    assert inbox_messages.count({}) == 20


class Record:
    headers = ()

    def __init__(self, event):
        self.topic = wire_name(NOTIFICATIONS)
        self.key = event.user_id.encode()
        self.value = json.dumps(event.to_payload()).encode()


def send_at_once(now, count=4):
    barrier = Barrier(count)

    def run(_):
        barrier.wait()
        return emails_send_due(clock=lambda: now)

    with ThreadPoolExecutor(count) as pool:
        return sum(pool.map(run, range(count)))


def test_senders_at_once_send_each_once(smtp, notify, now):
    ids = [notify() for _ in range(40)]
    assert send_at_once(now) == 40
    assert sorted(smtp.ids) == sorted(f"<{i}@staywell.example>" for i in ids)


def test_without_the_compare_and_set_they_send_some_twice(smtp, notify, now, monkeypatch):
    looked = threading.local()

    def next_pending(_now):
        if not hasattr(looked, "rows"):
            looked.rows = list(emails.find({"status": "pending"}))
        return looked.rows.pop() if looked.rows else None

    monkeypatch.setattr(sending, "_lock_next", next_pending)
    for _ in range(10):
        notify()
    send_at_once(now)
    assert len(smtp.ids) > len(set(smtp.ids)) == 10


def test_killed_between_sending_and_marking_it_is_sent_with_the_same_id(
    smtp, notify, send_due, email
):
    email_id = notify()
    environment = {
        **os.environ,
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(settings.EMAIL_PORT),
        "EMAIL_SECURITY": "none",
        "DJANGO_SETTINGS_MODULE": "airbnb.settings",
    }
    sender = subprocess.Popen([sys.executable, "-c", SEND_DUE], env=environment)
    smtp.kill = lambda: sender.pid
    assert sender.wait(timeout=60) == -9
    smtp.kill = None
    assert email(email_id)["status"] == "sending"
    assert send_due(1) == 0
    assert send_due(10) == 1
    assert smtp.ids == [f"<{email_id}@staywell.example>"] * 2
    assert email(email_id)["status"] == "sent"
