"""Every page of every model of the Django admin, its searches and filters, also hostile ones."""

import pytest
from django.apps import apps
from django.contrib.admin.utils import quote

from apps.bookings.models import Booking
from tests.admin.desk import EVENT_ID, MODELS, urls

HOSTILE = (
    ".*",
    "(",
    "[",
    "\\",
    "^",
    "$",
    "a{99999}",
    "(?i)kim",
    "|",
    '"',
    "'unclosed",
    '{"$gt": ""}',
    "%",
    "x" * 5000,
    "\U0001f600 ü",
    "(a+)+$",
)


def test_every_model_of_ours_is_registered():
    from django_mongodb_backend.models import EmbeddedModel

    ours = {
        model._meta.label_lower
        for model in apps.get_models()
        if model.__module__.startswith("apps.") and not issubclass(model, EmbeddedModel)
    }
    assert set(MODELS) == ours | {"auth.group", "admin.logentry"}


@pytest.mark.parametrize("label", MODELS)
def test_every_page_of_every_model(desk, records, label):
    shown = desk.get(urls(label))
    assert shown.status_code == 200
    assert shown.context["cl"].result_count > 0
    for record in shown.context["cl"].result_list:
        assert desk.get(f"{urls(label)}{quote(record.pk)}/change/").status_code == 200
        assert desk.get(f"{urls(label)}{quote(record.pk)}/history/").status_code == 200
    for text in HOSTILE:
        found = desk.get(urls(label), {"q": text})
        assert (text, found.status_code) == (text, 200)
        assert (text, found.context["cl"].result_count) == (text, 0)
    assert desk.get(f"{urls(label)}nothing/change/", follow=True).status_code == 200


@pytest.mark.parametrize("label", MODELS)
def test_every_filter_and_order(desk, records, label):
    shown = desk.get(urls(label)).context["cl"]
    for spec in shown.filter_specs:
        for choice in spec.choices(shown):
            assert desk.get(urls(label) + choice["query_string"]).status_code == 200
    for column in range(len(shown.list_display)):
        assert desk.get(urls(label), {"o": f"-{column}"}).status_code == 200


def test_searches_find(desk, records, guest, host, listing_id):
    booking = Booking.objects.get()
    for label, text in (
        ("accounts.user", guest.user.email[:14]),
        ("accounts.user", guest.user.email.upper()),
        ("accounts.user", str(guest.id)),
        ("properties.listing", "quiet"),
        ("properties.listing", "Singa"),
        ("properties.listing", str(host.id)),
        ("properties.nightclaim", str(listing_id)),
        ("properties.review", "Kim"),
        ("bookings.booking", str(booking.pk)),
        ("bookings.booking", str(guest.id)),
        ("bookings.booking", str(listing_id)),
        ("bookings.idempotencykey", str(guest.id)),
        ("bookings.hold", str(guest.id)),
        ("bookings.hold", str(listing_id)),
        ("payments.payment", str(guest.id)),
        ("payments.payment", str(booking.pk)),
        ("payments.paymentcommand", str(booking.pk)),
        ("payments.ledgerentry", str(booking.pk)),
        ("events.outboxmessage", str(booking.pk)),
        ("events.inboxmessage", "owners:"),
        ("events.deadletter", "6f0c1111"),
        ("calendars.calendarfeed", "calendars.exa"),
        ("calendars.calendarfeed", str(listing_id)),
        ("calendars.calendarexport", str(host.id)),
        ("travelers.favorite", str(guest.id)),
        ("accounts.preference", str(guest.id)),
        ("messaging.thread", str(guest.id)),
        ("messaging.thread", str(listing_id)),
        ("messaging.message", str(host.id)),
        ("messaging.report", str(guest.id)),
        ("messaging.block", str(guest.id)),
        ("messaging.savedreply", str(host.id)),
        ("notifications.email", EVENT_ID),
        ("notifications.email", str(booking.pk)),
        ("notifications.email", str(guest.id)),
        ("notifications.notificationpreference", str(guest.id)),
        ("auth.group", "supp"),
        ("audit.securitylogentry", str(guest.id)),
        ("audit.securityevent", str(guest.id)),
    ):
        found = desk.get(urls(label), {"q": text}).context["cl"].result_count
        assert (label, text, found > 0) == (label, text, True)
    assert desk.get(urls("accounts.user"), {"q": "nobody"}).context["cl"].result_count == 0


@pytest.mark.parametrize(
    ("label", "text"), [("accounts.user", "kim.(lee"), ("events.inboxmessage", "owners:1")]
)
def test_beginnings_are_looked_up_in_an_index(desk, records, label, text):
    """A part of a text, which scans, is searched for in titles only."""
    shown = desk.get(urls(label), {"q": text}).context["cl"]
    plan = str(shown.queryset.order_by("id").explain())
    assert "IXSCAN" in plan
    assert "COLLSCAN" not in plan


def test_nothing_is_added_edited_or_deleted_by_hand(desk, records):
    for label in MODELS:
        if label in {"auth.group", "accounts.user"}:
            continue
        record = desk.get(urls(label)).context["cl"].result_list[0]
        for page in ("add/", f"{record.pk}/delete/"):
            assert (label, desk.get(urls(label) + page).status_code) == (label, 403)
        assert desk.post(f"{urls(label)}{quote(record.pk)}/change/", {}).status_code == 403
    assert desk.get(f"{urls('accounts.user')}add/").status_code == 403
