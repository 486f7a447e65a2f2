"""Reads of accounts, for this app and all others."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, cast

from bson import ObjectId
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from apps.accounts.models import Preference
from apps.accounts.replies import (
    DeviceSessionReply,
    PasskeyReply,
    SecondFactorReply,
    UserReply,
    address_shown,
    roles_of,
)
from apps.accounts.rows import (
    Preferences,
    UserRow,
    log_ins,
    members,
    own_permissions,
    passkeys,
    preferences,
    second_factors,
    users,
)
from apps.common import mongo
from apps.common.errors import NotFoundError
from apps.common.replies import instant_or_none

MOST_SHOWN = 100
PUBLIC = {
    **{name: 1 for name in UserReply.__struct_fields__ if name not in {"id", "email_verified"}},
    "email_verified_at": 1,
    "requested_email": 1,
}
ACCESS = {
    "email": 1,
    "email_verified_at": 1,
    "requested_email": 1,
    "user_type": 1,
    "roles": 1,
    "is_active": 1,
    "is_staff": 1,
    "is_superuser": 1,
    "first_name": 1,
    "token_generation": 1,
    "ended_tokens.token": 1,
}
CONTACT = {
    "roles": 1,
    "user_type": 1,
    "is_active": 1,
    "email": 1,
    "email_verified_at": 1,
    "first_name": 1,
    "profile.languages": 1,
}


class UserUnknownError(NotFoundError):
    sentence = "There is no such user."


class Access(NamedTuple):
    """What decides about a request."""

    id: ObjectId
    email: str
    is_verified: bool
    user_type: str
    roles: frozenset[str]
    first_name: str
    is_active: bool
    token_generation: int
    ended: frozenset[str]
    is_superuser: bool
    rights: frozenset[str]

    def accepts(self, proof: "TokenProof") -> bool:
        """Whether a token of this user still proves anything."""
        return (
            self.is_active
            and proof.generation == self.token_generation
            and self.ended.isdisjoint((proof.token_id, proof.session_id))
        )


class TokenProof(NamedTuple):
    """What decides whether a token is dead before its time."""

    user_id: ObjectId
    token_id: str
    session_id: str
    generation: int


class Contact(NamedTuple):
    """How to reach a person. `languages` are English names, the preferred one first."""

    email: str
    is_verified: bool
    first_name: str
    roles: frozenset[str]
    is_active: bool
    languages: Sequence[str]


class Person(NamedTuple):
    """What others see of a user."""

    id: ObjectId
    first_name: str
    created_at: dt.datetime


def people_count(*, except_source: str) -> int:
    """Counts the accounts but those whose `source_id` begins with `except_source`."""
    after = f"{except_source[:-1]}{chr(ord(except_source[-1]) + 1)}"
    return users.count({"source_id": {"$not": {"$gte": except_source, "$lt": after}}})


def user_access(user_id: ObjectId) -> Access | None:
    found = users.find_one({"_id": user_id}, ACCESS)
    return None if found is None else _access(found)


def _access(found: UserRow) -> Access:
    return Access(
        id=found["_id"],
        email=address_shown(found),
        is_verified=found.get("email_verified_at") is not None,
        user_type=found["user_type"],
        roles=roles_of(found),
        first_name=found.get("first_name", ""),
        is_active=found["is_active"],
        token_generation=found.get("token_generation", 0),
        ended=frozenset(ended["token"] for ended in found.get("ended_tokens", ())),
        is_superuser=bool(found.get("is_staff") and found.get("is_superuser")),
        rights=staff_rights(found["_id"]) if found.get("is_staff") else frozenset(),
    )


def staff_rights(user_id: ObjectId) -> frozenset[str]:
    """Returns what the user's groups and own permissions allow. Read anew for each request: a role
    that is taken away is gone with the next call.

    By pipelines: what Django makes of it joins all permissions, which takes ten times as long.
    """
    mine = {"$match": {"user_id": user_id}}
    through = Group.permissions.through._meta.db_table
    of_groups = _joined(through, "group_id", "group_id", "granted")
    by_groups = members.aggregate([mine, *of_groups, *_named("granted.permission_id")])
    by_themselves = own_permissions.aggregate([mine, *_named("permission_id")])
    return frozenset(f"{row['app']}.{row['code']}" for row in (*by_groups, *by_themselves))


def _named(key: str) -> list[mongo.Document]:
    types = ContentType._meta.db_table
    return [
        *_joined(Permission._meta.db_table, key, "_id", "permission"),
        *_joined(types, "permission.content_type_id", "_id", "type"),
        {"$project": {"app": "$type.app_label", "code": "$permission.codename"}},
    ]


def _joined(table: str, key: str, foreign: str, name: str) -> list[mongo.Document]:
    look_up = {"from": table, "localField": key, "foreignField": foreign, "as": name}
    return [{"$lookup": look_up}, {"$unwind": f"${name}"}]


class SecondFactorState(NamedTuple):
    on_since: dt.datetime | None
    recovery_codes_left: int

    @property
    def is_on(self) -> bool:
        return self.on_since is not None


def second_factor_state(user_id: ObjectId) -> SecondFactorState:
    row = second_factors.find_one({"_id": user_id}, {"confirmed_at": 1, "recovery_hashes": 1})
    if row is None or row["confirmed_at"] is None:
        return SecondFactorState(None, 0)
    return SecondFactorState(row["confirmed_at"], len(row["recovery_hashes"]))


def second_factor_shown(user_id: ObjectId) -> SecondFactorReply:
    state = second_factor_state(user_id)
    return SecondFactorReply(
        is_on=state.is_on,
        on_since=instant_or_none(state.on_since),
        recovery_codes_left=state.recovery_codes_left,
    )


def passkeys_of(user_id: ObjectId) -> list[PasskeyReply]:
    """Returns them as they were added."""
    return [PasskeyReply.of(row) for row in passkeys.find({"user_id": user_id}).sort("_id", 1)]


def passkey_shown(user_id: ObjectId, passkey_id: ObjectId) -> PasskeyReply | None:
    row = passkeys.find_one({"_id": passkey_id, "user_id": user_id})
    return row and PasskeyReply.of(row)


def has_passkeys(user_id: ObjectId) -> bool:
    return passkeys.exists({"user_id": user_id})


def tokens_alive(proofs: Collection[TokenProof]) -> set[TokenProof]:
    """Returns those that are not dead before their time."""
    found = users.find({"_id": {"$in": list({proof.user_id for proof in proofs})}}, ACCESS)
    by_id = {user["_id"]: _access(user) for user in found}
    return {proof for proof in proofs if (user := by_id.get(proof.user_id)) and user.accepts(proof)}


def user_shown(user_id: ObjectId) -> UserReply:
    """Raises `UserUnknownError`."""
    found = users.find_one({"_id": user_id}, PUBLIC)
    if found is None:
        raise UserUnknownError
    return UserReply.of(found)


def user_contact(user_id: ObjectId) -> Contact | None:
    found = users.find_one({"_id": user_id}, CONTACT)
    if found is None:
        return None
    return Contact(
        email=found.get("email", ""),
        is_verified=found.get("email_verified_at") is not None,
        first_name=found.get("first_name", ""),
        roles=roles_of(found),
        is_active=found.get("is_active", False),
        languages=(found.get("profile") or {}).get("languages", []),
    )


def user_person(user_id: ObjectId) -> Person | None:
    found = users.find_one({"_id": user_id}, {"first_name": 1, "created_at": 1})
    if found is None:
        return None
    return Person(found["_id"], found.get("first_name", ""), found["created_at"])


def users_known(user_ids: Iterable[ObjectId]) -> set[ObjectId]:
    """Returns those that exist, under their name or erased."""
    return {user["_id"] for user in users.find({"_id": {"$in": list(user_ids)}}, {"_id": 1})}


def first_names(user_ids: Iterable[ObjectId]) -> dict[ObjectId, str]:
    found = users.find({"_id": {"$in": list(user_ids)}}, {"first_name": 1})
    return {user["_id"]: user.get("first_name", "") for user in found}


def log_ins_of(user_id: ObjectId, *, current: str, now: dt.datetime) -> list[DeviceSessionReply]:
    """Returns the sessions that are alive, the last used first; `current` is the caller's own."""
    user = users.find_one({"_id": user_id}, {"token_generation": 1})
    alive = {
        "user_id": user_id,
        "ended_at": None,
        "expires_at": {"$gt": now},
        "generation": user.get("token_generation", 0) if user else 0,
    }
    found = log_ins.find(alive).sort("used_at", -1).limit(MOST_SHOWN)
    return [DeviceSessionReply.of(row, current=current) for row in found]


def preference_defaults() -> Preferences:
    known = [
        field for field in Preference._meta.fields if field.name in Preferences.__annotations__
    ]
    return cast("Preferences", {field.name: field.get_default() for field in known})


def preferences_of(user_id: ObjectId) -> Preferences:
    """Returns what a traveler likes, or the defaults."""
    found: Mapping[str, Any] = preferences.find_one({"_id": user_id}) or {}
    known = {name: found.get(name, value) for name, value in preference_defaults().items()}
    return cast("Preferences", known)
