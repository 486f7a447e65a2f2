"""Who may do what in the Django admin."""

from django.contrib.auth.models import Group, Permission
from django.test import Client

from apps.accounts.models import User
from apps.bookings.models import Booking
from tests.admin.desk import MODELS, act, log, said, urls


def test_staff_without_permissions_see_nothing(make_person, records, listing_id):
    person = make_person(is_staff=True)
    browser = Client()
    browser.force_login(person.user)
    for label in MODELS:
        assert (label, browser.get(urls(label)).status_code) == (label, 403)
    booking = Booking.objects.get()
    assert act(browser, "bookings.booking", "accept", booking.pk).status_code == 403
    assert browser.get(f"/admin/bookings/booking/{booking.pk}/accept/").status_code == 403
    assert Booking.objects.get().status == "pending"

    view = Permission.objects.get(codename="view_booking")
    person.user.user_permissions.add(view)
    assert browser.get(urls("bookings.booking")).status_code == 200
    assert b'value="accept"' not in browser.get(urls("bookings.booking")).content
    assert browser.get(f"/admin/bookings/booking/{booking.pk}/accept/").status_code == 403
    act(browser, "bookings.booking", "accept", booking.pk)
    assert Booking.objects.get().status == "pending"


def test_members_of_a_group_may_what_it_may(make_person, records):
    group = Group.objects.get(name="support")
    codes = ["view_booking", "answer_any_booking"]
    group.permissions.set(Permission.objects.filter(codename__in=codes))
    person = make_person(is_staff=True)
    person.user.groups.add(group)
    browser = Client()
    browser.force_login(person.user)
    booking = Booking.objects.get()
    act(browser, "bookings.booking", "accept", booking.pk)
    assert Booking.objects.get().status == "confirmed"
    assert browser.get(urls("accounts.user")).status_code == 403


def test_strangers_are_sent_to_the_login(guest, anonymous):
    assert Client().get(urls("bookings.booking")).status_code == 302
    browser = Client()
    browser.force_login(guest.user)
    assert browser.get(urls("bookings.booking")).status_code == 302


def test_only_superusers_give_rights(make_person, guest):
    helper = make_person(is_staff=True)
    codes = ["view_user", "change_user"]
    helper.user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    browser = Client()
    browser.force_login(helper.user)
    rights = {"first_name": "G", "is_staff": "on", "is_superuser": "on"}
    for person in (helper, guest):
        browser.post(f"/admin/accounts/user/{person.id}/change/", rights)
        assert not User.objects.get(pk=person.id).is_superuser
    assert not User.objects.get(pk=guest.id).is_staff
    assert browser.get(urls("accounts.session")).status_code == 403


def test_only_superusers_suspend_superusers(make_person, staff, guest):
    helper = make_person(is_staff=True)
    codes = ["view_user", "suspend_user"]
    helper.user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    browser = Client()
    browser.force_login(helper.user)
    refused = act(browser, "accounts.user", "suspend", staff.id, reason="x")
    assert "Only superusers can suspend superusers." in said(refused)[0]
    assert User.objects.get(pk=staff.id).is_active
    act(browser, "accounts.user", "suspend", guest.id, reason="x")
    assert not User.objects.get(pk=guest.id).is_active
    assert [entry[0] for entry in log()] == [str(guest.id)]


def test_the_login_of_the_admin_is_limited(staff, settings):
    settings.RATE_LIMIT_LOGIN = "3/minute"
    form = {"username": staff.user.email, "password": "wrong"}
    replies = [Client().post("/admin/login/", form).content.decode() for _ in range(5)]
    assert ["Too many attempts" in reply for reply in replies] == [False] * 3 + [True] * 2
