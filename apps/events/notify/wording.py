"""What a notification says, by its kind: the one table of these sentences.

A kind has one text for each of its variants; most have only the one without a name. The table is
applied when a notification is shown or mailed, and fills the event's text fields for older readers.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

HOST, INSTANT, OWN = "host", "instant", "own"
Values = Mapping[str, str]


@dataclass(frozen=True)
class Text:
    """`note` follows the stay. A person's own reason replaces it."""

    title: str
    note: str = ""


@dataclass(frozen=True)
class Wording:
    """`label` names the kind where a person chooses what to be notified of."""

    label: str
    texts: Mapping[str, Text]


class NotificationText(NamedTuple):
    """`body` is the stay and `note`."""

    title: str
    note: str
    body: str


def _one(title: str, note: str = "", *, label: str = "") -> Wording:
    return Wording(label or title, {"": Text(title, note)})


WORDING: Mapping[str, Wording] = {
    "booking_requested": Wording(
        "A new booking request",
        {
            "": Text("New booking request", "Answer within 24 hours."),
            INSTANT: Text("New booking", "It is already confirmed."),
        },
    ),
    "booking_confirmed": _one("Your stay is confirmed"),
    "booking_declined": _one("Your request was declined"),
    "booking_expired": _one("Your request was not answered in time"),
    "booking_cancelled": Wording(
        "A booking was cancelled",
        {
            "": Text("Your booking was cancelled"),
            OWN: Text("You cancelled your booking"),
            HOST: Text("A booking was cancelled", "The nights are free again."),
        },
    ),
    "booking_completed": _one("We hope you had a good stay", label="A stay is over"),
    "booking_changed": _one("A guest changed a booking", "{message}."),
    "alteration_proposed": _one(
        "A guest asks to change a booking", "{message}. Answer within 24 hours."
    ),
    "alteration_withdrawn": _one(
        "A guest withdrew a request for a change", "The booking stays as it is."
    ),
    "alteration_agreed": _one(
        "Your booking was changed", "The host agreed.", label="The host agreed to your change"
    ),
    "stay_altered": _one("Your booking was changed", label="You changed your booking"),
    "alteration_refused": _one("The host declined your change", "Your booking stays as it is."),
    "alteration_lapsed": Wording(
        "A request for a change was not answered in time",
        {
            "": Text(
                "Your request for a change was not answered in time",
                "Your booking stays as it is.",
            ),
            HOST: Text(
                "You did not answer a request for a change in time", "The booking stays as it is."
            ),
        },
    ),
    "message_received": Wording(
        "A message of the other side of a booking",
        {
            "": Text("A message from your host", "{sender} writes: {text}"),
            HOST: Text("A message from your guest", "{sender} writes: {text}"),
        },
    ),
    "stay_begins": Wording(
        "A stay begins within a day",
        {
            "": Text("Your stay begins soon", "Have a good journey."),
            HOST: Text("A guest arrives soon", "Is everything ready?"),
        },
    ),
}


def text_of(kind: str, variant: str, values: Values) -> NotificationText:
    """Raises `LookupError` for what this code has no text or no value for, and `ValueError` for a
    date that is none."""
    text = WORDING[kind].texts[variant]
    note = values.get("reason") or text.note.format(**values)
    stay = f"{values['listing_title']}: {_day(values['check_in'])} to {_day(values['check_out'])}"
    return NotificationText(text.title, note, f"{stay}. {note}".strip())


def text_shown(
    kind: str, variant: str, values: Values, *, stored: NotificationText
) -> NotificationText:
    """Returns the text of the table, or `stored` where the notification comes from newer code, or
    from before its values were kept."""
    try:
        return text_of(kind, variant, values)
    except (LookupError, ValueError):
        return stored


def _day(day: str) -> str:
    return f"{dt.date.fromisoformat(day):%-d %b %Y}"
