"""One person is guest and host, with one account and one address."""

import pytest

from apps.accounts.rows import users
from conftest import PASSWORD
from tests.accounts.life import call, code, log_in


def test_a_guest_becomes_a_host_too(guest):
    assert code(guest.get("/api/owner/listings")) == "WRONG_USER_TYPE"
    assert code(log_in(guest.user.email, PASSWORD, "owner")) == "WRONG_USER_TYPE"
    for _ in range(2):
        reply = guest.post("/api/account/roles", {"role": "owner"})
        assert (reply.status_code, reply.json()["roles"]) == (200, ["owner", "traveler"])
    assert reply.json()["user_type"] == "traveler"
    assert guest.get("/api/owner/listings").status_code == 200
    assert guest.get("/api/traveler/favorites").status_code == 200
    for side in ("traveler", "owner"):
        user = log_in(guest.user.email, PASSWORD, side).json()["user"]
        assert (user["id"], user["user_type"]) == (str(guest.id), "traveler")


@pytest.mark.parametrize("role", ["staff", "", None, ["owner"], {"$ne": 1}])
def test_other_roles_are_none(guest, role):
    before = users.find_one({"_id": guest.id})
    assert guest.post("/api/account/roles", {"role": role}).status_code == 400
    assert users.find_one({"_id": guest.id}) == before


def test_accounts_of_before_have_the_role_they_registered_for(host):
    users.update_one({"_id": host.id}, {"$unset": {"roles": 1}})
    assert host.get("/api/owner/listings").status_code == 200
    assert code(host.get("/api/traveler/favorites")) == "WRONG_USER_TYPE"
    assert log_in(host.user.email, PASSWORD, "owner").json()["user"]["roles"] == ["owner"]


def test_notifications_of_both_sides_can_be_chosen(guest):
    guest.post("/api/account/roles", {"role": "owner"})
    shown = guest.get("/api/notifications/preferences").json()
    assert {"booking_requested", "booking_confirmed"} <= shown["matrix"].keys()


@pytest.mark.parametrize("path", ["/api/bookings", "/api/bookings/holds"])
def test_nobody_books_their_own_listing(host, stay, counts, path):
    call("/api/account/roles", {"role": "traveler"}, token=host.token)
    before = counts()
    reply = host.post(path, stay())
    assert (reply.status_code, code(reply)) == (409, "OWN_LISTING")
    assert counts() == before
