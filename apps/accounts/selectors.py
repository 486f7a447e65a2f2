import datetime as dt
from typing import Any, NamedTuple

from bson import ObjectId

from apps.accounts.models import Preference
from apps.common import mongo

PUBLIC = {
    "username": 1,
    "email": 1,
    "user_type": 1,
    "first_name": 1,
    "last_name": 1,
    "phone": 1,
    "profile": 1,
    "created_at": 1,
}
NO_PROFILE: dict[str, Any] = {
    "about_me": "",
    "city": "",
    "country": "",
    "languages": [],
    "gender": "",
    "profile_picture": "",
}
NO_PREFERENCES = {"user", "updated_at"}
ACCESS = {"user_type": 1, "is_active": 1, "is_staff": 1, "first_name": 1}


class Person(NamedTuple):
    """What others see of a user."""

    id: ObjectId
    first_name: str
    created_at: dt.datetime


def user_access(user_id: ObjectId) -> dict[str, Any] | None:
    """What decides about a request: {_id, user_type, is_active, is_staff, first_name}."""
    return mongo.collection("users").find_one({"_id": user_id}, ACCESS)


def users_active(user_ids: list[ObjectId]) -> set[ObjectId]:
    """Those of them whose tokens are still taken, as `user_access` has it for one."""
    found = mongo.collection("users").find(
        {"_id": {"$in": user_ids}, "is_active": True}, {"_id": 1}
    )
    return {user["_id"] for user in found}


def user_public(user_id: ObjectId) -> dict[str, Any] | None:
    found = mongo.collection("users").find_one({"_id": user_id}, PUBLIC)
    if found is None:
        return None
    profile = found.pop("profile", None) or {}
    shown = {name: profile.get(name, blank) for name, blank in NO_PROFILE.items()}
    return {"id": found.pop("_id"), **found, "profile": shown}


def user_person(user_id: ObjectId) -> Person | None:
    found = mongo.collection("users").find_one({"_id": user_id}, {"first_name": 1, "created_at": 1})
    if found is None:
        return None
    return Person(found["_id"], found.get("first_name", ""), found["created_at"])


def preference_defaults() -> dict[str, Any]:
    known = [field for field in Preference._meta.fields if field.name not in NO_PREFERENCES]
    return {field.name: field.get_default() for field in known}


def preferences_of(user_id: ObjectId) -> dict[str, Any]:
    """What a traveler likes, or the defaults. `max_price_per_night` is minor units or None."""
    found = mongo.collection("preferences").find_one({"_id": user_id}) or {}
    return {name: found.get(name, value) for name, value in preference_defaults().items()}


def first_names(user_ids: list[ObjectId]) -> dict[ObjectId, str]:
    found = mongo.collection("users").find({"_id": {"$in": user_ids}}, {"first_name": 1})
    return {user["_id"]: user.get("first_name", "") for user in found}
