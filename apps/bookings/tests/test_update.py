"""A guest changes a booking: the booking, its nights and its event are one transaction."""

import datetime as dt
import uuid

import pytest
from bson import ObjectId

from apps.bookings.rows import bookings
from apps.bookings.selectors import Filters
from apps.bookings.tests.plans import execution_of_list
from apps.events.rows import outbox_messages
from apps.properties.rows import listings, night_claims


@pytest.fixture
def booking(guest, stay):
    return guest.post("/api/bookings", stay()).json()


@pytest.fixture
def put(guest, booking):
    def send(person=guest, key=None, **body):
        headers = {"idempotency_key": key} if key else {}
        return person.http.put(
            f"/api/bookings/{booking['id']}", body, content_type="application/json", headers=headers
        )

    return send


def _error(response):
    error = response.json()["error"]
    return response.status_code, error["code"]


def _days(booking, first, last):
    start = dt.date.fromisoformat(booking["check_in"])
    return {
        "check_in": str(start + dt.timedelta(days=first)),
        "check_out": str(start + dt.timedelta(days=last)),
    }


def _claimed():
    return sorted(str(c["night"].date()) for c in night_claims.find({}))


def _events():
    return list(outbox_messages.find({}).sort("version"))


def test_guests_and_special_requests_change_with_one_event(put, booking):
    response = put(guest_count=3, special_requests="A cot", version=1)

    assert response.status_code == 200
    after = response.json()
    assert (after["guest_count"], after["special_requests"], after["version"]) == (3, "A cot", 2)
    assert after["total_price"] == booking["total_price"]
    assert after["history"][-1]["action"] == "update"
    assert after["history"][-1]["reason"] == "Changed: guests 2 -> 3, special requests"
    _, event = _events()
    assert event["topics"] == ["booking-updates"]
    payload = event["payload"]
    assert (payload["previous_status"], payload["new_status"]) == ("pending", "pending")
    assert (payload["guest_count"], payload["total_price"]) == (3, 302.4)
    assert (payload["currency"], payload["version"]) == ("SGD", 2)
    assert payload["message"] == "Changed: guests 2 -> 3, special requests"


MOVES = {
    "one night later": (1, 3),
    "longer at both ends": (-1, 4),
    "shorter": (0, 1),
    "elsewhere": (10, 13),
}


@pytest.mark.parametrize(("first", "last"), MOVES.values(), ids=MOVES.keys())
def test_dates_swap_their_nights_and_the_price(put, booking, first, last):
    new = _days(booking, first, last)
    after = put(**new).json()
    nights = last - first
    assert (after["check_in"], after["check_out"]) == (new["check_in"], new["check_out"])
    assert after["lines"][0]["amount"] == 120.0 * nights
    assert after["total_price"] == round((120 * nights + 30) * 1.12, 2)
    start = dt.date.fromisoformat(new["check_in"])
    assert _claimed() == [str(start + dt.timedelta(days=day)) for day in range(nights)]
    assert night_claims.distinct("owner_id", {}) == [booking["id"]]
    assert _events()[1]["payload"]["check_in"] == new["check_in"]
    assert _events()[1]["payload"]["total_price"] == after["total_price"]
    assert len(_events()) == 2


def test_what_is_so_already_changes_nothing(put, booking, counts):
    before = counts()
    response = put(guest_count=2, check_in=booking["check_in"], check_out=booking["check_out"])
    assert (response.status_code, response.json()["version"]) == (200, 1)
    assert counts() == before


def test_anothers_nights_are_refused_and_ones_own_stay(put, booking, make_person, stay, counts):
    taken = _days(booking, 3, 5)
    assert make_person().post("/api/bookings", stay(**taken)).status_code == 201
    before, claimed = counts(), _claimed()

    response = put(**_days(booking, 1, 4))

    assert _error(response) == (409, "NIGHTS_TAKEN")
    assert response.json()["error"]["details"]["nights"] == [taken["check_in"]]
    assert (counts(), _claimed()) == (before, claimed)


def test_a_stale_version_is_refused(put, counts):
    assert put(guest_count=3, version=1).status_code == 200
    before = counts()
    response = put(guest_count=4, version=1)
    assert _error(response) == (412, "STALE_VERSION")
    assert response.json()["error"]["details"] == {"version": 2}
    assert counts() == before


BAD = {
    "a field that cannot change": {"total_price": 1, "guest_count": 1},
    "a status": {"status": "confirmed"},
    "nothing": {},
    "a version alone": {"version": 1},
    "one date": {"check_in": "2030-01-01"},
    "reversed dates": {"check_in": "2030-01-03", "check_out": "2030-01-01"},
    "past dates": {"check_in": "2020-01-01", "check_out": "2020-01-03"},
    "too many guests": {"guest_count": 5},
    "an operator": {"guest_count": {"$gt": 1}},
    "long requests": {"special_requests": "x" * 1001},
}


@pytest.mark.parametrize("body", BAD.values(), ids=BAD.keys())
def test_bad_input_changes_nothing(put, booking, guest, counts, body):
    before = counts()
    response = put(**body)
    assert response.status_code == 400
    assert counts() == before
    assert guest.get(f"/api/bookings/{booking['id']}").json() == booking


def test_the_refusal_names_what_may_change(put):
    sentence = put(total_price=1).json()["error"]["message"]
    for name in ("guest_count", "special_requests", "check_in", "check_out"):
        assert name in sentence


def test_after_acceptance_the_dates_stand(put, booking, host, counts):
    host.post(f"/api/owner/bookings/{booking['id']}/accept")
    before = counts()
    assert _error(put(**_days(booking, 1, 3))) == (409, "INVALID_TRANSITION")
    assert counts() == before
    after = put(guest_count=1).json()
    assert (after["status"], after["guest_count"], after["version"]) == ("confirmed", 1, 3)
    event = outbox_messages.find_one({"version": 3})
    assert event["topics"] == ["booking-updates"]


def test_only_its_guest_may(put, host, make_person, booking, counts):
    stranger, staff = make_person(), make_person(is_staff=True, is_superuser=True)
    before = counts()
    assert _error(put(host, guest_count=1)) == (403, "WRONG_USER_TYPE")
    assert _error(put(stranger, guest_count=1)) == (404, "NOT_FOUND")
    assert _error(put(staff, guest_count=1)) == (404, "NOT_FOUND")
    assert counts() == before


def test_a_withdrawn_listing_takes_no_new_dates(put, booking, listing_id, counts):
    listings.update_one({"_id": listing_id}, {"$set": {"is_active": False}})
    before = counts()
    assert _error(put(**_days(booking, 1, 3))) == (409, "LISTING_INACTIVE")
    assert counts() == before


def test_a_key_makes_updates_and_actions_happen_once(put, guest, host, booking):
    key = str(uuid.uuid4())
    first, second = put(key=key, guest_count=3), put(key=key, guest_count=3)
    assert (first.status_code, second.content) == (200, first.content)
    assert _error(put(key=key, guest_count=4)) == (422, "IDEMPOTENCY_KEY_REUSED")

    accept = f"/api/owner/bookings/{booking['id']}/accept"
    accepted = [host.post(accept, idempotency_key=key) for _ in range(2)]
    assert [reply.status_code for reply in accepted] == [200, 200]
    assert accepted[0].content == accepted[1].content
    cancel = f"/api/bookings/{booking['id']}/cancel"
    assert _error(guest.post(cancel, idempotency_key=key)) == (422, "IDEMPOTENCY_KEY_REUSED")
    assert [event["version"] for event in _events()] == [1, 2, 3]


def test_lists_are_filtered_by_listing_and_dates(guest, host, booking, stay, make_listing):
    other = str(make_listing())
    later = guest.post("/api/bookings", stay(listing_id=other, **_days(booking, 10, 12))).json()

    def ids(person=guest, side="traveler", **query):
        found = person.get(f"/api/{side}/bookings", **query).json()
        assert found["pagination"]["total"] == len(found["results"])
        return [row["id"] for row in found["results"]]

    assert ids() == [later["id"], booking["id"]]
    assert ids(host, "owner", listing_id=other) == [later["id"]]
    assert ids(**{"from": booking["check_out"]}) == [later["id"]]
    assert ids(to=later["check_in"]) == [booking["id"]]
    last_night = str(dt.date.fromisoformat(booking["check_out"]) - dt.timedelta(days=1))
    span = {"from": last_night, "to": booking["check_out"]}
    assert ids(host, "owner", **span) == [booking["id"]]
    assert ids(status="pending", listing_id=other, to=later["check_in"]) == []
    assert ids(host, "owner", listing_id="0" * 24) == []
    assert guest.get("/api/traveler/bookings", listing_id="x").status_code == 400
    backwards = {"from": "2030-02-02", "to": "2030-02-01"}
    assert guest.get("/api/traveler/bookings", **backwards).status_code == 400


@pytest.mark.parametrize(
    ("wanted", "count"),
    [({}, 6), ({"start": 25}, 4), ({"end": 25}, 3), ({"start": 25, "end": 26}, 1)],
    ids=["none", "from", "to", "both"],
)
@pytest.mark.parametrize("of_one", [False, True], ids=["every listing", "one listing"])
@pytest.mark.parametrize("side", ["host", "guest"])
def test_no_filter_reads_more_bookings_than_it_returns(
    side, of_one, wanted, count, listing_id, host, guest, make_person, make_listing, book, today
):
    """The index alone decides, whatever else is stored."""
    for days in (10, 17, 24, 31, 38, 45):
        book(days=days, nights=3)
    other = make_listing(host_id=make_person("owner").id)
    bookings.insert_many(
        {**row, "_id": ObjectId(), "listing_id": other, "host_id": other, "guest_id": other}
        for row in list(bookings.find({}))
    )
    days = {name: today + dt.timedelta(days=number) for name, number in wanted.items()}
    filters = Filters(listing_id=listing_id if of_one else None, **days)
    person = {"host": host, "guest": guest}[side]
    plan = execution_of_list(filters, side, person.id)
    assert (plan["nReturned"], plan["totalDocsExamined"]) == (count, count)
