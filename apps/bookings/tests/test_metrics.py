"""The figures of the business: each booking and each change counts once, a refused one never."""

import datetime as dt

import pytest
from prometheus_client import REGISTRY

from apps.bookings.enums import Action, Actor
from apps.bookings.services import booking_change
from apps.common.errors import ConflictError


def changes(action):
    return REGISTRY.get_sample_value("bookings_changes_total", {"action": action}) or 0


def searches(*, dated, found):
    labels = {"dated": str(dated).lower(), "found": str(found).lower()}
    return REGISTRY.get_sample_value("searches_total", labels) or 0


def test_changes_count_once_they_are_committed(book, now):
    before = {action: changes(action) for action in ("request", "accept")}
    booking = book()
    with pytest.raises(ConflictError):
        book()
    booking_change(booking_id=booking["_id"], action=Action.ACCEPT, actor=Actor.OWNER, now=now)
    with pytest.raises(ConflictError):
        booking_change(booking_id=booking["_id"], action=Action.ACCEPT, actor=Actor.OWNER, now=now)
    assert changes("request") == before["request"] + 1
    assert changes("accept") == before["accept"] + 1


def test_a_repeated_key_counts_once(guest, stay):
    before = changes("request")
    for _ in range(2):
        guest.post("/api/bookings", stay(), **{"Idempotency-Key": "only-once-1"})
    assert changes("request") == before + 1


def test_searches_count_by_dates_and_by_what_they_found(anonymous, listing_id, today):
    before = searches(dated=False, found=True), searches(dated=True, found=False)
    anonymous.get("/api/properties/search")
    stay = {"check_in": today + dt.timedelta(3), "check_out": today + dt.timedelta(4)}
    anonymous.get("/api/properties/search", {**stay, "guests": 50})
    assert (searches(dated=False, found=True), searches(dated=True, found=False)) == (
        before[0] + 1,
        before[1] + 1,
    )
