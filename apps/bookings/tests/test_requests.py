"""What asking for a stay stores: the nights, the price, the policy, the payment and the events."""

import datetime as dt

import pytest
from bson import ObjectId

from apps.bookings.rows import bookings
from apps.bookings.services import booking_request, requests
from apps.bookings.tasks import expire_requests
from apps.common.errors import ConflictError
from apps.events.rows import outbox_messages
from apps.payments.rows import ledger_entries, payment_commands, payments, sandbox_charges
from apps.properties.rows import listings, night_claims

PATH = "/api/bookings"
pytestmark = pytest.mark.usefixtures("sound")


def stored(handle, **query) -> list[dict]:
    return list(handle.find(query).sort("_id"))


def claims() -> list[tuple]:
    return [(row["night"].date(), row["kind"], row["owner_id"]) for row in stored(night_claims)]


def code(reply) -> str:
    return reply.json()["error"]["code"]


@pytest.fixture
def nothing_sold():
    """Nothing of a refused request is left, and no money is reserved for it."""

    def check():
        for handle in (bookings, ledger_entries, night_claims, outbox_messages):
            assert stored(handle) == []
        reserved = {"booking_id": {"$ne": None}}
        assert payments.count(reserved) == 0
        open_ones = {"status": {"$in": ["started", "authorised"]}, "dropped_at": None}
        assert payments.count(open_ones) == 0

    return check


def test_what_a_request_stores(guest, stay, listing_id, day):
    reply = guest.post(PATH, stay())
    assert reply.status_code == 201
    made = reply.json()
    (booking,) = stored(bookings)
    assert booking["prep_nights"] == 0
    assert booking["policy"] == {
        "name": "moderate",
        "tiers": [{"days_before": 5, "percent": 100}, {"days_before": 1, "percent": 50}],
        "grace_hours": 24,
        "grace_days_before": 2,
        "check_in_time": "15:00",
        "time_zone": "Asia/Singapore",
    }
    (payment,) = stored(payments)
    assert (payment["booking_id"], payment["guest_id"]) == (booking["_id"], guest.id)
    assert (payment["amount"], payment["currency"]) == (30240, "SGD")
    assert (payment["status"], payment["method"]) == ("authorised", "pm_card_visa")
    assert stored(payment_commands) == []
    assert (made["status"], made["payment_status"]) == ("pending", "unpaid")
    assert (made["paid"], made["refunded"], made["total_price"]) == (0, 0, 302.4)
    assert made["policy"]["name"] == "moderate"
    assert made["policy"]["time_zone"] == "Asia/Singapore"
    assert [(tier["percent"], tier["until"]) for tier in made["policy"]["tiers"]] == [
        (100, f"{day(-5)}T07:00:00Z"),
        (50, f"{day(-1)}T07:00:00Z"),
    ]
    asked = dt.datetime.fromisoformat(made["created_at"])
    grace = dt.datetime.fromisoformat(made["policy"]["grace_until"])
    assert grace - asked == dt.timedelta(days=1)
    assert guest.get(f"{PATH}/{made['id']}").json() == made


@pytest.fixture
def prepared_place(make_listing, stay, dates):
    """The body of a request at a listing that keeps two nights empty after a stay."""
    there = make_listing(prep_nights=2)
    return lambda first, last: stay(listing_id=str(there), **dates(first, last))


def test_nights_to_prepare_are_claimed(guest, make_person, prepared_place, day):
    booking = guest.post(PATH, prepared_place(0, 2)).json()
    owner = booking["id"]
    expected = [(day(0), "booking"), (day(1), "booking"), (day(2), "prep"), (day(3), "prep")]
    assert claims() == [(night, kind, owner) for night, kind in expected]
    assert stored(bookings)[0]["prep_nights"] == 2
    other = make_person()

    late = other.post(PATH, prepared_place(3, 5))
    early = other.post(PATH, prepared_place(-2, -1))

    assert (late.status_code, late.json()["error"]["details"]["nights"]) == (409, [str(day(3))])
    assert (early.status_code, early.json()["error"]["details"]["nights"]) == (409, [str(day(0))])
    assert early.json()["error"]["message"] == (
        f"The host keeps nights free after each stay, but these are taken: {day(0)}. "
        "Choose other dates."
    )
    assert len(claims()) == 4
    assert other.post(PATH, prepared_place(4, 6)).status_code == 201
    assert other.post(PATH, prepared_place(-4, -2)).status_code == 201


def test_nights_to_prepare_share_with_what_is_closed(guest, host, prepared_place, day, dates):
    body = prepared_place(0, 2)
    block = {"start": str(day(2)), "end": str(day(3))}
    blocked = host.put(f"/api/owner/availability/{body['listing_id']}", {"block": [block]})
    assert blocked.status_code == 200
    booking = guest.post(PATH, body).json()
    assert [(night, kind) for night, kind, _ in claims()] == [
        (day(0), "booking"),
        (day(1), "booking"),
        (day(2), "block"),
        (day(3), "prep"),
    ]

    # What the owner blocks stays blocked when the stay is cancelled.
    block = {"start": str(day(3)), "end": str(day(4))}
    host.put(f"/api/owner/availability/{body['listing_id']}", {"block": [block]})
    assert guest.post(f"{PATH}/{booking['id']}/cancel").status_code == 200
    assert [(night, kind) for night, kind, _ in claims()] == [(day(2), "block"), (day(3), "block")]


def test_an_owner_blocks_no_night_that_is_slept_in(guest, host, prepared_place, day):
    body = prepared_place(0, 2)
    guest.post(PATH, body)
    before = claims()
    block = {"start": str(day(1)), "end": str(day(4))}
    reply = host.put(f"/api/owner/availability/{body['listing_id']}", {"block": [block]})
    assert (reply.status_code, code(reply)) == (409, "NIGHTS_BOOKED")
    assert claims() == before


def test_expiry_frees_all_nights_and_the_money(book, listing_id, now):
    listings.update_one({"_id": listing_id}, {"$set": {"prep_nights": 3}})
    booking = book(at=now - dt.timedelta(hours=25))
    assert len(claims()) == 5

    assert expire_requests() == 1

    assert claims() == []
    (payment,) = stored(payments, booking_id=booking["_id"])
    assert payment["status"] == "voided"


@pytest.fixture
def instant(make_listing, stay):
    return stay(listing_id=str(make_listing(instant_book=True)))


def test_instant_book(guest, instant):
    reply = guest.post(PATH, instant)

    assert reply.status_code == 201
    made = reply.json()
    assert (made["status"], made["version"], made["expires_at"]) == ("confirmed", 2, None)
    assert [
        (change["action"], change["from_status"], change["to_status"], change["actor"])
        for change in made["history"]
    ] == [
        ("request", "", "pending", "guest"),
        ("accept", "pending", "confirmed", "system"),
    ]
    assert made["history"][1]["reason"] == requests.INSTANT
    first, second = sorted(stored(outbox_messages), key=lambda row: row["version"])
    assert (first["version"], first["topics"]) == (1, ["booking-requests"])
    assert second["topics"] == ["booking-updates", "booking-confirmations"]
    created, updated = first["payload"], second["payload"]
    assert (created["status"], created["version"], updated["version"]) == ("pending", 1, 2)
    assert (updated["previous_status"], updated["new_status"]) == ("pending", "confirmed")
    (payment,) = stored(payments)
    assert (payment["status"], payment["captured"]) == ("captured", 30240)
    later = guest.get(f"{PATH}/{made['id']}").json()
    assert (later["payment_status"], later["paid"]) == ("paid", 302.4)


def test_an_instant_booking_that_is_refused(guest, make_person, instant, counts):
    make_person().post(PATH, instant)
    before = counts()
    assert guest.post(PATH, instant).status_code == 409
    assert {**counts(), "users": 0} == {**before, "users": 0}


def test_a_quote_is_kept(guest, stay, listing_id):
    quote = guest.get(f"{PATH}/quote", **stay()).json()
    dearer = {"$set": {"price_per_night": 50_000}, "$inc": {"version": 1}}
    listings.update_one({"_id": listing_id}, dearer)

    booking = guest.post(PATH, stay(quote_token=quote["quote_token"])).json()

    assert booking["total_price"] == quote["total_price"] == 302.4
    assert booking["lines"] == quote["lines"]
    assert stored(payments)[0]["amount"] == 30240


def test_a_discount_is_a_line_below_nothing(guest, make_listing, stay, dates):
    there = make_listing(weekly_discount_percent=10)
    body = stay(listing_id=str(there), **dates(0, 7))
    quote = guest.get(f"{PATH}/quote", **body).json()
    booking = guest.post(PATH, body).json()
    amounts = {line["code"]: line["amount"] for line in booking["lines"]}
    assert amounts["LENGTH_DISCOUNT"] == -84.0
    assert booking["lines"] == quote["lines"]
    assert booking["total_price"] == quote["total_price"] == round(sum(amounts.values()), 2)


def test_quotes_that_do_not_count(guest, stay, dates, nothing_sold, settings):
    token = guest.get(f"{PATH}/quote", **stay()).json()["quote_token"]
    other = guest.post(PATH, stay(**dates(5, 7), quote_token=token))
    forged = guest.post(PATH, stay(quote_token=token[:-1] + ("A" if token[-1] != "A" else "B")))
    settings.QUOTE_TTL = dt.timedelta(seconds=-1)
    late = guest.get(f"{PATH}/quote", **stay()).json()["quote_token"]
    over = guest.post(PATH, stay(quote_token=late))
    assert (other.status_code, code(other)) == (409, "QUOTE_MISMATCH")
    assert (forged.status_code, code(forged)) == (400, "QUOTE_INVALID")
    assert (over.status_code, code(over)) == (409, "QUOTE_EXPIRED")
    nothing_sold()
    assert stored(payments) == []


def test_a_price_that_changes_while_the_card_is_asked(
    guest, stay, listing_id, nothing_sold, monkeypatch
):
    authorise = requests.payment_authorise

    def and_meanwhile(**named):
        dearer = {"$set": {"price_per_night": 50_000}}
        listings.update_one({"_id": listing_id}, dearer)
        return authorise(**named)

    monkeypatch.setattr(requests, "payment_authorise", and_meanwhile)
    reply = guest.post(PATH, stay())
    assert (reply.status_code, code(reply)) == (409, "PRICE_CHANGED")
    nothing_sold()
    assert stored(payments)[0]["status"] == "voided"


@pytest.mark.parametrize(
    ("values", "status", "error"),
    [
        ({"payment_method": "pm_card_declined"}, 402, "PAYMENT_DECLINED"),
        ({"payment_method": "pm_card_insufficient_funds"}, 402, "PAYMENT_DECLINED"),
        ({"payment_method": "pm_card_authentication_required"}, 402, "PAYMENT_ACTION_REQUIRED"),
        ({"payment_method": "pm_card_timeout"}, 504, "PAYMENT_TIMEOUT"),
        ({"payment_method": "cash"}, 400, "PAYMENT_METHOD_UNKNOWN"),
        ({"payment_method": "x" * 101}, 400, "VALIDATION_ERROR"),
        ({"payment_method": {"$ne": 1}}, 400, "VALIDATION_ERROR"),
        ({"payment_id": "x"}, 400, "VALIDATION_ERROR"),
        ({"payment_id": str(ObjectId())}, 404, "NOT_FOUND"),
    ],
)
def test_payments_that_do_not_book(guest, stay, nothing_sold, values, status, error):
    reply = guest.post(PATH, stay(**values))
    assert (reply.status_code, code(reply)) == (status, error)
    nothing_sold()


def test_nobody_pays_for_what_is_refused(guest, make_person, stay):
    """The rules and the nights come before the card."""
    guest.post(PATH, stay())
    other = make_person()
    assert other.post(PATH, stay()).status_code == 409
    assert other.post(PATH, stay(guest_count=9)).status_code == 400
    assert len(stored(payments)) == 1
    assert len(stored(sandbox_charges)) == 1


def test_a_card_that_has_to_be_confirmed(guest, stay):
    asked = guest.post(PATH, stay(payment_method="pm_card_authentication_required"))
    payment_id = asked.json()["error"]["details"]["payment_id"]
    confirmed = guest.post(f"{PATH}/payments/{payment_id}/confirm", {"approve": True})
    assert confirmed.status_code == 200

    reply = guest.post(PATH, stay(payment_id=payment_id))

    assert reply.status_code == 201
    (payment,) = stored(payments)
    assert str(payment["_id"]) == payment_id
    assert str(payment["booking_id"]) == reply.json()["id"]


def test_a_payment_is_used_once_and_by_its_guest(guest, make_person, make_listing, stay):
    guest.post(PATH, stay())
    (payment,) = stored(payments)
    again = stay(listing_id=str(make_listing()), payment_id=str(payment["_id"]))
    assert code(guest.post(PATH, again)) == "PAYMENT_USED"
    assert make_person().post(PATH, again).status_code == 404
    assert len(stored(bookings)) == 1


def test_without_http_the_default_card_pays(book):
    booking = book()
    (payment,) = stored(payments)
    assert payment["booking_id"] == booking["_id"]
    assert payment["amount"] == booking["total_price"]


def test_a_service_that_is_refused_lets_the_money_go(
    guest, listing_id, today, now, nothing_sold, monkeypatch
):
    def refuse(**_named):
        raise ConflictError

    monkeypatch.setattr(requests, "nights_claim", refuse)
    first = today + dt.timedelta(days=9)
    with pytest.raises(ConflictError):
        booking_request(
            guest_id=guest.id,
            listing_id=listing_id,
            check_in=first,
            check_out=first + dt.timedelta(days=1),
            guest_count=1,
            now=now,
        )
    nothing_sold()
    assert [row["status"] for row in stored(payments)] == ["voided"]
