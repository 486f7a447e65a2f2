"""What an e-mail says, in the reader's way of writing dates and money."""

import pytest
from icalendar import Calendar

from apps.bookings.rows import bookings
from apps.notifications.services import email_preview
from apps.properties.rows import listings

NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def read(smtp, notify, send_due):
    def run(person=None, **changes):
        notify(person, **changes)
        send_due()
        return smtp.read()[-1]

    return run


def text(message) -> str:
    content = message.get_body(("plain",)).get_content()
    return content.replace("\u202f", " ").replace(NBSP, " ").replace("\r\n", "\n")


def calendar(message):
    (part,) = (p for p in message.walk() if p.get_content_type() == "text/calendar")
    return Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")[0]


def facts(message) -> list[str]:
    return [line for line in text(message).splitlines() if ": " in line][:-3]


def test_english_dates_and_money(read, located):
    message = read()
    assert message["Subject"] == "Your stay is confirmed: A quiet flat"
    assert text(message).startswith("Hello Gia,\n\nYour stay is confirmed.\n\nWelcome!\n")
    assert facts(message) == [
        "Where: A quiet flat",
        "Address: 5 Quiet Lane, Singapore",
        "Check-in: Wednesday, December 16, 2026, from 3:00 PM",
        "Check-out: Friday, December 18, 2026, until 11:00 AM",
        "Nights: 2",
        "Guests: 2",
        "Total: SGD 1,302.50",
        "Times are: Singapore Standard Time",
    ]


def test_german_dates_and_money(read, guest):
    guest.put("/api/notifications/preferences", {"locale": "de"})
    assert facts(read())[1:5] == [
        "Check-in: Mittwoch, 16. Dezember 2026, from 15:00",
        "Check-out: Freitag, 18. Dezember 2026, until 11:00",
        "Nights: 2",
        "Guests: 2",
    ]
    assert "Total: 1.302,50 SGD" in facts(read())


@pytest.mark.parametrize(
    ("languages", "check_in"),
    [
        (["Welsh", " german"], "Check-in: Mittwoch, 16. Dezember 2026, from 15:00"),
        (["English", "German"], "Check-in: Wednesday, December 16, 2026, from 3:00 PM"),
        (["Klingon"], "Check-in: Wednesday, December 16, 2026, from 3:00 PM"),
    ],
)
def test_without_a_choice_the_profile_decides(read, make_person, languages, check_in):
    from apps.accounts.models import Profile

    message = read(make_person(profile=Profile(languages=languages)))
    assert check_in in facts(message)


@pytest.mark.parametrize("status", ["expired", "declined", "cancelled", "completed"])
def test_the_address_is_told_of_a_confirmed_stay_alone(read, located, status):
    message = read(kind=f"booking_{status}", new_status=status)
    assert "5 Quiet Lane" not in message.as_string()


@pytest.mark.parametrize("status", ["cancelled", "completed", "pending"])
def test_an_email_that_is_late_no_longer_tells_the_address(read, located, status):
    """What decides is the booking when the e-mail is written."""
    bookings.update_one({"_id": located}, {"$set": {"status": status}})
    assert "Quiet" not in read().as_string()


def test_another_guest_is_not_told_the_address(read, located, make_person):
    assert "Quiet" not in read(make_person()).as_string()


def test_the_calendar_has_the_address_of_a_confirmed_stay_alone(read, located):
    assert calendar(read())["LOCATION"] == "5 Quiet Lane, Singapore"
    bookings.update_one({"_id": located}, {"$set": {"status": "cancelled"}})
    cancelled = read(kind="booking_cancelled", previous_status="confirmed", new_status="cancelled")
    assert "LOCATION" not in calendar(cancelled)


def test_staff_without_the_right_read_no_address(notify, located, now):
    email_id = notify()
    assert "Address: 5 Quiet Lane, Singapore" in email_preview(email_id, now=now)
    assert "Quiet" not in email_preview(email_id, now=None)


def test_what_others_wrote_is_escaped(read, listing_id):
    listings.update_one(
        {"_id": listing_id}, {"$set": {"title": 'Flat <b>"A"</b>\r\nBcc: x@example.com'}}
    )
    message = read(note="<script>alert(1)</script> & more")
    html = message.get_body(("html",)).get_content()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in html
    assert "Flat &lt;b&gt;&quot;A&quot;&lt;/b&gt;" in html
    assert "<script>alert(1)</script> & more" in text(message)
    assert message["Bcc"] is None
    assert message["Subject"] == ('Your stay is confirmed: Flat <b>"A"</b> Bcc: x@example.com')


def test_links_lead_to_the_booking_and_to_the_preferences(read, settings):
    settings.SITE_URL = "https://stay.example"
    message = read()
    html = message.get_body(("html",)).get_content()
    for body in (text(message), html):
        assert "https://stay.example/bookings/66f1c2a4b8e0d3f5a7c91e55" in body
        assert "https://stay.example/preferences/notifications" in body
    one_click = message["List-Unsubscribe"].strip()
    assert one_click.startswith("<https://stay.example/api/notifications/unsubscribe/")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_an_event_of_before_stays_were_told(read):
    """It has neither a note nor facts: the body says all."""
    message = read(
        note="", booking_version=0, listing_id="", check_in="", check_out="", currency=""
    )
    assert message["Subject"] == "Your stay is confirmed"
    assert "A quiet flat: 16 Dec 2026 to 18 Dec 2026. Welcome!" in text(message)
    assert facts(message) == ["A quiet flat: 16 Dec 2026 to 18 Dec 2026. Welcome!"]


def test_a_listing_that_is_gone(read, listing_id):
    listings.delete_one({"_id": listing_id})
    assert facts(read())[0] == "Where: A withdrawn listing"


def test_staff_read_the_same_text(notify, smtp, send_due, now):
    email_id = notify()
    send_due()
    (message,) = smtp.read()
    preview = email_preview(email_id, now=now)
    assert preview.startswith("Your stay is confirmed: A quiet flat\n\nHello Gia,")
    assert (
        preview.partition("\n\n")[2].split() == message.get_body(("plain",)).get_content().split()
    )


def test_an_email_is_written_with_the_text_of_the_table(read):
    values = {"listing_title": "A flat", "check_in": "2026-12-16", "check_out": "2026-12-18"}
    message = read(kind="stay_begins", title="Old", note="Old", body="Old", values=values)
    assert message["Subject"] == "Your stay begins soon: A quiet flat"
    assert text(message).startswith(
        "Hello Gia,\n\nYour stay begins soon.\n\nHave a good journey.\n"
    )
