"""A listing is not deleted under a guest who books at the same moment. The
negative control shows the same race without closing the nights."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from apps.bookings.rows import bookings
from apps.events.rows import outbox_messages
from apps.properties.rows import listings, night_claims
from apps.properties.services import deletion, nights

WAIT = 20


@pytest.fixture
def race(host, guest, stay, listing_id, monkeypatch):
    """Both have read before either writes; then `winner` writes first. Returns both replies."""

    def run(winner, *, close):
        met, done = Barrier(2), Event()

        def pause(mine):
            """Once: what starts anew after a conflict does not wait again."""
            if not passed[mine]:
                passed[mine] = True
                met.wait(WAIT)
                if mine != winner:
                    assert done.wait(WAIT)

        passed = {"booking": False, "deletion": False}
        read = nights.claims_on

        def claims_on(*arguments, **named):
            found = read(*arguments, **named)
            pause("booking")
            return found

        def nights_close(*arguments, **named):
            pause("deletion")
            close(*arguments, **named)

        monkeypatch.setattr(nights, "claims_on", claims_on)
        monkeypatch.setattr(deletion, "nights_close", nights_close)

        def act(who, call):
            try:
                return call()
            finally:
                if who == winner:
                    done.set()

        with ThreadPoolExecutor(2) as pool:
            booking = pool.submit(act, "booking", lambda: guest.post("/api/bookings", stay()))
            path = f"/api/properties/{listing_id}"
            deleted = pool.submit(act, "deletion", lambda: host.http.delete(path))
            return booking.result(WAIT), deleted.result(WAIT)

    return run


def _stored():
    listing = listings.find_one({})
    return bookings.count({}), listing["is_active"]


def test_the_booking_first(race):
    booking, deleted = race("booking", close=deletion.nights_close)
    assert (booking.status_code, deleted.status_code) == (201, 409)
    assert deleted.json()["error"]["code"] == "STAYS_AHEAD"
    assert _stored() == (1, True)
    assert night_claims.count({"kind": "block"}) == 0


def test_the_deletion_first(race):
    booking, deleted = race("deletion", close=deletion.nights_close)
    assert (booking.status_code, deleted.status_code) == (409, 204)
    assert booking.json()["error"]["code"] in {"LISTING_INACTIVE", "NIGHTS_TAKEN"}
    assert _stored() == (0, False)
    assert outbox_messages.count({}) == 0


@pytest.mark.usefixtures("no_other_guard")
@pytest.mark.parametrize("winner", ["booking", "deletion"])
def test_without_the_closed_nights_both_succeed(race, winner):
    """A transaction alone is not enough: the two write different documents."""
    booking, deleted = race(winner, close=lambda *_arguments, **_named: None)
    assert (booking.status_code, deleted.status_code) == (201, 204)
    assert _stored() == (1, False)


def test_a_night_freed_at_the_same_moment_is_closed_too(host, guest, stay, listing_id, now, today):
    """Blocks are replaced, not kept: who frees one meanwhile makes the deletion start anew."""
    import datetime as dt

    from apps.properties.enums import ClaimKind

    first = today + dt.timedelta(days=30)
    nights.nights_claim(
        listing_id=listing_id,
        check_in=first,
        check_out=first + dt.timedelta(days=2),
        kind=ClaimKind.BLOCK,
        owner_id="the owner",
        now=now,
    )
    assert host.http.delete(f"/api/properties/{listing_id}").status_code == 204
    assert night_claims.distinct("owner_id", {}) == [f"deleted:{listing_id}"]
    assert night_claims.count({}) == nights_closed()


def nights_closed() -> int:
    from apps.properties.nights import WINDOW_DAYS

    return WINDOW_DAYS + 3
