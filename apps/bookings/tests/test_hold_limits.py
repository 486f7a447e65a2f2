"""Nobody holds the same nights for ever, nor a street by a dozen new accounts."""

import datetime as dt

import pytest

from apps.bookings.services import hold_create
from apps.bookings.services.holds import HeldTooLongError
from apps.bookings.tests.holding import PATH, claims, code, stored_holds

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def hold(guest, listing_id, day):
    def make(now, *, guest_id=None, nights=2):
        return hold_create(
            guest_id=guest_id or guest.id,
            listing_id=listing_id,
            check_in=day(0),
            check_out=day(nights),
            guest_count=1,
            now=now,
        )

    return make


def test_a_hold_that_is_renewed_all_the_time_ends_after_an_hour(hold, now, make_person):
    for times in range(4):
        assert hold(now + 16 * times * MINUTE).status == 201
    before = (claims(), stored_holds())
    with pytest.raises(HeldTooLongError):
        hold(now + 64 * MINUTE)
    assert (claims(), stored_holds()) == before
    assert hold(now + 80 * MINUTE, guest_id=make_person().id).status == 201


def test_a_hold_that_is_changed_costs_only_what_it_lasts_longer(hold, now):
    for times in range(20):
        assert hold(now, nights=1 + times % 3).status == 201


def test_the_refusal_says_when_and_a_booking_needs_no_hold(guest, stay, settings):
    settings.RATE_LIMIT_HOLD_MINUTES = "15/day"
    first = guest.post(PATH, stay(), idempotency_key="a-key-of-this-test")
    again = guest.post(PATH, stay(), idempotency_key="a-key-of-this-test")
    assert (first.status_code, again.content) == (201, first.content)

    refused = guest.post(PATH, stay())

    assert (refused.status_code, code(refused)) == (409, "HELD_TOO_LONG")
    assert "back in 24 h" in refused.json()["error"]["message"]
    assert len(stored_holds()) == 1
    assert guest.post("/api/bookings", stay()).status_code == 201


def test_another_listing_can_still_be_held(guest, stay, make_listing, settings):
    settings.RATE_LIMIT_HOLD_MINUTES = "15/day"
    assert guest.post(PATH, stay()).status_code == 201
    assert guest.post(PATH, stay(listing_id=str(make_listing()))).status_code == 201


def test_a_new_account_holds_two_stays(guest, stay, make_listing, settings):
    settings.HOLDS_A_NEW_GUEST = 2
    bodies = [stay(listing_id=str(make_listing())) for _ in range(3)]
    replies = [guest.post(PATH, body) for body in bodies]
    assert [reply.status_code for reply in replies] == [201, 201, 409]
    assert code(replies[2]) == "TOO_MANY_HOLDS"
    assert len(stored_holds()) == 2


def test_many_accounts_at_one_address_share_its_holds(make_person, stay, make_listing, settings):
    settings.RATE_LIMIT_HOLDS = "2/hour"
    replies = [make_person().post(PATH, stay(listing_id=str(make_listing()))) for _ in range(3)]
    assert [reply.status_code for reply in replies] == [201, 201, 429]
    assert code(replies[2]) == "RATE_LIMITED"
    assert make_person().get(PATH).status_code == 200


def test_without_redis_holds_go_on(guest, stay, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert guest.post(PATH, stay()).status_code == 201
