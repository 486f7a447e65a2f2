from typing import Any

from bson import ObjectId

from apps.common import mongo

PUBLIC = {
    "username": 1,
    "email": 1,
    "user_type": 1,
    "first_name": 1,
    "last_name": 1,
    "phone": 1,
    "profile": 1,
}
ACCESS = {"user_type": 1, "is_active": 1, "is_staff": 1, "first_name": 1}


def user_access(user_id: ObjectId) -> dict[str, Any] | None:
    """What decides about a request: {_id, user_type, is_active, is_staff, first_name}."""
    return mongo.collection("users").find_one({"_id": user_id}, ACCESS)


def user_public(user_id: ObjectId) -> dict[str, Any] | None:
    found = mongo.collection("users").find_one({"_id": user_id}, PUBLIC)
    return None if found is None else {"id": found.pop("_id"), **found}


def first_names(user_ids: list[ObjectId]) -> dict[ObjectId, str]:
    found = mongo.collection("users").find({"_id": {"$in": user_ids}}, {"first_name": 1})
    return {user["_id"]: user.get("first_name", "") for user in found}
