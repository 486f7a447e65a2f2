"""Who gets which kind of notification, by which channels; `apps.events.notify` has their texts. A
test runs the handlers over the whole state machine and compares."""

import datetime as dt
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
    calendar up to date. `reaches_suspended`: a suspended person gets the e-mail too. After
    `email_waits` there is none if the person has read the item of the feed by then."""

    audience: frozenset[str]
    default: frozenset[str] = frozenset({Channel.FEED, Channel.EMAIL})
    fixed: frozenset[str] = frozenset()
    has_calendar: bool = False
    reaches_suspended: bool = False
    email_waits: dt.timedelta = dt.timedelta(0)


FIXED = frozenset({Channel.FEED})
ALWAYS = frozenset({Channel.FEED, Channel.EMAIL})
KINDS: Mapping[str, Kind] = {
    "booking_requested": Kind(audience=OWNER, fixed=FIXED),
    "booking_confirmed": Kind(audience=TRAVELER, fixed=FIXED, has_calendar=True),
    "booking_declined": Kind(audience=TRAVELER, fixed=FIXED),
    "booking_expired": Kind(audience=TRAVELER, fixed=FIXED),
    "booking_cancelled": Kind(
        audience=TRAVELER | OWNER,
        fixed=FIXED,
        has_calendar=True,
    ),
    "booking_completed": Kind(audience=TRAVELER),
    "booking_changed": Kind(audience=OWNER),
    "alteration_proposed": Kind(audience=OWNER, fixed=FIXED),
    "alteration_withdrawn": Kind(audience=OWNER),
    "alteration_agreed": Kind(audience=TRAVELER, fixed=FIXED, has_calendar=True),
    "stay_altered": Kind(audience=TRAVELER, has_calendar=True),
    "alteration_refused": Kind(audience=TRAVELER, fixed=FIXED),
    "alteration_lapsed": Kind(audience=TRAVELER | OWNER),
    "message_received": Kind(
        audience=TRAVELER | OWNER, fixed=FIXED, email_waits=dt.timedelta(minutes=2)
    ),
    "report_decided": Kind(audience=TRAVELER | OWNER, fixed=FIXED),
    "message_hidden": Kind(audience=TRAVELER | OWNER, fixed=ALWAYS),
    "stay_begins": Kind(audience=TRAVELER | OWNER, has_calendar=True),
    "stay_under_review": Kind(audience=TRAVELER | OWNER, fixed=ALWAYS),
    "stay_kept": Kind(audience=TRAVELER | OWNER, fixed=ALWAYS),
    "calendar_problem": Kind(audience=OWNER, fixed=FIXED),
    "listing_suspended": Kind(audience=OWNER, fixed=ALWAYS),
    "listing_restored": Kind(audience=OWNER, fixed=ALWAYS),
    "account_suspended": Kind(audience=TRAVELER | OWNER, fixed=ALWAYS, reaches_suspended=True),
    "account_leaving": Kind(audience=TRAVELER | OWNER, fixed=ALWAYS),
    "account_restored": Kind(audience=TRAVELER | OWNER, fixed=ALWAYS),
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
