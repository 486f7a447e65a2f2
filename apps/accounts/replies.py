"""Users as the API shows them: to themselves alone."""

import datetime as dt
from typing import Annotated, Self

from msgspec import Meta

from apps.accounts.enums import ExportState, LogInKind, UserType
from apps.accounts.rows import DataExportRow, LogInRow, PasskeyRow, ProfileRow, UserRow
from apps.common.replies import Id, Instant, Reply, choices, example, instant, instant_or_none

USER = {
    "id": "66f1c2a4b8e0d3f5a7c91e24",
    "username": "ann.lee",
    "email": "ann.lee@example.com",
    "email_verified": True,
    "user_type": "traveler",
    "roles": ["traveler"],
    "first_name": "Ann",
    "last_name": "Lee",
    "phone": "+65 6123 4567",
    "profile": {
        "about_me": "Slow mornings, long walks.",
        "city": "Singapore",
        "country": "Singapore",
        "languages": ["English", "Mandarin"],
        "gender": "",
        "profile_picture": "",
    },
    "created_at": "2026-09-23T19:40:36Z",
}
# pragma: allowlist nextline secret
TOKEN = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI2NmYxYzJhNCJ9.c2lnbmF0dXJl"  # noqa: S105 an example


class ShownProfileReply(Reply, frozen=True, kw_only=True, gc=False):
    about_me: str
    city: str
    country: str
    languages: list[str]
    gender: str
    profile_picture: str

    @classmethod
    def of(cls, row: ProfileRow) -> Self:
        return cls(
            about_me=row.get("about_me", ""),
            city=row.get("city", ""),
            country=row.get("country", ""),
            languages=row.get("languages", []),
            gender=row.get("gender", ""),
            profile_picture=row.get("profile_picture", ""),
        )


def address_shown(row: UserRow) -> str:
    """Returns what the person typed, also where another account has that address."""
    return row.get("requested_email") or row["email"]


def roles_of(row: UserRow) -> frozenset[str]:
    """Accounts of before roles have the one that they registered for."""
    return frozenset(row.get("roles") or (row["user_type"],))


@example(USER)
class UserReply(Reply, frozen=True, kw_only=True, gc=False):
    id: Id
    username: str
    email: Annotated[str, Meta(extra_json_schema={"format": "email"})]
    email_verified: Annotated[bool, Meta(description="Whether the link to the address was opened.")]
    user_type: Annotated[
        str, choices(UserType), Meta(description="What the account was registered as.")
    ]
    roles: Annotated[
        list[Annotated[str, choices(UserType)]], Meta(description="What the person can act as.")
    ]
    first_name: str
    last_name: str
    phone: str
    profile: ShownProfileReply
    created_at: Instant

    @classmethod
    def of(cls, row: UserRow) -> Self:
        return cls(
            id=row["_id"],
            username=row["username"],
            email=address_shown(row),
            email_verified=row.get("email_verified_at") is not None,
            user_type=row["user_type"],
            roles=sorted(roles_of(row)),
            first_name=row.get("first_name", ""),
            last_name=row["last_name"],
            phone=row["phone"],
            profile=ShownProfileReply.of(row.get("profile") or {}),
            created_at=instant(row["created_at"]),
        )


@example({"email": "ann.lee@example.com"})
class ConfirmedAddressReply(Reply, frozen=True, kw_only=True, gc=False):
    email: str


@example({"user": USER, "token": TOKEN, "expires_at": "2026-11-23T08:15:00Z"})
class SessionReply(Reply, frozen=True, kw_only=True, gc=False):
    user: UserReply
    token: str
    expires_at: Instant

    @classmethod
    def of(cls, user: UserReply, *, token: str, expires_at: dt.datetime) -> Self:
        return cls(user=user, token=token, expires_at=instant(expires_at))


DEVICE_SESSION = {
    "id": "6f1c8d3e5b7a4c2e9d0f1a2b3c4d5e6f",
    "kind": "browser",
    "device": "Firefox on Windows",
    "address": "203.0.113.7",
    "created_at": "2026-11-22T08:15:00Z",
    "used_at": "2026-11-23T08:10:00Z",
    "expires_at": "2026-12-23T08:10:00Z",
    "is_current": True,
}


@example(DEVICE_SESSION)
class DeviceSessionReply(Reply, frozen=True, kw_only=True, gc=False):
    id: str
    kind: Annotated[str, choices(LogInKind)]
    device: str
    address: str
    created_at: Instant
    used_at: Annotated[Instant, Meta(description="The last use, exact to about ten minutes.")]
    expires_at: Instant
    is_current: Annotated[bool, Meta(description="Whether this call was made by it.")]

    @classmethod
    def of(cls, row: LogInRow, *, current: str) -> Self:
        return cls(
            id=row["_id"],
            kind=row["kind"],
            device=row["device"],
            address=row["address"],
            created_at=instant(row["created_at"]),
            used_at=instant(row["used_at"]),
            expires_at=instant(row["expires_at"]),
            is_current=row["_id"] == current,
        )


@example({"results": [DEVICE_SESSION]})
class DeviceSessionListReply(Reply, frozen=True, kw_only=True, gc=False):
    results: list[DeviceSessionReply]


@example({"erase_at": "2026-12-13T08:15:00Z"})
class LeavingReply(Reply, frozen=True, kw_only=True, gc=False):
    erase_at: Annotated[Instant, Meta(description="Until then a log-in keeps the account.")]


@example({"is_on": True, "on_since": "2026-09-23T19:40:36Z", "recovery_codes_left": 10})
class SecondFactorReply(Reply, frozen=True, kw_only=True, gc=False):
    is_on: bool
    on_since: Instant | None
    recovery_codes_left: int


class QrCodeReply(Reply, frozen=True, kw_only=True, gc=False):
    """`path` draws the dark modules in an SVG whose view box is a square of `size`."""

    size: int
    path: str


@example(
    {
        "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
        "uri": "otpauth://totp/Staywell:ann.lee%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
        "qr": {"size": 53, "path": "M4 4h7v1h-7z"},
    }
)
class EnrolmentReply(Reply, frozen=True, kw_only=True, gc=False):
    """What an authenticator app needs. `uri` holds the secret too."""

    secret: str
    uri: str
    qr: QrCodeReply


@example({"recovery_codes": ["nbsw-y3dp-ehpk-3pxq"]})
class RecoveryCodesReply(Reply, frozen=True, kw_only=True, gc=False):
    """Shown this once."""

    recovery_codes: list[str]


PASSKEY = {
    "id": "66f1c2a4b8e0d3f5a7c91e77",
    "name": "My phone",
    "is_synced": True,
    "created_at": "2026-11-22T08:15:00Z",
    "used_at": "2026-11-23T08:10:00Z",
}
CHALLENGE = "rW3nD0cVq4mJx8kzT2bYh6sLpA1fGuEoi7QX5tN9vRU"


@example(PASSKEY)
class PasskeyReply(Reply, frozen=True, kw_only=True, gc=False):
    id: Id
    name: str
    is_synced: Annotated[
        bool, Meta(description="Whether the person's other devices have it too, as a backup.")
    ]
    created_at: Instant
    used_at: Instant | None

    @classmethod
    def of(cls, row: PasskeyRow) -> Self:
        return cls(
            id=row["_id"],
            name=row["name"],
            is_synced=row["is_synced"],
            created_at=instant(row["created_at"]),
            used_at=instant_or_none(row["used_at"]),
        )


@example({"results": [PASSKEY]})
class PasskeyListReply(Reply, frozen=True, kw_only=True, gc=False):
    results: list[PasskeyReply]


@example({"challenge": CHALLENGE, "domain": "staywell.example", "seconds": 300})
class PasskeyChallengeReply(Reply, frozen=True, kw_only=True, gc=False):
    """For `navigator.credentials.get`, with user verification required."""

    challenge: Annotated[str, Meta(description="Base64url, good for one answer.")]
    domain: Annotated[str, Meta(description="What WebAuthn calls the RP id.")]
    seconds: Annotated[int, Meta(description="Then it is over.")]


class KnownPasskeyReply(Reply, frozen=True, kw_only=True, gc=False):
    id: Annotated[str, Meta(description="The credential's id, base64url.")]
    transports: list[str]


@example(
    {
        "challenge": CHALLENGE,
        "domain": "staywell.example",
        "seconds": 300,
        "user_handle": "ZvHCpLjg0_WnyR53",
        "user_name": "ann.lee@example.com",
        "algorithms": [-8, -7, -257],
        "known": [{"id": "5pWb0cV4mJx8kzT2bYh6sQ", "transports": ["internal"]}],
    }
)
class PasskeyCreationReply(Reply, frozen=True, kw_only=True, gc=False):
    """For `navigator.credentials.create`, with a resident key and user verification required."""

    challenge: Annotated[str, Meta(description="Base64url, good for one answer.")]
    domain: Annotated[str, Meta(description="What WebAuthn calls the RP id.")]
    seconds: Annotated[int, Meta(description="Then it is over.")]
    user_handle: Annotated[str, Meta(description="Base64url.")]
    user_name: str
    algorithms: Annotated[list[int], Meta(description="COSE numbers, the preferred one first.")]
    known: list[KnownPasskeyReply]


@example(
    {
        "id": "66f1c2a4b8e0d3f5a7c91e66",
        "state": "ready",
        "done": 8,
        "total": 8,
        "size": 48210,
        "created_at": "2026-11-29T08:15:00Z",
        "expires_at": "2026-12-06T08:15:00Z",
        "url": "/api/account/export/file?token=eyJleHBvcnQiOiI2NmYx",
    }
)
class DataExportReply(Reply, frozen=True, kw_only=True, gc=False):
    id: Id
    state: Annotated[str, choices(ExportState)]
    done: int
    total: int
    size: Annotated[int, Meta(description="Bytes of the zip file.")]
    created_at: Instant
    expires_at: Annotated[Instant, Meta(description="Then the file is deleted.")]
    url: Annotated[
        str | None, Meta(description="Gets the file for ten minutes, without a token in a header.")
    ]

    @classmethod
    def of(cls, row: DataExportRow, *, url: str | None) -> Self:
        return cls(
            id=row["_id"],
            state=row["state"],
            done=row["done"],
            total=row["total"],
            size=row["size"],
            created_at=instant(row["created_at"]),
            expires_at=instant(row["expires_at"]),
            url=url,
        )
