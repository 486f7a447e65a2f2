"""Another stay instead of the booked one: two nights at 120 with 30 for cleaning and 12 % fee, so
302.40, thirty days ahead."""

import datetime as dt

import pytest
from bson import ObjectId

from apps.bookings.enums import Action, Actor
from apps.bookings.rows import bookings
from apps.bookings.selectors import Filters
from apps.bookings.services import alterations_lapse, booking_change
from apps.bookings.tests.plans import execution_of_list
from apps.common import mongo
from apps.payments.rows import payments
from apps.payments.services import commands_execute
from apps.properties.rows import listings, night_claims
from apps.properties.services import nights_block

ONE_NIGHT = 13_440


@pytest.fixture
def listing_id(make_listing) -> ObjectId:
    return make_listing(alteration_consent=False)


@pytest.fixture
def book(book):
    """As it is read back."""
    return lambda **options: _stored(book(**options))


@pytest.fixture
def asks():
    """The listing wants its host to be asked."""

    def set_(listing_id):
        change = {"$set": {"alteration_consent": True}}
        listings.update_one({"_id": listing_id}, change)

    return set_


def _accept(booking, now):
    booking_change(booking_id=booking["_id"], action=Action.ACCEPT, actor=Actor.OWNER, now=now)


def _stored(booking):
    return bookings.find_one({"_id": booking["_id"]})


def _claims(owner):
    rows = night_claims.find({"owner_id": str(owner)}).sort("_id", 1)
    return [(row["night"].date(), row["kind"]) for row in rows]


def _dates(booking, *, start=0, nights=2, **more):
    first = booking["check_in"].date() + dt.timedelta(days=start)
    last = first + dt.timedelta(days=nights)
    return {"check_in": str(first), "check_out": str(last), **more}


def _url(booking, more=""):
    return f"/api/bookings/{booking['_id']}/alter{more}"


def _money():
    """(amount, status, captured, refunded) of the payments, the oldest first."""
    rows = payments.find({}).sort("_id", 1)
    return [(row["amount"], row["status"], row["captured"], row["refunded"]) for row in rows]


def test_a_request_is_altered_at_once_and_its_nights_overlap(guest, book, now):
    booking = book()
    reply = guest.post(_url(booking), _dates(booking, start=1, nights=3, guest_count=2))

    assert reply.status_code == 200
    body = reply.json()
    assert (body["status"], body["version"], body["nights"]) == ("pending", 2, 3)
    assert (body["total_price"], body["guest_count"], body["alteration"]) == (436.8, 2, None)
    first = booking["check_in"].date() + dt.timedelta(days=1)
    assert _claims(booking["_id"]) == [
        (first + dt.timedelta(days=day), "booking") for day in range(3)
    ]
    assert _money() == [(30_240, "authorised", 0, 0), (ONE_NIGHT, "authorised", 0, 0)]

    _accept(booking, now)
    assert _money() == [(30_240, "captured", 30_240, 0), (ONE_NIGHT, "captured", ONE_NIGHT, 0)]
    assert (_stored(booking)["paid"], _stored(booking)["payment_status"]) == (43_680, "paid")


def test_a_confirmed_stay_grows_and_shrinks_with_its_payment(guest, book, now):
    booking = book()
    _accept(booking, now)
    longer = guest.post(_url(booking), _dates(booking, nights=3)).json()
    assert (longer["status"], longer["total_price"], longer["paid"]) == ("confirmed", 436.8, 302.4)
    commands_execute(now=now)
    assert _stored(booking)["paid"] == 43_680

    shorter = guest.post(_url(booking), _dates(booking, start=2, nights=1))
    assert shorter.status_code == 200
    commands_execute(now=now)
    stored = _stored(booking)
    assert (stored["paid"], stored["refunded"], stored["total_price"]) == (43_680, 26_880, 16_800)
    assert len(_claims(booking["_id"])) == 1


def test_the_preview_is_what_happens(guest, book):
    booking = book()
    wanted = _dates(booking, nights=3)
    preview = guest.get(_url(booking), **wanted).json()
    assert (preview["total_price"], preview["difference"]) == (436.8, 134.4)
    assert (preview["available"], preview["needs_consent"]) == (True, False)

    other = guest.post(_url(booking), {**wanted, "expected_total": 400.0})
    assert (other.status_code, other.json()["error"]["code"]) == (409, "EXPECTED_TOTAL_CHANGED")
    assert other.json()["error"]["details"]["total_price"] == 436.8
    assert _stored(booking) == booking

    done = guest.post(_url(booking), {**wanted, "expected_total": preview["total_price"]}).json()
    assert (done["lines"], done["total_price"]) == (preview["lines"], preview["total_price"])


def test_nights_of_others_refuse_it_and_take_no_money(guest, book, listing_id, now):
    booking = book()
    taken = booking["check_out"].date()
    mongo.run_in_transaction(lambda: nights_block(listing_id=listing_id, nights=[taken], now=now))
    preview = guest.get(_url(booking), **_dates(booking, nights=3)).json()
    assert (preview["available"], preview["taken"]) == (False, [str(taken)])
    assert preview["alternatives"]

    reply = guest.post(_url(booking), _dates(booking, nights=3))
    assert (reply.status_code, reply.json()["error"]["code"]) == (409, "NIGHTS_TAKEN")
    assert reply.json()["error"]["details"]["alternatives"]
    assert _stored(booking) == booking
    assert _money() == [(30_240, "authorised", 0, 0)]


def test_a_declined_card_leaves_the_stay_as_it_is(guest, book):
    booking = book()
    wanted = _dates(booking, nights=3, payment_method="pm_card_declined")
    reply = guest.post(_url(booking), wanted)
    assert (reply.status_code, reply.json()["error"]["code"]) == (402, "PAYMENT_DECLINED")
    assert _stored(booking) == booking
    assert len(_claims(booking["_id"])) == 2


def test_more_guests_change_the_tax_alone(guest, make_listing, stay):
    taxed = make_listing(tax_per_person_night=250, alteration_consent=False)
    made = guest.post("/api/bookings", stay(listing_id=str(taxed), guest_count=1)).json()
    row = {"price_per_night": 99_900}
    listings.update_one({"_id": taxed}, {"$set": row})

    same = {"check_in": made["check_in"], "check_out": made["check_out"]}
    altered = guest.post(f"/api/bookings/{made['id']}/alter", {**same, "guest_count": 3}).json()
    assert altered["total_price"] == round(made["total_price"] + 10.0, 2)
    assert altered["lines"][:-1] == made["lines"][:-1]


def test_a_confirmed_stay_keeps_its_price_in_an_update(guest, make_listing, stay, now):
    taxed = make_listing(tax_per_person_night=250)
    made = guest.post("/api/bookings", stay(listing_id=str(taxed), guest_count=1)).json()
    _accept({"_id": ObjectId(made["id"])}, now)
    reply = guest.put(f"/api/bookings/{made['id']}", {"guest_count": 3})
    assert (reply.status_code, reply.json()["error"]["code"]) == (409, "ALTERATION_NEEDED")


def test_a_host_who_wants_to_be_asked_agrees(guest, host, book, asks, listing_id, now):
    asks(listing_id)
    booking = book()
    _accept(booking, now)
    proposed = guest.post(_url(booking), _dates(booking, start=1, nights=3)).json()

    assert (proposed["nights"], proposed["total_price"], proposed["version"]) == (2, 302.4, 3)
    assert proposed["alteration"]["difference"] == 134.4
    assert proposed["allowed_actions"] == ["withdraw", "cancel"]
    last = booking["check_out"].date()
    held = [(last, "hold"), (last + dt.timedelta(days=1), "hold")]
    assert _claims(f"alter:{booking['_id']}") == held
    assert len(_claims(booking["_id"])) == 2
    assert _money()[1] == (ONE_NIGHT, "authorised", 0, 0)

    agreed = host.post(f"/api/owner/bookings/{booking['_id']}/alteration/agree").json()
    assert (agreed["nights"], agreed["total_price"], agreed["alteration"]) == (3, 436.8, None)
    assert _claims(f"alter:{booking['_id']}") == []
    assert [night for night, _ in _claims(booking["_id"])] == [
        last + dt.timedelta(days=day) for day in (-1, 0, 1)
    ]
    commands_execute(now=now)
    assert _money()[1] == (ONE_NIGHT, "captured", ONE_NIGHT, 0)
    assert _stored(booking)["paid"] == 43_680


ENDS = ["refuse", "withdraw", "lapse", "cancel"]


@pytest.mark.parametrize("end", ENDS)
def test_a_proposal_that_comes_to_nothing(guest, host, book, asks, listing_id, now, end):
    asks(listing_id)
    booking = book()
    _accept(booking, now)
    guest.post(_url(booking), _dates(booking, start=1, nights=3))
    if end == "refuse":
        body = {"reason": "We are away."}
        reply = host.post(f"/api/owner/bookings/{booking['_id']}/alteration/refuse", body)
    elif end == "withdraw":
        reply = guest.post(_url(booking, "/withdraw"))
    elif end == "cancel":
        reply = guest.post(f"/api/bookings/{booking['_id']}/cancel")
    else:
        assert alterations_lapse(now=now + dt.timedelta(hours=23)) == 0
        assert alterations_lapse(now=now + dt.timedelta(hours=25)) == 1
        assert alterations_lapse(now=now + dt.timedelta(hours=25)) == 0
        reply = guest.get(f"/api/bookings/{booking['_id']}")

    assert reply.status_code == 200
    assert (reply.json()["alteration"], reply.json()["total_price"]) == (None, 302.4)
    assert _claims(f"alter:{booking['_id']}") == []
    assert len(_claims(booking["_id"])) == (0 if end == "cancel" else 2)
    commands_execute(now=now + dt.timedelta(days=2))
    assert _money()[1] == (ONE_NIGHT, "voided", 0, 0)


def test_a_host_finds_the_changes_that_wait(guest, host, book, asks, listing_id, now):
    asks(listing_id)
    booking, other = book(), book(days=50)
    for made in (booking, other):
        _accept(made, now)

    def waiting(**more):
        found = host.get("/api/owner/bookings", changes="true", **more).json()
        assert found["pagination"]["total"] == len(found["results"])
        return [row["id"] for row in found["results"]]

    assert waiting() == []
    guest.post(_url(booking), _dates(booking, start=1, nights=3))
    assert waiting() == waiting(status="confirmed") == [str(booking["_id"])]
    assert waiting(listing_id=str(listing_id)) == [str(booking["_id"])]
    assert waiting(status="pending") == []
    host.post(f"/api/owner/bookings/{booking['_id']}/alteration/refuse")
    assert waiting() == []
    assert host.get("/api/owner/bookings", changes="perhaps").status_code == 400


def test_looking_for_changes_reads_only_those(guest, host, book, asks, listing_id, now):
    asks(listing_id)
    made = [book(days=days) for days in (10, 17, 24)]
    _accept(made[0], now)
    guest.post(_url(made[0]), _dates(made[0], start=1))
    plan = execution_of_list(Filters(changes=True), "host", host.id)
    assert (plan["nReturned"], plan["totalDocsExamined"]) == (1, 1)


def test_a_lapsed_proposal_cannot_be_agreed_to(guest, book, asks, listing_id, now):
    asks(listing_id)
    booking = book()
    _accept(booking, now)
    guest.post(_url(booking), _dates(booking, start=1))
    before = _stored(booking)
    late = {"actor": Actor.OWNER, "now": now + dt.timedelta(hours=25)}
    with pytest.raises(Exception, match="expired") as refusal:
        booking_change(booking_id=booking["_id"], action=Action.AGREE, **late)
    assert refusal.value.code == "ALTERATION_LAPSED"
    assert _stored(booking) == before


def test_nights_to_prepare_move_along(guest, make_listing, stay):
    slow = make_listing(prep_nights=2, alteration_consent=False)
    made = guest.post("/api/bookings", stay(listing_id=str(slow))).json()
    booking = bookings.find_one({"_id": ObjectId(made["id"])})
    reply = guest.post(_url(booking), _dates(booking, start=1))
    assert reply.status_code == 200
    first = booking["check_in"].date()
    assert _claims(booking["_id"]) == [
        (first + dt.timedelta(days=day), kind)
        for day, kind in enumerate(["booking", "booking", "prep", "prep"], start=1)
    ]


REFUSED = {
    "one date": {"check_in": "2030-01-01"},
    "backwards": {"check_in": "2030-01-02", "check_out": "2030-01-02"},
    "an operator": {"check_in": {"$gt": ""}, "check_out": "2030-01-02"},
    "no guests": {"check_in": "2030-01-01", "check_out": "2030-01-02", "guest_count": 0},
    "a crowd": {"guest_count": 9},
    "the past": {"check_in": "2020-01-01", "check_out": "2020-01-02"},
}


@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED.keys())
def test_bad_input_changes_nothing(guest, book, change):
    booking = book()
    whole = change if "check_in" in change else {**_dates(booking), **change}
    assert guest.post(_url(booking), whole).status_code == 400
    assert _stored(booking) == booking


def test_only_the_guest_alters_and_a_stale_version_does_not(guest, host, make_person, book, now):
    booking = book()
    wanted = _dates(booking, start=1)
    assert make_person("traveler").post(_url(booking), wanted).status_code == 404
    assert host.post(_url(booking), wanted).status_code == 403
    assert guest.post(_url(booking), {**wanted, "version": 2}).status_code == 412
    assert _stored(booking) == booking

    early = {"booking_id": booking["_id"], "actor": Actor.OWNER, "now": now}
    booking_change(**early, action=Action.DECLINE)
    reply = guest.post(_url(booking), wanted)
    assert (reply.status_code, reply.json()["error"]["code"]) == (409, "INVALID_TRANSITION")


def test_a_stay_that_has_begun_keeps_its_dates(guest, book, now):
    booking = book(days=-2, nights=4, at=now - dt.timedelta(days=5))
    _accept(booking, now - dt.timedelta(days=5))
    reply = guest.post(_url(booking), _dates(booking, nights=5))
    assert (reply.status_code, reply.json()["error"]["code"]) == (409, "STAY_BEGUN")
