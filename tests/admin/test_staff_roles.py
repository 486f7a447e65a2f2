"""Every page and action of the admin times every role, held against `staff_table.py`."""

import re
from pathlib import Path

import pytest
from django.contrib import admin
from django.contrib.admin.utils import quote
from django.contrib.auth.models import Group
from django.test import Client

from apps.accounts.models import User
from apps.accounts.services import staff_roles_ensure
from apps.accounts.staff_roles import RIGHTS, ROLES
from apps.audit.rows import security_events
from apps.bookings.models import Booking
from apps.properties.rows import listings
from tests.admin import staff_table
from tests.admin.desk import MODELS, act, urls
from tests.admin.staff_table import ACTIONS, EDITED, PAGES

EXACT = {
    "address": "7 Orchard Lane",
    "coordinates": {"type": "Point", "coordinates": [103.83, 1.3]},
}
NOBODY = "no role"
DOCS = Path(__file__).resolve().parents[2] / "docs/staff.md"


@pytest.fixture
def member(make_person):
    """Makes a person of staff in the group of a role, and their browser."""
    staff_roles_ensure()

    def make(role: str):
        person = make_person(is_staff=True)
        if role != NOBODY:
            person.user.groups.add(Group.objects.get(name=role))
        browser = Client()
        browser.force_login(person.user)
        return person, browser

    return make


def actions() -> set[tuple[str, str]]:
    return {
        (model._meta.label_lower, action.name)
        for model, page in admin.site._registry.items()
        for action in getattr(page, "service_actions", ())
    }


@pytest.mark.unit
def test_the_table_has_every_page_and_action():
    assert set(PAGES) == set(MODELS)
    assert set(ACTIONS) == actions()
    assert set(ROLES) == staff_table.ALL


@pytest.mark.unit
def test_every_right_of_ours_belongs_to_a_role_and_only_those_that_there_are():
    ours = {right.partition(".")[2] for rights in ROLES.values() for right in rights}
    assert set(RIGHTS) <= ours
    used = {
        action.right
        for page in admin.site._registry.values()
        for action in getattr(page, "service_actions", ())
    }
    assert {right.partition(".")[2] for right in used} <= set(RIGHTS)


@pytest.fixture
def first_of(records) -> dict[str, str]:
    """One record of each model, as addresses have it."""
    models = {model._meta.label_lower: model for model in admin.site._registry}
    return {
        label: quote(model.objects.order_by("pk").first().pk) for label, model in models.items()
    }


@pytest.mark.parametrize("role", [NOBODY, *sorted(ROLES)])
def test_pages_and_actions_of_a_role(member, first_of, role):
    _, browser = member(role)
    for label in MODELS:
        listed = browser.get(urls(label))
        sees, edits = role in PAGES[label], role in EDITED.get(label, ())
        assert (label, listed.status_code) == (label, 200 if sees else 403)
        change = f"{urls(label)}{first_of[label]}/change/"
        if edits:
            assert b'name="_save"' in browser.get(change).content
        else:
            assert (label, browser.post(change, {}).status_code) == (label, 403)
        for name in sorted(name for page, name in ACTIONS if page == label):
            may = role in ACTIONS[label, name]
            offered = f'value="{name}"'.encode() in listed.content
            assert (label, name, offered) == (label, name, may)
            asked = browser.get(f"{urls(label)}{first_of[label]}/{name}/")
            assert (label, name, asked.status_code) == (label, name, 200 if may else 403)
            if not may:
                forged = act(browser, label, name, first_of[label], reason="x")
                assert (label, name, forged.status_code) == (label, name, 403)


@pytest.mark.parametrize("role", [NOBODY, *sorted(ROLES)])
def test_the_api_asks_for_rights_too(member, book, guest, role):
    person, _ = member(role)
    booking = book()
    address = f"/api/bookings/{booking['_id']}"
    reads = role in staff_table.READ_A_BOOKING
    assert person.get(address).status_code == (200 if reads else 404)
    assert person.get(f"{address}/cancellation").status_code == (200 if reads else 404)
    theirs = person.get(f"/api/bookings/user/{guest.id}")
    assert theirs.status_code == (200 if reads else 404)
    cancels = role in staff_table.CANCEL_A_BOOKING
    reply = person.post(f"{address}/cancel", {"reason": "A flood"})
    assert reply.status_code == (200 if cancels else 404)
    assert Booking.objects.get().status == ("cancelled" if cancels else "pending")
    noted = list(security_events.find({"kind": "staff_action"}))
    assert [event["actor_id"] for event in noted] == ([person.id] if cancels else [])
    if cancels:
        about = {"model": "bookings.booking", "record": str(booking["_id"]), "action": "Cancel"}
        assert noted[0]["details"] == about


def test_a_role_that_is_taken_away_is_gone_with_the_next_call(member, book):
    person, browser = member("support")
    address = f"/api/bookings/{book()['_id']}"
    assert person.get(address).status_code == 200
    person.user.groups.clear()
    assert person.get(address).status_code == 404
    assert browser.get(urls("bookings.booking")).status_code == 403


@pytest.mark.parametrize("role", sorted(staff_table.PAGES["properties.listing"]))
def test_the_street_is_for_those_who_may_read_it(member, listing_id, role):
    _, browser = member(role)
    listings.update_one({"_id": listing_id}, {"$set": {"exact": EXACT}})
    page = browser.get(f"/admin/properties/listing/{listing_id}/change/").content.decode()
    assert ("Orchard" in page) == (role in staff_table.READ_AN_EXACT_ADDRESS)


def test_administrators_give_roles_and_others_do_not(member, guest):
    form = {"first_name": "G", "is_staff": "on", "is_superuser": "on"}
    for role, gives in (("support", False), ("administrator", True)):
        _, browser = member(role)
        group = Group.objects.get(name="support")
        browser.post(
            f"/admin/accounts/user/{guest.id}/change/", {**form, "groups": [str(group.pk)]}
        )
        user = User.objects.get(pk=guest.id)
        assert (user.first_name, user.is_staff, user.is_superuser) == ("G", gives, False)
        assert [group.name for group in user.groups.all()] == (["support"] if gives else [])
        noted = list(security_events.find({"kind": "roles_changed", "user_id": guest.id}))
        assert [event["details"] for event in noted] == (
            [{"changed": "groups, is_staff"}] if gives else []
        )


def test_the_groups_follow_the_table(database):
    staff_roles_ensure()
    Group.objects.get(name="finance").permissions.clear()
    Group.objects.create(name="night shift")
    staff_roles_ensure()
    for name, rights in ROLES.items():
        stored = {
            f"{permission.content_type.app_label}.{permission.codename}"
            for permission in Group.objects.get(name=name).permissions.select_related(
                "content_type"
            )
        }
        assert (name, stored) == (name, set(rights))
    assert Group.objects.filter(name="night shift").exists()


def test_what_staff_do_in_the_admin_is_noted(desk, staff, book):
    booking = book()
    act(desk, "bookings.booking", "cancel", booking["_id"], reason="Gia Tan asked for it")
    (event,) = security_events.find({"kind": "staff_action"})
    assert event["actor_id"] == staff.id
    about = {"model": "bookings.booking", "record": str(booking["_id"]), "action": "Cancel"}
    assert event["details"] == about
    assert event["address"] == "127.0.0.1"
    assert re.fullmatch("[0-9a-f]{32}", event["request_id"])


@pytest.mark.unit
def test_the_docs_say_the_same():
    rows = [line.split(" | ") for line in DOCS.read_text().splitlines() if line.startswith("| `")]
    shown = {row[0].strip("|` "): row[-1].strip(" |").split(", ") for row in rows}
    for name in RIGHTS:
        assert shown[name] == [role for role in ROLES if f"accounts.{name}" in ROLES[role]]
    for page in PAGES:
        view = page.replace(".", ".view_")
        assert (page, shown[page]) == (page, [role for role in ROLES if view in ROLES[role]])
