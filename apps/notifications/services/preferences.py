"""The channels by which a person is notified, for each kind."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from babel import Locale
from bson import ObjectId

from apps.accounts.selectors import Contact, user_contact
from apps.common.errors import InvalidInputError
from apps.events.notify import WORDING
from apps.notifications.enums import DEFAULT_LOCALE, KINDS, LOCALES, Channel, Kind
from apps.notifications.replies import (
    KindReply,
    LocaleReply,
    ShownChannelsReply,
    ShownNotificationPreferenceReply,
)
from apps.notifications.rows import PreferenceRow, notification_preferences

Matrix = Mapping[str, Mapping[str, bool]]
LANGUAGES: Mapping[str, str] = {
    Locale("en").languages[code.partition("-")[0]].casefold(): code
    for code in reversed(tuple(LOCALES))
}
NOT_FOR = {
    "traveler": "Travelers are not notified of this.",
    "owner": "Hosts are not notified of this.",
}
ALWAYS_SHOWN = "This is always shown in the feed. You can switch off its e-mail."


class PreferenceRejectedError(InvalidInputError):
    sentence = "{name}: {problem}"
    sample: ClassVar = {"name": "matrix.booking_requested", "problem": NOT_FOR["traveler"]}


@dataclass(frozen=True)
class DeliveryPreference:
    """What is done for one person with one event. `why_no_email` is empty where one is written."""

    feed: bool
    why_no_email: str
    address: str
    first_name: str
    roles: frozenset[str]
    locale: str


def delivery_preference(user_id: ObjectId, kind: str) -> DeliveryPreference:
    """Reads what the person chose. A kind that the table does not know comes from newer code: it
    goes into the feed alone."""
    contact = user_contact(user_id)
    stored, known = _stored(user_id), KINDS.get(kind)
    return DeliveryPreference(
        feed=known is None or _is_on(known, kind, Channel.FEED, stored),
        why_no_email=_why_no_email(contact, stored, kind),
        address=contact.email if contact else "",
        first_name=contact.first_name if contact else "",
        roles=contact.roles if contact else frozenset(),
        locale=_locale(stored, contact),
    )


def _why_no_email(contact: Contact | None, stored: PreferenceRow | None, kind: str) -> str:
    known = KINDS.get(kind)
    return _why_unreachable(contact, known) or _why_unwanted(stored, kind)


def _why_unreachable(contact: Contact | None, known: Kind | None) -> str:
    if contact is None:
        return "The account is gone."
    if not contact.is_active and not (known and known.reaches_suspended):
        return "The account is suspended."
    if not contact.email:
        return "The account has no address."
    if not contact.is_verified:
        return "The address is not confirmed."
    return ""


def _why_unwanted(stored: PreferenceRow | None, kind: str) -> str:
    known = KINDS.get(kind)
    if known is None or (stored and not stored["email"] and Channel.EMAIL not in known.fixed):
        return "The person wants no e-mails."
    if not _is_on(known, kind, Channel.EMAIL, stored):
        return "The person wants no e-mails of this kind."
    return ""


def _stored(user_id: ObjectId) -> PreferenceRow | None:
    return notification_preferences.find_one({"_id": user_id})


def _is_on(known: Kind, kind: str, channel: Channel, stored: PreferenceRow | None) -> bool:
    if channel in known.fixed:
        return True
    chosen = stored["matrix"].get(kind, {}).get(channel.value) if stored else None
    return channel in known.default if chosen is None else bool(chosen)


def _locale(stored: PreferenceRow | None, contact: Contact | None) -> str:
    chosen = stored["locale"] if stored else ""
    return chosen or locale_of(contact.languages if contact else ())


def locale_of(languages: Iterable[str]) -> str:
    """Returns that of the first language, by its English name, that dates can be written in."""
    known = (LANGUAGES.get(language.strip().casefold()) for language in languages)
    return next((code for code in known if code), DEFAULT_LOCALE)


def preferences_view(
    *, user_id: ObjectId, roles: frozenset[str]
) -> ShownNotificationPreferenceReply:
    stored = _stored(user_id)
    own = {kind: known for kind, known in KINDS.items() if roles & known.audience}
    return ShownNotificationPreferenceReply(
        email=stored["email"] if stored else True,
        locale=_locale(stored, user_contact(user_id)),
        matrix={
            kind: ShownChannelsReply(
                feed=_is_on(known, kind, Channel.FEED, stored),
                email=_is_on(known, kind, Channel.EMAIL, stored),
            )
            for kind, known in own.items()
        },
        kinds=[
            KindReply(kind=kind, label=WORDING[kind].label, fixed=sorted(known.fixed))
            for kind, known in own.items()
        ],
        locales=[LocaleReply(code=code, name=name) for code, name in LOCALES.items()],
    )


def preferences_save(
    *, user_id: ObjectId, roles: frozenset[str], values: Mapping[str, Any], now: dt.datetime
) -> None:
    """Replaces all of them; what `values` does not name falls back to its default.

    Raises `PreferenceRejectedError` for a kind of the other side, and for a fixed channel switched
    off.
    """
    matrix: Matrix = values.get("matrix", {})
    problems = {
        f"matrix.{kind}": [sentence]
        for kind, choice in matrix.items()
        if (sentence := _problem(KINDS[kind], choice, roles))
    }
    if problems:
        name, (sentence, *_) = next(iter(problems.items()))
        raise PreferenceRejectedError(name=name, problem=sentence, fields=problems)
    row: PreferenceRow = {
        "_id": user_id,
        "email": values.get("email", True),
        "locale": values.get("locale", ""),
        "matrix": {kind: dict(choice) for kind, choice in matrix.items()},
        "updated_at": now,
    }
    notification_preferences.replace_one({"_id": user_id}, row, upsert=True)


def _problem(known: Kind, choice: Mapping[str, bool], roles: frozenset[str]) -> str:
    if not roles & known.audience:
        return NOT_FOR[min(roles)]
    if any(choice.get(channel) is False for channel in known.fixed):
        return ALWAYS_SHOWN
    return ""


def email_stop(*, user_id: ObjectId, kind: str, now: dt.datetime) -> None:
    """Switches the e-mails of one kind off; doing it again changes nothing."""
    notification_preferences.update_one(
        {"_id": user_id},
        {
            "$set": {f"matrix.{kind}.{Channel.EMAIL.value}": False, "updated_at": now},
            "$setOnInsert": {"email": True, "locale": ""},
        },
        upsert=True,
    )
