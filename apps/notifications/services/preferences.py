"""Which channels a person is told by, for each kind."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from babel import Locale
from bson import ObjectId

from apps.common import mongo
from apps.common.errors import InvalidInputError
from apps.events.notify import WORDING
from apps.notifications.enums import DEFAULT_LOCALE, KINDS, LOCALES, Channel, Kind

Matrix = Mapping[str, Mapping[str, bool]]
LANGUAGES: Mapping[str, str] = {
    Locale("en").languages[code.partition("-")[0]].casefold(): code
    for code in reversed(tuple(LOCALES))
}
NOT_FOR = {
    "traveler": "Travelers are not told of this.",
    "owner": "Owners are not told of this.",
}
ALWAYS_THERE = "This always stands in the feed; its e-mail can be switched off."


@dataclass(frozen=True)
class Wish:
    """What is done for one person with one event. `why_no_email` is empty where one is written."""

    feed: bool
    why_no_email: str
    address: str
    first_name: str
    user_type: str
    locale: str


def wish_of(user_id: ObjectId, kind: str) -> Wish:
    """A kind that the table does not know comes from newer code: it goes into the feed alone."""
    user = mongo.collection("users").find_one({"_id": user_id}, session=mongo.session()) or {}
    stored, known = _stored(user_id), KINDS.get(kind)
    return Wish(
        feed=known is None or _chosen(known, kind, Channel.FEED, stored),
        why_no_email=_why_no_email(user, stored, kind),
        address=user.get("email", ""),
        first_name=user.get("first_name", ""),
        user_type=user.get("user_type", ""),
        locale=_locale(stored, user),
    )


def _why_no_email(user: Mapping[str, Any], stored: Mapping[str, Any], kind: str) -> str:
    if not user:
        return "The account is gone."
    if not user.get("is_active"):
        return "The account is suspended."
    if not user.get("email"):
        return "The account has no address."
    known = KINDS.get(kind)
    if known is None or not stored.get("email", True):
        return "The person wants no e-mails."
    if not _chosen(known, kind, Channel.EMAIL, stored):
        return "The person wants no e-mails of this kind."
    return ""


def _stored(user_id: ObjectId) -> dict[str, Any]:
    preferences = mongo.collection("notification_preferences")
    return preferences.find_one({"_id": user_id}, session=mongo.session()) or {}


def _chosen(known: Kind, kind: str, channel: Channel, stored: Mapping[str, Any]) -> bool:
    if channel in known.fixed:
        return True
    choice = stored.get("matrix", {}).get(kind, {}).get(channel.value)
    return channel in known.default if choice is None else bool(choice)


def _locale(stored: Mapping[str, Any], user: Mapping[str, Any]) -> str:
    return stored.get("locale") or locale_of((user.get("profile") or {}).get("languages") or ())


def locale_of(languages: Iterable[str]) -> str:
    """Of the first language, by its English name, that dates can be written in."""
    known = (LANGUAGES.get(language.strip().casefold()) for language in languages)
    return next((code for code in known if code), DEFAULT_LOCALE)


def preferences_view(*, user_id: ObjectId, user_type: str) -> dict[str, Any]:
    stored = _stored(user_id)
    languages = {"_id": 0, "profile.languages": 1}
    user = mongo.collection("users").find_one({"_id": user_id}, languages) or {}
    own = {kind: known for kind, known in KINDS.items() if user_type in known.audience}
    return {
        "email": stored.get("email", True),
        "locale": _locale(stored, user),
        "matrix": {
            kind: {channel.value: _chosen(known, kind, channel, stored) for channel in Channel}
            for kind, known in own.items()
        },
        "kinds": [
            {"kind": kind, "label": WORDING[kind].label, "fixed": sorted(known.fixed)}
            for kind, known in own.items()
        ],
        "locales": [{"code": code, "name": name} for code, name in LOCALES.items()],
    }


def preferences_save(
    *, user_id: ObjectId, user_type: str, values: Mapping[str, Any], now: dt.datetime
) -> None:
    """Replaces all of them; what `values` does not name falls back to its default.

    Raises `InvalidInputError` for a kind of the other side, and for a fixed channel switched off.
    """
    matrix: Matrix = values.get("matrix", {})
    problems = {
        f"matrix.{kind}": [sentence]
        for kind, choice in matrix.items()
        if (sentence := _problem(KINDS[kind], choice, user_type))
    }
    if problems:
        name, (sentence, *_) = next(iter(problems.items()))
        raise InvalidInputError(f"{name}: {sentence}", fields=problems)
    stored = {
        "email": values.get("email", True),
        "locale": values.get("locale", ""),
        "matrix": {kind: dict(choice) for kind, choice in matrix.items()},
        "updated_at": now,
    }
    mongo.collection("notification_preferences").replace_one({"_id": user_id}, stored, upsert=True)


def _problem(known: Kind, choice: Mapping[str, bool], user_type: str) -> str:
    if user_type not in known.audience:
        return NOT_FOR[user_type]
    if any(choice.get(channel) is False for channel in known.fixed):
        return ALWAYS_THERE
    return ""


def email_stop(*, user_id: ObjectId, kind: str, now: dt.datetime) -> None:
    """Switches the e-mails of one kind off; doing it again changes nothing."""
    mongo.collection("notification_preferences").update_one(
        {"_id": user_id},
        {
            "$set": {f"matrix.{kind}.{Channel.EMAIL.value}": False, "updated_at": now},
            "$setOnInsert": {"email": True, "locale": ""},
        },
        upsert=True,
    )
