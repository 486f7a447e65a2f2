"""The one table of sentences, and that an event carries what they are made of."""

import re

import pytest

from apps.common import mongo
from apps.events.notify import WORDING, NotificationText, notify, text_of, text_shown
from apps.events.rows import outbox_messages
from apps.events.schemas import BookingStatusUpdated
from apps.events.tests.test_schemas import UPDATED

STAY = {"listing_title": "A quiet flat", "check_in": "2030-12-04", "check_out": "2030-12-08"}
MORE = {
    "message": "Now two guests",
    "support": "help@staywell.example",
    "listing": "A quiet flat",
    "day": "4 Dec 2030",
    "sender": "Gia",
    "text": "We come at eight.",
    "decision": "The message is against our terms.",
    "calendar": "Other site",
    "night": "4 Dec 2030",
    "since": "1 Dec 2030",
}
TEXTS = [(kind, variant) for kind, known in WORDING.items() for variant in known.texts]


@pytest.mark.parametrize(("kind", "variant"), TEXTS)
def test_every_text_is_whole(kind, variant):
    text = text_of(kind, variant, {**STAY, **MORE})
    assert re.fullmatch(r"[A-Z][^{}]+[^.]", text.title)
    assert re.fullmatch(r"([A-Z][^{}]+[.?])?", text.note)
    stay = "A quiet flat: 4 Dec 2030 to 8 Dec 2030." if WORDING[kind].is_of_a_stay else ""
    assert text.body == " ".join(filter(None, (stay, text.note)))


def test_a_reason_takes_the_place_of_the_note():
    text = text_of("alteration_refused", "", {**STAY, "reason": "Roof {work}"})
    assert (text.note, text.body) == (
        "Roof {work}",
        "A quiet flat: 4 Dec 2030 to 8 Dec 2030. Roof {work}",
    )


@pytest.mark.parametrize(
    ("kind", "variant", "values"),
    [
        ("invoice_made", "", STAY),
        ("stay_begins", "nobody", STAY),
        ("stay_begins", "", {}),
        ("booking_changed", "", STAY),
        ("stay_begins", "", {**STAY, "check_in": "soon"}),
    ],
)
def test_what_cannot_be_worded_is_an_error(kind, variant, values):
    with pytest.raises((LookupError, ValueError)):
        text_of(kind, variant, values)


def test_the_event_has_the_values_and_the_text_made_of_them(now):
    source = BookingStatusUpdated.from_payload(
        {**UPDATED, "check_in": "2030-12-04", "check_out": "2030-12-08", "listing_id": "l1"}
    )
    asked = {"user_id": "u1", "kind": "booking_cancelled", "variant": "host"}
    mongo.run_in_transaction(
        lambda: notify(source, **asked, listing_title="A quiet flat", reason="", now=now)
    )
    payload = outbox_messages.find_one({})["payload"]
    assert {name: payload[name] for name in asked} == asked
    assert payload["values"] == STAY
    assert (payload["title"], payload["note"], payload["body"]) == text_of(
        "booking_cancelled", "host", STAY
    )


STORED = NotificationText("A title", "Its note", "Its body")


def test_a_stored_notification_is_shown_as_the_table_words_it_now():
    shown = text_shown("stay_begins", "host", STAY, stored=STORED)
    assert shown == text_of("stay_begins", "host", STAY)


@pytest.mark.parametrize(("kind", "values"), [("invoice_made", STAY), ("stay_begins", {})])
def test_what_this_code_cannot_word_is_shown_as_it_is_stored(kind, values):
    assert text_shown(kind, "", values, stored=STORED) == STORED
