"""How a listing leaves the market: deleted by its owner, or suspended and restored."""

import datetime as dt

import pytest
from bson import ObjectId

from apps.common.errors import NotFoundError
from apps.properties.enums import ClaimKind
from apps.properties.nights import midnight
from apps.properties.rows import night_claims
from apps.properties.services import listing_restore, listing_suspend, nights_claim
from apps.properties.tests.owned import BODY, snapshot, stored


@pytest.fixture
def mine(host):
    return host.post("/api/properties", BODY).json()


def test_a_deleted_listing_is_gone_everywhere_but_from_the_database(
    host, guest, listing_id, stay, anonymous, today
):
    path = f"/api/properties/{listing_id}"
    assert host.http.delete(f"{path}?version=1").status_code == 204

    query = {"from": str(today), "to": str(today + dt.timedelta(days=5))}
    gone = (
        anonymous.get(path),
        anonymous.get(f"{path}/calendar", query),
        anonymous.get(f"{path}/reviews"),
        host.get(f"/api/owner/listings/{listing_id}"),
        host.put(path, {"version": 2, "is_active": True}),
        host.http.delete(path),
    )
    assert [reply.status_code for reply in gone] == [404] * len(gone)
    lists = (
        anonymous.get("/api/properties"),
        anonymous.get("/api/properties/search", {"location": "Singapore"}),
        anonymous.get("/api/properties/search", {"lat": "1.29", "lng": "103.85"}),
        host.get("/api/owner/listings"),
    )
    assert [reply.json()["results"] for reply in lists] == [[]] * len(lists)
    assert anonymous.get("/api/properties/places").json()["places"] == []
    reply = guest.post("/api/bookings", stay())
    assert (reply.status_code, reply.json()["error"]["code"]) == (409, "LISTING_INACTIVE")
    row = stored(listing_id)
    assert (row["version"], row["is_active"]) == (2, False)
    assert row["deleted_at"] is not None


def test_a_listing_with_booked_nights_ahead_stays(host, guest, listing_id, stay):
    booking = guest.post("/api/bookings", stay()).json()
    before = snapshot()
    reply = host.http.delete(f"/api/properties/{listing_id}")

    assert reply.status_code == 409
    error = reply.json()["error"]
    first = dt.date.fromisoformat(stay()["check_in"])
    assert error["code"] == "STAYS_AHEAD"
    assert error["details"] == {
        "nights": [str(first), str(first + dt.timedelta(days=1))],
        "check_out": stay()["check_out"],
    }
    assert snapshot() == before

    guest.post(f"/api/bookings/{booking['id']}/cancel")
    assert host.http.delete(f"/api/properties/{listing_id}").status_code == 204
    mine = guest.get("/api/traveler/bookings").json()["results"]
    assert [row["listing"]["title"] for row in mine] == ["A quiet flat"]


@pytest.mark.parametrize(("days", "status"), [(0, 409), (-1, 204)])
def test_nights_count_from_today_at_the_listing(host, make_listing, now, days, status):
    """15 hours ahead of UTC or behind it, the day at the listing decides."""
    from zoneinfo import ZoneInfo

    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        listing_id = make_listing(time_zone=zone)
        night = now.astimezone(ZoneInfo(zone)).date() + dt.timedelta(days=days)
        nights_claim(
            listing_id=listing_id,
            check_in=night,
            check_out=night + dt.timedelta(days=1),
            kind=ClaimKind.BOOKING,
            owner_id="a booking",
            now=now,
        )
        assert host.http.delete(f"/api/properties/{listing_id}").status_code == status
        claim = {"listing_id": listing_id, "night": midnight(night), "owner_id": "a booking"}
        assert night_claims.count(claim) == 1


def test_a_moderator_takes_a_listing_out_and_puts_it_back(host, mine, anonymous, now, guest, stay):
    listing_id, path = ObjectId(mine["id"]), f"/api/properties/{mine['id']}"
    listing_suspend(listing_id=listing_id, now=now)
    listing_suspend(listing_id=listing_id, now=now)

    assert anonymous.get(path).status_code == 404
    assert guest.post("/api/bookings", stay(listing_id=mine["id"])).status_code == 409
    seen = host.get(f"/api/owner/listings/{mine['id']}").json()
    assert (seen["is_active"], seen["is_suspended"], seen["version"]) == (False, True, 2)
    for wanted in (True, False):
        reply = host.put(path, {"version": 2, "is_active": wanted})
        assert reply.json()["error"]["code"] == "LISTING_SUSPENDED"
    assert host.put(path, {"version": 2, "title": "Better"}).status_code == 200

    listing_restore(listing_id=listing_id, now=now)
    back = anonymous.get(path).json()
    assert (back["title"], back["is_active"], back["version"]) == ("Better", True, 4)
    listing_restore(listing_id=listing_id, now=now)
    assert anonymous.get(path).json() == back


def test_what_its_owner_had_off_the_market_stays_off_when_restored(make_listing, now):
    listing_id = make_listing(is_active=False)
    listing_suspend(listing_id=listing_id, now=now)
    listing_restore(listing_id=listing_id, now=now)
    row = stored(listing_id)
    assert (row["is_active"], row["suspended_at"], row["active_before"]) == (False, None, None)


def test_a_deleted_listing_cannot_be_restored(host, listing_id, now):
    host.http.delete(f"/api/properties/{listing_id}")
    before = snapshot()
    for moderate in (listing_suspend, listing_restore):
        with pytest.raises(NotFoundError):
            moderate(listing_id=listing_id, now=now)
    assert snapshot() == before
