"""A browser of staff, and at least one record of each model."""

import datetime as dt
import uuid

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group
from django.test import Client

from apps.accounts.enums import LinkPurpose, LogInKind
from apps.accounts.models import Passkey, User
from apps.accounts.services import (
    Device,
    enrolment_begin,
    export_request,
    preferences_save,
    session_begin,
)
from apps.accounts.services.links import link_create
from apps.audit.enums import Kind
from apps.audit.services import events_chain, security_event
from apps.bookings.models import IdempotencyKey
from apps.bookings.services import hold_create
from apps.bookings.services.suspensions import suspension_begin
from apps.calendars.services import export_renew, feed_add
from apps.common.parts import LISTING, Subject, Withdrawal
from apps.events.models import DeadLetter, InboxMessage
from apps.messaging.services import saved_reply_add, thread_block
from apps.messaging.tests.reporting import message_report_make
from apps.notifications.services import email_stop
from apps.payments.enums import Command
from apps.payments.models import Payment
from apps.payments.services.commands import command_add
from apps.payments.services.ledger import entry_add
from apps.properties.models import Listing, Review
from apps.properties.services.named_places import Sight, sights_put
from apps.properties.services.search_words import words_renew
from apps.texts.enums import Kind as TextKind
from apps.texts.services import text_publish
from apps.travelers.services import favorite_add
from tests.admin.desk import email_write


@pytest.fixture(scope="module", autouse=True)
def permissions(request) -> None:
    """What `migrate` makes at the end; the database of the tests has no migrations. A run of unit
    tests alone has no database."""
    if all("unit" in item.keywords for item in request.session.items):
        return
    request.getfixturevalue("database")
    for config in apps.get_app_configs():
        create_permissions(config, verbosity=0)


@pytest.fixture
def staff(make_person):
    return make_person(is_staff=True, is_superuser=True, email="staff@example.com")


@pytest.fixture
def desk(staff) -> Client:
    browser = Client()
    browser.force_login(staff.user)
    return browser


@pytest.fixture
def letter(now):
    return DeadLetter.objects.create(
        id=f"travelers:0:{uuid.uuid4().int % 10**6}",
        consumer="travelers",
        status="failed",
        topic="booking-updates",
        partition=0,
        offset=7,
        key="6f0c11111111111111111111",
        event_id=str(uuid.uuid4()),
        error="ValueError: x",
        value="e30=",
        first_failed_at=now,
        last_failed_at=now,
        history=[],
    )


@pytest.fixture
def records(guest, listing_id, book, letter, desk, now):
    """At least one of each registered model."""
    booking = book()
    command = command_add(
        Command.CAPTURE,
        {"_id": Payment.objects.get().pk, "booking_id": booking["_id"]},
        booking["total_price"],
        now=now,
    )
    entry_add(command, booking_id=booking["_id"], currency="SGD", text="Taken", made_of=[], now=now)
    stay = {"check_in": now.date() + dt.timedelta(days=60), "guest_count": 1}
    stay["check_out"] = stay["check_in"] + dt.timedelta(days=2)
    hold_create(guest_id=guest.id, listing_id=listing_id, now=now, **stay)
    host_id = Listing.objects.get(pk=listing_id).host_id
    export_renew(listing_id=listing_id, host_id=host_id, now=now)
    feed = {"name": "Elsewhere", "url": "https://calendars.example/one.ics"}
    feed_add(listing_id=listing_id, host_id=host_id, now=now, **feed)
    favorite_add(user_id=guest.id, listing_id=listing_id, now=now)
    preferences_save(user_id=guest.id, values={"max_price_per_night": 9900}, now=now)
    Review.objects.create(listing_id=listing_id, author="Kim", date=now.date(), text="Good.")
    IdempotencyKey.objects.create(
        id=f"{guest.id}:k_3A", fingerprint="f", body=b"{}", created_at=now
    )
    InboxMessage.objects.create(id="owners:1", handled_at=now)
    email_write(guest, booking["_id"], now)
    email_stop(user_id=guest.id, kind="stay_begins", now=now)
    Group.objects.get_or_create(name="support")
    enrolment_begin(user_id=guest.id, now=now)
    device = Device("A program", "127.0.0.1")
    session_begin(user=guest.user, kind=LogInKind.PROGRAM, device=device, now=now)
    Passkey.objects.create(user_id=guest.id, name="A phone", credential_id="x", created_at=now)
    export_request(user_id=guest.id, now=now)
    link_create(user_id=guest.id, purpose=LinkPurpose.VERIFY, address=guest.user.email, now=now)
    merlion = Sight("merlion", "Merlion", "Singapore", "Singapore", (103.85, 1.29))
    sights_put("tests", [merlion], now=now)
    words_renew()
    reported = message_report_make(guest.id, listing_id, now=now)
    thread_block(thread_id=reported.thread_id, person_id=guest.id, is_blocked=True, now=now)
    host_id = reported.host_id
    saved_reply_add(host_id=host_id, title="Parking", text="In the street.", now=now)
    text_publish(kind=TextKind.HELP, body="# Help", author_id=guest.id, now=now)
    suspension_begin(Withdrawal(Subject(LISTING, listing_id), now, "A complaint"))
    security_event(Kind.LOGGED_IN, user_id=guest.id, now=now)
    events_chain(owner="tests")
    security_event(Kind.LOGGED_IN, user_id=guest.id, now=now)
    LogEntry.objects.log_actions(guest.id, [User.objects.get(pk=guest.id)], 2, "x")
