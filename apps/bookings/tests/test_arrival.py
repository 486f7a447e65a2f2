"""Who learns where a stay is, and when."""

import datetime as dt

import pytest
from bson import ObjectId
from django.contrib.auth.models import Group

from apps.accounts.services import staff_roles_ensure
from apps.bookings import arrival
from apps.bookings.arrival import NOTHING, Disclosure, disclosure
from apps.bookings.enums import Action, Actor, Status
from apps.bookings.rows import bookings
from apps.bookings.services import booking_change
from apps.properties.rows import listings

FIRST, LAST = dt.date(2026, 12, 16), dt.date(2026, 12, 18)
EVERYTHING = Disclosure(place=True, instructions=True, contact=True)
NOT_YET = Disclosure(place=True, instructions=False, contact=True)
DAY = dt.timedelta(days=1)


def of(status, actor, today):
    midnights = {
        "check_in": dt.datetime.combine(FIRST, dt.time()),
        "check_out": dt.datetime.combine(LAST, dt.time()),
    }
    return disclosure({"status": status.value, **midnights}, actor, today=today)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("today", "shown"),
    [
        (FIRST - 90 * DAY, NOT_YET),
        (FIRST - 4 * DAY, NOT_YET),
        (FIRST - 3 * DAY, EVERYTHING),
        (FIRST, EVERYTHING),
        (LAST, EVERYTHING),
        (LAST + DAY, NOTHING),
    ],
)
def test_a_guest_from_the_confirmation_to_the_day_of_leaving(today, shown):
    assert of(Status.CONFIRMED, Actor.GUEST, today) == shown


@pytest.mark.unit
@pytest.mark.parametrize("status", [each for each in Status if each != Status.CONFIRMED])
def test_a_guest_of_any_other_booking_learns_nothing(status):
    assert of(status, Actor.GUEST, FIRST) == NOTHING


@pytest.mark.unit
@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("today", [FIRST, LAST + DAY])
def test_a_host_knows_the_place_and_writes_while_the_stay_stands(status, today):
    stands = status == Status.CONFIRMED and today <= LAST
    assert of(status, Actor.OWNER, today) == EVERYTHING._replace(contact=stands)


@pytest.mark.unit
@pytest.mark.parametrize("status", list(Status))
def test_staff_with_the_right_know_the_place_and_write_to_nobody(status):
    assert of(status, Actor.STAFF, FIRST) == EVERYTHING._replace(contact=False)
    assert of(status, Actor.SYSTEM, FIRST) == NOTHING


@pytest.fixture
def home(listing_id):
    point = {"type": "Point", "coordinates": [103.851234, 1.298765]}
    exact = {"address": "5 Quiet Lane", "coordinates": point}
    text = "The key is under the pot."
    listings.update_one(
        {"_id": listing_id}, {"$set": {"exact": exact, "arrival_instructions": text}}
    )
    return exact


@pytest.fixture
def confirmed(home, book, now):
    def make(days=30):
        booking = book(days=days)
        booking_change(booking_id=booking["_id"], action=Action.ACCEPT, actor=Actor.OWNER, now=now)
        return booking["_id"]

    return make


def path(booking_id):
    return f"/api/bookings/{booking_id}/arrival"


def test_the_two_sides_of_a_confirmed_stay(guest, host, home, confirmed, today):
    booking_id = confirmed()
    shown = guest.get(path(booking_id)).json()
    assert shown["location"] == {
        "area": "",
        "address": "5 Quiet Lane",
        "city": "Singapore",
        "state": "",
        "country": "Singapore",
        "coordinates": home["coordinates"],
    }
    assert shown["arrival_instructions"] is None
    assert shown["instructions_from"] == (today + 27 * DAY).isoformat()
    assert (shown["contact_first_name"], shown["can_contact"]) == ("Hal", True)

    own = host.get(path(booking_id)).json()
    assert own == {
        **shown,
        "arrival_instructions": "The key is under the pot.",
        "contact_first_name": "Gia",
    }


def test_how_to_get_in_is_told_a_few_days_before(guest, confirmed):
    shown = guest.get(path(confirmed(days=2))).json()
    assert shown["arrival_instructions"] == "The key is under the pot."


def test_the_day_is_that_of_the_place(book, home, now):
    """At 13:00 UTC the day of leaving is over on Kiritimati, and lasts on Midway."""
    booking = book()
    last = booking["check_out"].replace(hour=13, tzinfo=dt.UTC)
    bookings.update_one({"_id": booking["_id"]}, {"$set": {"status": "confirmed"}})
    for zone, is_shown in (("Pacific/Kiritimati", False), ("Pacific/Midway", True)):
        listings.update_one({"_id": booking["listing_id"]}, {"$set": {"time_zone": zone}})
        address = arrival.address_shown(
            str(booking["_id"]), person_id=booking["guest_id"], now=last
        )
        assert (address != "") == is_shown, zone


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (
            "pending",
            "This booking is pending. The exact place is shown once the host has",
        ),
        ("cancelled", "This booking is cancelled. The exact place is shown until the day of leav"),
        ("completed", "This booking is completed. The exact place is shown until the day of leav"),
    ],
)
def test_others_are_told_why_not(guest, home, book, status, sentence):
    booking = book()
    bookings.update_one({"_id": booking["_id"]}, {"$set": {"status": status}})
    reply = guest.get(path(booking["_id"]))
    assert (reply.status_code, reply.json()["error"]["code"]) == (409, "PLACE_NOT_SHOWN")
    assert reply.json()["error"]["message"].startswith(sentence)
    assert b"Quiet" not in reply.content


def test_strangers_find_no_booking(make_person, anonymous, confirmed):
    booking_id = confirmed()
    for person in (make_person("traveler"), make_person("owner")):
        assert person.get(path(booking_id)).status_code == 404
    assert anonymous.get(path(booking_id)).status_code == 401
    assert make_person("traveler").get(path(ObjectId())).status_code == 404


def test_staff_see_it_with_the_right_alone(make_person, confirmed):
    booking_id = confirmed()
    assert make_person("traveler", is_staff=True).get(path(booking_id)).status_code == 404
    staff_roles_ensure()
    support = make_person("traveler", is_staff=True)
    support.user.groups.add(Group.objects.get(name="support"))
    shown = support.get(path(booking_id)).json()
    assert (shown["location"]["address"], shown["can_contact"]) == ("5 Quiet Lane", False)
    assert shown["arrival_instructions"] == "The key is under the pot."
