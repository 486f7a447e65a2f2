import datetime as dt

import pytest

from apps.events.rows import outbox_messages
from apps.properties.rows import listings, night_claims


def _error(response) -> dict:
    return response.json()["error"]


def test_a_booking_is_stored_with_its_nights_and_its_event(guest, stay, listing_id, host):
    response = guest.post("/api/bookings", stay(special_requests="Late check-in"))

    assert response.status_code == 201
    booking = response.json()
    assert booking["status"] == "pending"
    assert booking["nights"] == 2
    assert [(line["code"], line["amount"]) for line in booking["lines"]] == [
        ("NIGHTS", 240.0),
        ("CLEANING_FEE", 30.0),
        ("SERVICE_FEE", 32.4),
    ]
    assert booking["total_price"] == 302.4
    assert booking["allowed_actions"] == ["cancel", "update", "alter"]
    claims = list(night_claims.find({}).sort("_id"))
    first = dt.date.fromisoformat(stay()["check_in"])
    assert [claim["_id"] for claim in claims] == [
        f"{listing_id}:{first}",
        f"{listing_id}:{first + dt.timedelta(days=1)}",
    ]
    assert {claim["owner_id"] for claim in claims} == {booking["id"]}
    event = outbox_messages.find_one({})
    assert event["topics"] == ["booking-requests"]
    assert event["key"] == booking["id"]
    payload = event["payload"]
    assert payload["event_type"] == "booking_created"
    assert payload["host_id"] == str(host.id)
    assert payload["total_price"] == 302.4
    assert payload["metadata"] == {"guest_count": 2, "special_requests": "Late check-in"}
    assert event["headers"]["request_id"] == response["X-Request-ID"]


REFUSED = {
    "unknown listing": ({"listing_id": "0" * 24}, 404, "NOT_FOUND"),
    "past dates": ({"check_in": "2020-01-01", "check_out": "2020-01-03"}, 400, "PAST_DATE"),
    "reversed dates": ({"check_in": "2030-01-03", "check_out": "2030-01-01"}, 400, None),
    "same day": ({"check_in": "2030-01-03", "check_out": "2030-01-03"}, 400, None),
    "no such date": ({"check_in": "2030-02-30"}, 400, None),
    "far ahead": ({"check_in": "2090-01-01", "check_out": "2090-01-03"}, 400, "TOO_FAR_AHEAD"),
    "too many guests": ({"guest_count": 5}, 400, "TOO_MANY_GUESTS"),
    "no guests": ({"guest_count": 0}, 400, None),
    "an operator for an id": ({"listing_id": {"$ne": None}}, 400, None),
    "an operator for a date": ({"check_in": {"$gt": ""}}, 400, None),
    "a list for a number": ({"guest_count": [2]}, 400, None),
    "not an id": ({"listing_id": "flat"}, 400, None),
    "a long request": ({"special_requests": "x" * 1001}, 400, None),
}


@pytest.mark.parametrize(("change", "status", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_bad_input_is_refused_and_changes_nothing(guest, stay, counts, change, status, code):
    body, before = stay(**change), counts()

    response = guest.post("/api/bookings", body)

    assert response.status_code == status
    assert _error(response)["code"] == (code or "VALIDATION_ERROR")
    assert len(_error(response)["message"]) > 15
    assert _error(response)["request_id"] == response["X-Request-ID"]
    assert counts() == before


def test_a_huge_body_is_refused_unread(guest, stay, counts):
    body, before = stay(special_requests="x" * 1_000_001), counts()
    response = guest.post("/api/bookings", body)
    assert (response.status_code, _error(response)["code"]) == (413, "PAYLOAD_TOO_LARGE")
    assert counts() == before


def test_another_media_type_is_refused(guest, counts):
    before = counts()
    response = guest.http.post("/api/bookings", "a=b", content_type="text/plain")
    assert (response.status_code, _error(response)["code"]) == (415, "UNSUPPORTED_MEDIA_TYPE")
    assert counts() == before


def test_malformed_json(guest, counts):
    before = counts()
    response = guest.http.post("/api/bookings", "{bad", content_type="application/json")
    assert response.status_code == 400
    assert _error(response)["code"] == "MALFORMED_JSON"
    assert counts() == before


def test_a_listings_own_rules(guest, stay, make_listing, today):
    long_only = str(make_listing(min_nights=7, max_nights=10))
    days = {"check_in": str(today + dt.timedelta(days=9))}

    def code(nights):
        end = str(today + dt.timedelta(days=9 + nights))
        answer = guest.post("/api/bookings", stay(listing_id=long_only, check_out=end, **days))
        return answer.status_code, answer.json().get("error", {}).get("code")

    assert code(6) == (400, "MIN_STAY")
    assert code(11) == (400, "MAX_STAY")
    assert code(7) == (201, None)


def test_an_inactive_listing_takes_no_bookings(guest, stay, listing_id, counts):
    listings.update_one({"_id": listing_id}, {"$set": {"is_active": False}})
    before = counts()
    response = guest.post("/api/bookings", stay())
    assert (response.status_code, _error(response)["code"]) == (409, "LISTING_INACTIVE")
    assert counts() == before


def test_booked_nights_are_a_409_that_names_them(guest, make_person, stay, counts):
    rival = make_person()
    assert guest.post("/api/bookings", stay()).status_code == 201
    before = counts()
    last_night = dt.date.fromisoformat(stay()["check_out"]) - dt.timedelta(days=1)
    overlapping = stay(check_in=str(last_night), check_out=str(last_night + dt.timedelta(days=3)))

    response = rival.post("/api/bookings", overlapping)

    assert response.status_code == 409
    assert _error(response)["code"] == "NIGHTS_TAKEN"
    details = _error(response)["details"]
    assert details["nights"] == [str(last_night)]
    free = last_night + dt.timedelta(days=1)
    assert details["alternatives"][0] == {
        "check_in": str(free),
        "check_out": str(free + dt.timedelta(days=3)),
        "total_price": 436.8,
    }
    assert counts() == before


def test_a_stay_may_begin_on_the_day_another_ends(guest, make_person, stay):
    first = stay()
    assert guest.post("/api/bookings", first).status_code == 201
    end = dt.date.fromisoformat(first["check_out"]) + dt.timedelta(days=1)
    after = stay(check_in=first["check_out"], check_out=str(end))
    assert make_person().post("/api/bookings", after).status_code == 201


def test_only_travelers_book(host, anonymous, stay, counts):
    body, before = stay(), counts()
    refused = host.post("/api/bookings", body)
    assert (refused.status_code, _error(refused)["code"]) == (403, "WRONG_USER_TYPE")
    unknown = anonymous.post("/api/bookings", body, content_type="application/json")
    assert (unknown.status_code, _error(unknown)["code"]) == (401, "NOT_AUTHENTICATED")
    assert counts() == before


def test_a_stranger_sees_and_changes_nothing(guest, make_person, stay, host):
    booking_id = guest.post("/api/bookings", stay()).json()["id"]
    stranger, other_host = make_person(), make_person("owner")

    assert stranger.get(f"/api/bookings/{booking_id}").status_code == 404
    assert stranger.post(f"/api/bookings/{booking_id}/cancel").status_code == 404
    assert other_host.post(f"/api/owner/bookings/{booking_id}/accept").status_code == 404
    assert stranger.get(f"/api/bookings/user/{guest.id}").status_code == 404
    assert guest.get(f"/api/bookings/{booking_id}").json()["status"] == "pending"
    assert host.get(f"/api/bookings/{booking_id}").json()["allowed_actions"] == [
        "accept",
        "decline",
        "cancel",
    ]


def test_staff_see_every_booking_by_right(guest, make_person, stay):
    booking_id = guest.post("/api/bookings", stay()).json()["id"]
    assert make_person(is_staff=True).get(f"/api/bookings/{booking_id}").status_code == 404
    staff = make_person(is_staff=True, is_superuser=True)
    assert staff.get(f"/api/bookings/{booking_id}").status_code == 200
    assert staff.get(f"/api/bookings/user/{guest.id}").json()["pagination"]["total"] == 1


def test_accept_then_cancel_frees_the_nights(guest, host, stay, make_person):
    booking_id = guest.post("/api/bookings", stay()).json()["id"]
    accepted = host.post(f"/api/owner/bookings/{booking_id}/accept")
    assert (accepted.status_code, accepted.json()["status"]) == (200, "confirmed")

    again = host.post(f"/api/owner/bookings/{booking_id}/accept")
    assert (again.status_code, _error(again)["code"]) == (409, "INVALID_TRANSITION")
    assert _error(again)["details"]["allowed"] == ["cancel"]

    cancelled = guest.post(f"/api/bookings/{booking_id}/cancel", {"reason": "Ill"})
    assert cancelled.json()["cancellation_reason"] == "Ill"
    assert [change["action"] for change in cancelled.json()["history"]] == [
        "request",
        "accept",
        "cancel",
    ]
    assert make_person().post("/api/bookings", stay()).status_code == 201


def test_quote_says_what_the_booking_costs(anonymous, guest, stay):
    quote = anonymous.get("/api/bookings/quote", stay()).json()
    booking = guest.post("/api/bookings", stay()).json()
    assert quote["lines"] == booking["lines"]
    assert quote["total_price"] == booking["total_price"]
    assert quote["available"] is True
    later = anonymous.get("/api/bookings/quote", stay()).json()
    assert later["available"] is False
    assert later["taken"] == [stay()["check_in"], str(_next_day(stay()["check_in"]))]


def _next_day(day: str) -> dt.date:
    return dt.date.fromisoformat(day) + dt.timedelta(days=1)


def test_lists_are_pages_of_ones_own(guest, host, make_person, make_listing, stay):
    for _ in range(3):
        assert guest.post("/api/bookings", stay(listing_id=str(make_listing()))).status_code == 201
    make_person().post("/api/bookings", stay(listing_id=str(make_listing())))

    mine = guest.get("/api/traveler/bookings", per_page=2).json()
    assert len(mine["results"]) == 2
    assert mine["pagination"] == {
        "page": 1,
        "per_page": 2,
        "total": 3,
        "total_capped": False,
        "has_next": True,
    }
    assert host.get("/api/owner/bookings").json()["pagination"]["total"] == 4
    assert guest.get("/api/traveler/bookings", status="confirmed").json()["results"] == []
    assert guest.get("/api/traveler/bookings", status="gone").status_code == 400
    assert guest.get("/api/owner/bookings").status_code == 403
