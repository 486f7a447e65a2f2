"""The process that follows a suspension is killed in the middle of the batch; the next goes on."""

import os
import signal
import subprocess
import sys
import time
import uuid
from collections import Counter

import pytest

from apps.accounts.services import user_suspend
from apps.bookings.enums import Choice
from apps.bookings.rows import bookings, suspensions
from apps.bookings.services import suspensions_follow
from apps.bookings.services.suspensions import suspension_choose
from apps.bookings.tests.paid_bookings import booking_insert
from apps.common import mongo
from apps.events.rows import outbox_messages

STAYS = 150
NAME = f"killed-{uuid.uuid4().hex[:8]}"
WORKER = f"""
import django
from django.conf import settings
settings.DATABASES["default"]["OPTIONS"]["appname"] = "{NAME}"
django.setup()
from apps.bookings.tasks import follow_suspensions
follow_suspensions()
"""


def end_transactions():
    """What MongoDB does a minute after a client died whose transaction is open."""
    admin = mongo.database().client.admin
    idle = [{"$currentOp": {"idleSessions": True, "allUsers": True}}, {"$match": {"appName": NAME}}]
    for operation in admin.aggregate(idle):
        if "lsid" in operation:
            admin.command("killSessions", [{"id": operation["lsid"]["id"]}])


def cancelled():
    return suspensions.find_one({})["cancelled"]


@pytest.fixture
def worker():
    """A process that runs the task of the timer on the database of this test."""
    environ = {**os.environ, "MONGODB_DATABASE": mongo.database().name}
    process = subprocess.Popen([sys.executable, "-c", WORKER], env=environ)
    yield process
    process.kill()
    process.wait(10)


def test_a_worker_killed_in_the_middle_leaves_nothing_half_done(
    host, guest, listing_id, now, request
):
    made = [
        booking_insert(guest, host, listing_id, now, status="confirmed")["_id"]
        for _ in range(STAYS)
    ]
    user_suspend(user_id=host.id, now=now)
    suspensions_follow(clock=lambda: now)
    case_id = suspensions.find_one({})["_id"]
    suspension_choose(suspension_id=case_id, choice=Choice.CANCEL, staff_id=host.id, now=now)

    process = request.getfixturevalue("worker")
    deadline = time.monotonic() + 60
    while cancelled() < 5 and time.monotonic() < deadline:
        time.sleep(0.005)
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait(10) == -signal.SIGKILL
    end_transactions()
    done = cancelled()
    assert 5 <= done < STAYS
    assert bookings.count({"status": "cancelled"}) == done

    suspensions_follow(clock=lambda: now)
    case = suspensions.find_one({})
    assert (case["stage"], case["cancelled"], case["failed"]) == ("done", STAYS, 0)
    after = list(bookings.find({"_id": {"$in": made}}))
    assert Counter((row["status"], row["version"]) for row in after) == {("cancelled", 2): STAYS}
    events = outbox_messages.find({"payload.new_status": "cancelled"}, {"aggregate_id": 1})
    assert Counter(Counter(row["aggregate_id"] for row in events).values()) == {1: STAYS}
