import datetime as dt
from typing import Any, NotRequired, TypedDict

from bson import ObjectId

from apps.accounts.models import (
    DataExport,
    Link,
    LogIn,
    Passkey,
    Preference,
    SecondFactor,
    Session,
    User,
)
from apps.common.rows import Rows


class ProfileRow(TypedDict):
    about_me: NotRequired[str]
    city: NotRequired[str]
    country: NotRequired[str]
    languages: NotRequired[list[str]]
    gender: NotRequired[str]
    profile_picture: NotRequired[str]


class EndedTokenRow(TypedDict):
    token: str
    until: dt.datetime


class UserRow(TypedDict):
    _id: ObjectId
    password_hash: str
    last_login: NotRequired[dt.datetime | None]
    is_superuser: NotRequired[bool]
    username: str
    email: str
    email_key: NotRequired[str]
    email_verified_at: NotRequired[dt.datetime | None]
    requested_email: NotRequired[str]
    requested_key: NotRequired[str]
    user_type: str
    roles: NotRequired[list[str]]
    first_name: NotRequired[str]
    last_name: str
    phone: str
    profile: NotRequired[ProfileRow | None]
    is_active: bool
    is_staff: NotRequired[bool]
    deals: NotRequired[int]
    erase_at: NotRequired[dt.datetime | None]
    erased_at: NotRequired[dt.datetime | None]
    source_id: str
    token_generation: NotRequired[int]
    ended_tokens: NotRequired[list[EndedTokenRow]]
    known_devices: NotRequired[list[str] | None]
    created_at: dt.datetime
    updated_at: dt.datetime


class Preferences(TypedDict):
    """What a traveler likes. `max_price_per_night` is minor units; None is any price."""

    home_city: str
    property_types: list[str]
    amenities: list[str]
    max_price_per_night: int | None
    currency: str
    guests: int
    interests: list[str]
    pace: str


class PreferenceRow(Preferences):
    """`_id` is the user's."""

    _id: ObjectId
    updated_at: dt.datetime


class SessionRow(TypedDict):
    _id: str
    user_id: ObjectId | None
    data: dict[str, Any]
    expires_at: dt.datetime
    created_at: dt.datetime


class LogInRow(TypedDict):
    _id: str
    user_id: ObjectId
    kind: str
    generation: int
    device: str
    address: str
    refresh_seed: str
    rotation: int
    rotated_at: dt.datetime | None
    created_at: dt.datetime
    used_at: dt.datetime
    expires_at: dt.datetime
    ended_at: dt.datetime | None
    second_factor: NotRequired[bool]


class SecondFactorRow(TypedDict):
    """`_id` is the user's."""

    _id: ObjectId
    secret: str
    confirmed_at: dt.datetime | None
    last_step: int
    recovery_hashes: list[str]
    failures: int
    retry_at: dt.datetime | None
    created_at: dt.datetime


class PasskeyRow(TypedDict):
    """`credential_id` and `public_key` are base64url."""

    _id: ObjectId
    user_id: ObjectId
    name: str
    credential_id: str
    public_key: str
    sign_count: int
    model_id: str
    transports: list[str]
    can_sync: bool
    is_synced: bool
    created_at: dt.datetime
    used_at: dt.datetime | None


class DataExportRow(TypedDict):
    _id: ObjectId
    user_id: ObjectId
    state: str
    is_open: bool
    done: int
    total: int
    size: int
    attempts: int
    locked_until: dt.datetime
    created_at: dt.datetime
    expires_at: dt.datetime


class MemberRow(TypedDict):
    """A user in a group. Django's own tables of many to many are read here alone."""

    _id: ObjectId
    user_id: ObjectId
    group_id: ObjectId


class OwnPermissionRow(TypedDict):
    """A permission that a user has without a group."""

    _id: ObjectId
    user_id: ObjectId
    permission_id: ObjectId


class LinkRow(TypedDict):
    """`_id` is the hash of the token, which follows from `nonce`."""

    _id: str
    nonce: str
    purpose: str
    user_id: ObjectId
    address: str
    created_at: dt.datetime
    expires_at: dt.datetime


users: Rows[UserRow] = Rows(User)
data_exports: Rows[DataExportRow] = Rows(DataExport)
preferences: Rows[PreferenceRow] = Rows(Preference)
sessions: Rows[SessionRow] = Rows(Session)
log_ins: Rows[LogInRow] = Rows(LogIn)
second_factors: Rows[SecondFactorRow] = Rows(SecondFactor)
passkeys: Rows[PasskeyRow] = Rows(Passkey)
members: Rows[MemberRow] = Rows(User.groups.through)
own_permissions: Rows[OwnPermissionRow] = Rows(User.user_permissions.through)
account_links: Rows[LinkRow] = Rows(Link)
