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
    """`label` names the kind where a person chooses what to be notified of. With `is_of_a_stay` the
    body begins with the listing and its dates."""

    label: str
    texts: Mapping[str, Text]
    is_of_a_stay: bool = True


class NotificationText(NamedTuple):
    """`body` is the stay and `note`."""

    title: str
    note: str
    body: str


def _one(title: str, note: str = "", *, label: str = "", is_of_a_stay: bool = True) -> Wording:
    return Wording(label or title, {"": Text(title, note)}, is_of_a_stay)


APPEAL = "If you think that this is a mistake, write to {support}."


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
        "A message from a guest or a host",
        {
            "": Text("A message from your host", "{listing_title}. {sender} writes: {text}"),
            HOST: Text("A message from your guest", "{listing_title}. {sender} writes: {text}"),
        },
        is_of_a_stay=False,
    ),
    "report_decided": _one(
        "We have looked at the message that you reported",
        "{decision}",
        label="Support has decided about a message that you reported",
        is_of_a_stay=False,
    ),
    "message_hidden": _one(
        "A message of yours is hidden",
        f"{{decision}} {APPEAL}",
        label="Support has hidden a message of yours",
        is_of_a_stay=False,
    ),
    "stay_begins": Wording(
        "A stay begins within a day",
        {
            "": Text("Your stay begins soon", "Have a good journey."),
            HOST: Text("A guest arrives soon", "Is everything ready?"),
        },
    ),
    "stay_under_review": Wording(
        "Support looks at a stay of yours",
        {
            "": Text(
                "We are looking at your stay",
                "The listing is no longer offered. Your booking stands until you hear from us. "
                "Questions: {support}.",
            ),
            HOST: Text(
                "We are looking at a booking",
                "The guest's account is suspended. The booking stands until you hear from us. "
                "Questions: {support}.",
            ),
        },
    ),
    "stay_kept": Wording(
        "Support has looked at a stay of yours",
        {
            "": Text("Your stay goes ahead", "We looked at it, and your booking stands."),
            HOST: Text("The booking stands", "We looked at it, and the guest can come."),
        },
    ),
    "calendar_problem": Wording(
        "A calendar of another site needs a look",
        {
            "taken_twice": Text(
                "A night is booked twice",
                "{listing}: {night} is booked here and taken in {calendar}. Look at both bookings "
                "and write to the guests.",
            ),
            "held": Text(
                "Many nights vanished from a calendar",
                "{listing}: {calendar} does not have them any more. They stay closed until it is "
                "sure. If they are free, say so on the page of its calendars.",
            ),
            "stale": Text(
                "A calendar cannot be read",
                "{listing}: {calendar} could not be read since {since}. Its nights stay as they "
                "were. Check its address on the page of its calendars.",
            ),
        },
        is_of_a_stay=False,
    ),
    "listing_suspended": _one(
        "Your listing is suspended",
        f"{{listing}}: it is no longer shown and takes no bookings. {APPEAL}",
        label="A listing of yours is suspended",
        is_of_a_stay=False,
    ),
    "listing_restored": _one(
        "Your listing is restored",
        "{listing}: it is as it was before it was suspended.",
        label="A listing of yours is restored",
        is_of_a_stay=False,
    ),
    "account_suspended": _one(
        "Your account is suspended",
        "You cannot log in, and what you offer takes no bookings. Requests that waited for an "
        f"answer are closed, and support decides about stays ahead. {APPEAL}",
        is_of_a_stay=False,
    ),
    "account_leaving": _one(
        "Your account will be deleted",
        "It is erased on {day}, and what you offer takes no bookings any more. To keep it, log in "
        "before that day.",
        is_of_a_stay=False,
    ),
    "account_restored": _one(
        "Your account is restored",
        "You can log in again, and your listings are as they were. Bookings that were declined or "
        "cancelled meanwhile stay so.",
        is_of_a_stay=False,
    ),
}


def text_of(kind: str, variant: str, values: Values) -> NotificationText:
    """Raises `LookupError` for what this code has no text or no value for, and `ValueError` for a
    date that is none."""
    wording = WORDING[kind]
    text = wording.texts[variant]
    note = values.get("reason") or text.note.format(**values)
    if not wording.is_of_a_stay:
        return NotificationText(text.title, note, note)
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
