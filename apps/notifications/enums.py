"""Every kind of notification that a handler asks for, with what is fixed about it. A test runs the
handlers over the whole state machine and compares."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices


class Channel(TextChoices):
    FEED = "feed"
    EMAIL = "email"


class EmailStatus(TextChoices):
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    SKIPPED = "skipped"


TRAVELER = frozenset({"traveler"})
OWNER = frozenset({"owner"})


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`audience` are types of user. Channels that are not in `default` are off until they are
    chosen; `fixed` ones cannot be switched off. `has_calendar`: the e-mail brings the traveler's
    calendar up to date."""

    label: str
    audience: frozenset[str]
    default: frozenset[str] = frozenset({Channel.FEED, Channel.EMAIL})
    fixed: frozenset[str] = frozenset()
    has_calendar: bool = False


FIXED = frozenset({Channel.FEED})
KINDS: Mapping[str, Kind] = {
    "booking_requested": Kind(label="A new booking request", audience=OWNER, fixed=FIXED),
    "booking_confirmed": Kind(
        label="Your stay is confirmed", audience=TRAVELER, fixed=FIXED, has_calendar=True
    ),
    "booking_declined": Kind(label="Your request was declined", audience=TRAVELER, fixed=FIXED),
    "booking_expired": Kind(
        label="Your request was not answered in time", audience=TRAVELER, fixed=FIXED
    ),
    "booking_cancelled": Kind(
        label="A booking was cancelled",
        audience=TRAVELER | OWNER,
        fixed=FIXED,
        has_calendar=True,
    ),
    "booking_completed": Kind(label="A stay is over", audience=TRAVELER),
    "booking_changed": Kind(label="A guest changed a booking", audience=OWNER),
    "alteration_proposed": Kind(label="A guest asks to change a stay", audience=OWNER, fixed=FIXED),
    "alteration_withdrawn": Kind(label="A guest no longer asks for a change", audience=OWNER),
    "alteration_agreed": Kind(
        label="The host agreed to your change", audience=TRAVELER, fixed=FIXED, has_calendar=True
    ),
    "stay_altered": Kind(label="You changed your stay", audience=TRAVELER, has_calendar=True),
    "alteration_refused": Kind(
        label="The host refused your change", audience=TRAVELER, fixed=FIXED
    ),
    "alteration_lapsed": Kind(
        label="A wish for a change was not answered in time", audience=TRAVELER | OWNER
    ),
    "stay_begins": Kind(
        label="A stay begins within a day", audience=TRAVELER | OWNER, has_calendar=True
    ),
}
# How dates and money are written; the texts are English.
LOCALES: Mapping[str, str] = {
    "en": "English",
    "en-GB": "English (United Kingdom)",
    "de": "Deutsch",
    "es": "Español",
    "fr": "Français",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt-BR": "Português (Brasil)",
    "sv": "Svenska",
    "zh-Hans": "简体中文",
}
DEFAULT_LOCALE = "en"
