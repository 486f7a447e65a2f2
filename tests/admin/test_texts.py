"""Hostile texts in the admin and in e-mails: shown as texts, and refused where staff write them."""

import pytest
from django.utils.html import escape

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.notifications.rows import emails
from apps.notifications.services.messages import email_message
from apps.notifications.services.preferences import delivery_preference
from apps.properties.rows import listings
from tests.admin.desk import act, email_write, urls
from tests.texts import STORED


@pytest.mark.parametrize("name", ["HTML", "an attribute", "an entity"])
def test_markup_is_shown_as_text(desk, guest, make_listing, now, name):
    text = STORED[name]
    listing = make_listing(title=text)
    assert listings.find_one({"_id": listing})["title"] == text
    for page in ("", f"{listing}/change/"):
        shown = desk.get(f"{urls('properties.listing')}{page}").content.decode()
        assert escape(text) in shown
        assert text not in shown
    User.objects.filter(pk=guest.user.pk).update(first_name=text)
    email_write(guest, listing, now)
    message = email_message(
        emails.find_one({}), delivery_preference(guest.id, "booking_confirmed"), now=now
    )
    markup = message.alternatives[0][0]
    assert f"Hello {escape(text)}," in markup
    assert text not in markup


def test_a_reason_that_hides_something_changes_nothing(desk, book):
    booking = book()
    asked = act(desk, "bookings.booking", "cancel", booking["_id"], reason="a\u202eb")
    assert "Character 2 is U+202E (RIGHT-TO-LEFT OVERRIDE)" in asked.content.decode()
    assert Booking.objects.get().status == "pending"
    act(desk, "bookings.booking", "cancel", booking["_id"], reason="Two\nlines")
    assert Booking.objects.get().status == "cancelled"


def test_a_name_that_hides_something_is_not_saved(desk, guest):
    page = f"{urls('accounts.user')}{guest.id}/change/"
    asked = desk.post(page, {"first_name": "Gia\u200b", "last_name": "Lee"})
    assert "Character 4 is U+200B (ZERO WIDTH SPACE)" in asked.content.decode()
    assert User.objects.get(pk=guest.user.pk).first_name == "Gia"
