import datetime as dt
import uuid

import pytest
from bson import ObjectId

from apps.bookings.rows import bookings, holds
from apps.bookings.services import holds_expire
from apps.bookings.tasks import expire_holds
from apps.bookings.tests.holding import PATH, claims, code, stored_holds
from apps.common.clock import utc_now
from apps.events.rows import outbox_messages
from apps.payments.rows import payments
from apps.properties.rows import listings, night_claims


def test_a_hold(guest, stay, listing_id, day):
    reply = guest.post(PATH, stay())

    assert reply.status_code == 201
    hold = reply.json()
    (row,) = stored_holds()
    assert hold["id"] == str(row["_id"])
    assert hold["listing_id"] == hold["listing"]["id"] == str(listing_id)
    assert (hold["nights"], hold["guest_count"], hold["currency"]) == (2, 2, "SGD")
    assert [line["code"] for line in hold["lines"]] == ["NIGHTS", "CLEANING_FEE", "SERVICE_FEE"]
    assert hold["total_price"] == 302.4
    begun, ends = (dt.datetime.fromisoformat(hold[name]) for name in ("created_at", "expires_at"))
    assert ends - begun == dt.timedelta(minutes=15)
    assert (row["guest_id"], row["slot"], row["total_price"]) == (guest.id, 0, 30240)
    owner = f"hold:{hold['id']}"
    assert claims() == [(day(0), "hold", owner), (day(1), "hold", owner)]
    ends_at = night_claims.distinct("expires_at", {})
    assert ends_at == [row["expires_at"]]
    assert outbox_messages.count({}) == 0
    assert guest.get(PATH).json() == {"results": [hold]}


def test_holds_are_seen_by_everybody_and_listed_for_their_guest(guest, make_person, stay, dates):
    hold = guest.post(PATH, stay()).json()
    other = make_person()

    assert other.get(PATH).json() == {"results": []}
    quote = other.get("/api/bookings/quote", **{**stay(), **dates(1, 3)}).json()
    assert (quote["available"], quote["taken"]) == (False, [dates(1, 3)["check_in"]])
    path = f"/api/properties/{stay()['listing_id']}/calendar"
    taken = other.get(path, **{"from": hold["check_in"], "to": hold["check_out"]}).json()["taken"]
    assert taken == [dates(0, 1)["check_in"], dates(1, 2)["check_in"]]


@pytest.mark.parametrize(
    ("change", "status", "error"),
    [
        ({"guest_count": 5}, 400, "TOO_MANY_GUESTS"),
        ({"guest_count": 0}, 400, "VALIDATION_ERROR"),
        ({"check_out": "2020-01-01"}, 400, "VALIDATION_ERROR"),
        ({"check_in": "2020-01-01", "check_out": "2020-01-03"}, 400, "PAST_DATE"),
        ({"listing_id": "x"}, 400, "VALIDATION_ERROR"),
        ({"listing_id": str(ObjectId())}, 404, "NOT_FOUND"),
        ({"quote_token": "made:up"}, 400, "QUOTE_INVALID"),
        ({"quote_token": {"$gt": ""}}, 400, "VALIDATION_ERROR"),
    ],
)
def test_refused(guest, stay, change, status, error):
    reply = guest.post(PATH, stay(**change))
    assert (reply.status_code, code(reply)) == (status, error)
    assert (stored_holds(), claims()) == ([], [])


def test_an_inactive_listing_is_not_held(guest, stay, make_listing):
    reply = guest.post(PATH, stay(listing_id=str(make_listing(is_active=False))))
    assert (reply.status_code, code(reply)) == (409, "LISTING_INACTIVE")
    assert (stored_holds(), claims()) == ([], [])


def test_only_travelers_hold(host, anonymous, stay):
    assert host.post(PATH, stay()).status_code == 403
    assert anonymous.post(PATH, stay(), content_type="application/json").status_code == 401
    assert stored_holds() == []


@pytest.mark.usefixtures("sound")
def test_somebody_elses_nights_are_refused_with_alternatives(guest, make_person, stay, day, dates):
    guest.post(PATH, stay())
    before = claims()
    for path in (PATH, "/api/bookings"):
        reply = make_person().post(path, stay(**dates(1, 3)))
        assert (reply.status_code, code(reply)) == (409, "NIGHTS_TAKEN")
        details = reply.json()["error"]["details"]
        assert details["nights"] == [str(day(1))]
        assert details["alternatives"][0] == {**dates(2, 4), "total_price": 302.4}
    assert claims() == before
    assert len(stored_holds()) == 1
    assert payments.count({}) == 0


@pytest.mark.usefixtures("sound")
def test_a_hold_on_overlapping_nights_replaces_ones_own(guest, stay, day, dates):
    guest.post(PATH, stay())
    second = guest.post(PATH, stay(**dates(1, 4), guest_count=1)).json()
    owner = f"hold:{second['id']}"
    assert claims() == [(day(night), "hold", owner) for night in (1, 2, 3)]
    assert [(str(hold["_id"]), hold["slot"]) for hold in stored_holds()] == [(second["id"], 0)]


@pytest.mark.usefixtures("sound")
def test_nights_to_prepare_belong_to_the_hold(guest, make_person, make_listing, stay, day, dates):
    body = stay(listing_id=str(make_listing(prep_nights=1)))
    hold = guest.post(PATH, body).json()
    assert [kind for _, kind, _ in claims()] == ["hold", "hold", "prep"]
    assert make_person().post(PATH, {**body, **dates(2, 3)}).status_code == 409

    second = guest.post(PATH, {**body, **dates(2, 3)}).json()

    assert second["id"] != hold["id"]
    owner = f"hold:{second['id']}"
    assert claims() == [(day(2), "hold", owner), (day(3), "prep", owner)]


def test_three_holds_a_guest(guest, make_listing, stay):
    bodies = [stay(listing_id=str(make_listing())) for _ in range(4)]
    first = [guest.post(PATH, body).json() for body in bodies[:3]]
    assert [hold["slot"] for hold in stored_holds()] == [0, 1, 2]
    before = claims()

    reply = guest.post(PATH, bodies[3])

    assert (reply.status_code, code(reply)) == (409, "TOO_MANY_HOLDS")
    assert reply.json()["error"]["details"]["holds"] == first
    assert (len(stored_holds()), claims()) == (3, before)
    assert guest.delete(f"{PATH}/{first[1]['id']}").status_code == 204
    assert guest.post(PATH, bodies[3]).status_code == 201
    assert sorted(hold["slot"] for hold in stored_holds()) == [0, 1, 2]


@pytest.mark.usefixtures("sound")
def test_a_hold_that_ran_out_leaves_its_slot(guest, make_listing, stay, lapse):
    bodies = [stay(listing_id=str(make_listing())) for _ in range(4)]
    for body in bodies[:3]:
        guest.post(PATH, body)
    lapse()

    assert guest.get(PATH).json() == {"results": []}
    fourth = guest.post(PATH, bodies[3])

    assert fourth.status_code == 201
    assert [str(hold["_id"]) for hold in stored_holds()] == [fourth.json()["id"]]
    assert {owner for _, _, owner in claims()} == {f"hold:{fourth.json()['id']}"}


@pytest.mark.usefixtures("sound")
def test_letting_go(guest, make_person, stay):
    hold = guest.post(PATH, stay()).json()
    path = f"{PATH}/{hold['id']}"
    assert make_person().delete(path).status_code == 404
    assert guest.delete(f"{PATH}/nonsense").status_code == 404
    assert (len(stored_holds()), len(claims())) == (1, 2)

    assert guest.delete(path).status_code == 204
    assert (stored_holds(), claims()) == ([], [])
    assert guest.delete(path).status_code == 404


def test_a_repeated_call_holds_once(guest, stay):
    key = str(uuid.uuid4())
    first, second = (guest.post(PATH, stay(), idempotency_key=key) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert len(stored_holds()) == 1


def test_a_hold_keeps_the_price_that_was_shown(guest, stay, listing_id):
    quote = guest.get("/api/bookings/quote", **stay()).json()
    listings.update_one({"_id": listing_id}, {"$set": {"price_per_night": 99_900}})

    hold = guest.post(PATH, stay(quote_token=quote["quote_token"])).json()
    assert hold["total_price"] == quote["total_price"] == 302.4
    booking = guest.post("/api/bookings", stay(quote_token=hold["quote_token"])).json()
    assert booking["total_price"] == 302.4


@pytest.mark.usefixtures("sound")
def test_the_guests_booking_takes_the_hold(guest, stay, day, dates):
    guest.post(PATH, stay(**dates(0, 4)))
    reply = guest.post("/api/bookings", stay(**dates(1, 3)))
    assert reply.status_code == 201
    owner = reply.json()["id"]
    assert claims() == [(day(1), "booking", owner), (day(2), "booking", owner)]
    assert stored_holds() == []


@pytest.mark.usefixtures("sound")
def test_a_refused_booking_leaves_the_hold(guest, stay, monkeypatch):
    from apps.bookings.services import requests

    def refuse(*_arguments, **_named):
        from apps.common.errors import ConflictError

        raise ConflictError

    hold = guest.post(PATH, stay()).json()
    before = claims()
    monkeypatch.setattr(requests, "payment_bind", refuse)
    assert guest.post("/api/bookings", stay()).status_code == 409
    assert claims() == before
    assert [str(row["_id"]) for row in stored_holds()] == [hold["id"]]


def test_a_booking_elsewhere_leaves_the_hold(guest, stay, make_listing, dates):
    guest.post(PATH, stay())
    assert guest.post("/api/bookings", stay(**dates(2, 4))).status_code == 201
    other = stay(listing_id=str(make_listing()))
    assert guest.post("/api/bookings", other).status_code == 201
    assert len(stored_holds()) == 1
    assert len(claims(kind="hold")) == 2


@pytest.mark.usefixtures("sound")
def test_the_timer_removes_what_ran_out(guest, stay, make_listing, lapse):
    guest.post(PATH, stay())
    lapse()
    kept = guest.post(PATH, stay(listing_id=str(make_listing()), check_out=stay()["check_out"]))
    # Holding anew removes what ran out of this guest: put another's beside it.
    guest.post(PATH, stay())
    holds.update_one({"slot": 1}, {"$set": {"expires_at": utc_now()}})

    assert expire_holds() == 1
    assert expire_holds() == 0

    assert [str(hold["_id"]) for hold in stored_holds()] == [kept.json()["id"]]
    assert {owner for _, _, owner in claims()} == {f"hold:{kept.json()['id']}"}


@pytest.mark.usefixtures("sound")
def test_the_timer_leaves_nights_that_another_took(guest, make_person, stay, day, lapse):
    guest.post(PATH, stay())
    lapse()
    booking = make_person().post("/api/bookings", stay()).json()
    assert holds_expire(now=utc_now()) == 1
    assert claims() == [(day(0), "booking", booking["id"]), (day(1), "booking", booking["id"])]


@pytest.mark.usefixtures("sound")
def test_a_listing_is_deleted_under_a_hold(guest, host, stay, listing_id):
    guest.post(PATH, stay())
    assert host.delete(f"/api/properties/{listing_id}").status_code == 204
    reply = guest.post("/api/bookings", stay())
    assert (reply.status_code, code(reply)) == (409, "LISTING_INACTIVE")
    assert claims(kind="hold") == []
    assert bookings.count({}) == 0


# Races, in threads of one process; faults has those between processes.
