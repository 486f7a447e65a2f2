"""From POST /api/bookings to the host's e-mail, by the commands of the roles, in one process."""

import os
import re
import signal
import threading
import time
import uuid
from contextlib import suppress

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from pymongo.errors import PyMongoError

from apps.events.rows import outbox_messages
from apps.notifications.rows import emails
from apps.notifications.tasks import send_emails
from tests.path_recorder import ROOT, recorded

DOCUMENT = ROOT / "docs" / "way-of-a-booking.md"
PATH = r"`((?:airbnb|apps)/[\w/.]+)`"
MOST = 49
SECONDS = 30


def run(*command: str, until) -> None:
    """Runs a worker's command and ends it by SIGTERM once `until()` holds. The signal is sent only
    while the command listens to it: this process runs other tests too."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    running = threading.Lock()
    ended = False

    def end() -> None:
        deadline = time.monotonic() + SECONDS
        while not (_listens(before) and _holds(until)) and time.monotonic() < deadline:
            time.sleep(0.05)
        with running:
            if not ended and _listens(before):
                os.kill(os.getpid(), signal.SIGTERM)

    ending = threading.Thread(target=end, daemon=True)
    ending.start()
    try:
        call_command(*command)
    finally:
        with running:
            ended = True
        for number, handler in before.items():
            signal.signal(number, handler)
    assert until()


def _listens(before) -> bool:
    return signal.getsignal(signal.SIGTERM) != before[signal.SIGTERM]


def _holds(until) -> bool:
    """A thread that dies of an error would never end the command."""
    with suppress(PyMongoError):
        return until()
    return False


def published() -> bool:
    return not outbox_messages.count({"published_at": None})


def notification_requested() -> bool:
    return bool(outbox_messages.count({"topics": "notifications"}))


def email_stored() -> bool:
    return bool(emails.count({}))


@pytest.fixture
def files(guest, host, stay, kafka_prefix, settings) -> list[str]:
    """The files in whose functions the way enters, in order."""
    settings.METRICS_BIND = ""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    headers = {"authorization": f"Bearer {guest.token}", "idempotency-key": uuid.uuid4().hex}
    with recorded() as found:
        reply = Client().post(
            "/api/bookings", stay(), content_type="application/json", headers=headers
        )
        assert reply.status_code == 201
        run("relay_outbox", until=published)
        run("consume_bookings", "--group", "owners", until=notification_requested)
        run("relay_outbox", until=published)
        run("consume_notifications", until=email_stored)
        send_emails.apply()
    assert [message.to for message in mail.outbox] == [[host.user.email]]
    return found


def test_the_document_names_the_files_of_the_way(files):
    print("", *files, sep="\n")
    text = DOCUMENT.read_text(encoding="utf-8")
    named = re.findall(PATH, text)
    assert [path for path in files if path not in named] == []
    assert [path for path in named if not (ROOT / path).exists()] == []
    assert len(named) == len(set(named))
    assert len(re.findall(rf"^\d+\. {PATH}", text, re.MULTILINE)) <= MOST
